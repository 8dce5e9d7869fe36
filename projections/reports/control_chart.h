// Control charts as tables: a monthly series with its limits and signals, and the sentence that
// follows from them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "daybook/reports/v1/reports_service.pb.h"
#include "projections/reports/incident_tables.h"
#include "projections/reports/report_views.h"
#include "projections/reports/table_builder.h"
#include "projections/stats/xmr.h"

namespace daybook::reports {

// How a chart is drawn, whatever it is of.
struct ChartOptions {
  stats::MovingRange ranges = stats::MovingRange::kScreened;
  stats::Wanted wanted = stats::Wanted::kNothing;
  std::optional<values::Decimal> target;
};

// A series: months in order, without a gap, with nullopt where nothing is held.
struct ChartSeries {
  std::vector<std::string> months;
  std::vector<std::optional<values::Decimal>> values;
  std::vector<std::size_t> breaks;  // months with which a declared break begins, ascending
};

// Columns month, value, mean, lower, upper, signal; a row a month; notes with the rules that were
// used and what the signals say. A drawn lower limit of a count stops at 0; what was computed
// decides.
void WriteChart(const ChartSeries& series, const ChartOptions& options, TableBuilder& table);
// Its columns; call it first.
void AddChartColumns(TableBuilder& table);

// One sentence or two, from the signals alone: "No real change" unless one fires in the last phase.
std::string ChartWords(const ChartSeries& series, const stats::XmrChart& chart,
                       stats::Wanted wanted);

// Incidents of an area, a chart for each (dataset, force), over the months `from`..`to` (default:
// all that are held). `type` is a crime type, "all" or "all-excl-asb". A declared break of a
// measure that counts just that type begins a new phase. MISSING_FIELD, INVALID_FIELD,
// UNKNOWN_AREA.
struct IncidentChartRequest {
  std::string area_id;
  std::string type;
  std::optional<std::string> from;
  std::optional<std::string> to;
  ChartOptions options;
};
absl::StatusOr<TablesAnswer> IncidentChart(const ReportViews& views,
                                           const IncidentChartRequest& request,
                                           const AnswerContext& context);

}  // namespace daybook::reports
