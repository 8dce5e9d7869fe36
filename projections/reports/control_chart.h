// Control charts as tables: a series with its limits and signals, and the sentence that follows
// from them. What it is a series of is the business of incident_chart.h and measure_chart.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "projections/reports/table_builder.h"
#include "projections/stats/xmr.h"

namespace daybook::reports {

// How a chart is drawn, whatever it is of.
struct ChartOptions {
  stats::MovingRange ranges = stats::MovingRange::kScreened;
  stats::Wanted wanted = stats::Wanted::kNothing;
  std::optional<values::Decimal> target;
};

// A series: periods in order, without a gap or overlap, with nullopt where nothing is held.
struct ChartSeries {
  std::vector<std::string> labels;
  std::vector<std::optional<values::Decimal>> values;
  std::vector<std::size_t> breaks;  // periods with which a declared break begins, ascending
};

// Columns period, value, mean, lower, upper, signal; a row a period; notes with the rules that were
// used and what the signals say. A drawn lower limit of a count stops at 0; what was computed
// decides.
void WriteChart(const ChartSeries& series, const ChartOptions& options, TableBuilder& table);
// Its columns; call it first.
void AddChartColumns(TableBuilder& table);

// One sentence or two, from the signals alone: "No real change" unless one fires in the last phase.
std::string ChartWords(const ChartSeries& series, const stats::XmrChart& chart,
                       stats::Wanted wanted);

}  // namespace daybook::reports
