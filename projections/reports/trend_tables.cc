#include "projections/reports/trend_tables.h"

#include <algorithm>
#include <string>
#include <vector>

#include "projections/reports/dates.h"
#include "projections/reports/table_builder.h"

namespace daybook::reports {
namespace {

constexpr std::string_view kLoadedLate = "loaded later";

std::string Joined(const google::protobuf::RepeatedPtrField<std::string>& words) {
  std::string joined;
  for (const std::string& word : words) joined += (joined.empty() ? "" : "; ") + word;
  return joined;
}

bool HasCaveat(const v1::ReferralPoint& point, std::string_view code) {
  return std::find(point.caveats().begin(), point.caveats().end(), code) != point.caveats().end();
}

void WritePoint(const v1::ReferralSeries& series, const v1::ReferralPoint& point,
                TableBuilder& table) {
  table.Row().Cell(series.service_id()).Cell(series.label()).Cell(series.area());
  table.Cell(series.source()).Cell(series.extract()).Cell(series.basis());
  table.Cell(point.period_label());
  std::vector<std::uint64_t> fact;
  if (point.has_position()) fact.push_back(point.position());
  table.CellOr(point.value(), marker::kNotAvailable).RestsOn(fact);
  // A part without its whole has no percentage: it is not given, not without meaning.
  const bool whole_missing = HasCaveat(point, "parts-not-given");
  table.CellOr(point.whole(), whole_missing ? marker::kNotAvailable : marker::kNotApplicable);
  table.RestsOn(fact);
  table.CellOr(point.percent(), whole_missing ? marker::kNotAvailable : marker::kNotApplicable);
  table.RestsOn(fact);
  table.CellOr(point.printed_percent(), marker::kNotApplicable).RestsOn(fact);
  table.CellOr(point.change_percent(),
               HasCaveat(point, "break") ? marker::kBreak : marker::kNotApplicable);
  table.Cell(Joined(point.caveats()));
  table.CellOr(point.has_position() ? std::to_string(point.position()) : "",
               marker::kNotApplicable);
  table.Cell(point.back_loaded() ? kLoadedLate : "");
}

bool MissesMonthsOf(const v1::IncidentTrendRow& row, const types::v1::Period& period) {
  constexpr std::size_t kMonthBytes = 7;
  const std::string first = period.start_date().substr(0, kMonthBytes);
  const std::string last = period.end_date().substr(0, kMonthBytes);
  return std::any_of(row.missing_months().begin(), row.missing_months().end(),
                     [&](const std::string& month) { return first <= month && month <= last; });
}

// Why there is no figure of a period: months are missing, or its type was another one within it.
std::string_view WhyNoFigure(const v1::IncidentTrendRow& row, const types::v1::Period& period) {
  return row.broken() && !MissesMonthsOf(row, period) ? marker::kBreak : marker::kNotAvailable;
}

void WriteRow(const v1::GetIncidentTrendResponse& trend, const v1::IncidentTrendRow& row,
              TableBuilder& table) {
  table.Row().Cell(row.measure_id()).Cell(row.label()).Cell(row.origin());
  table.Cell(row.source()).Cell(row.extract());
  const std::vector<std::uint64_t> before(row.previous_positions().begin(),
                                          row.previous_positions().end());
  std::vector<std::uint64_t> all(row.current_positions().begin(), row.current_positions().end());
  table.CellOr(row.previous(), WhyNoFigure(row, trend.previous())).RestsOn(before);
  table.CellOr(row.current(), WhyNoFigure(row, trend.period())).RestsOn(all);
  all.insert(all.end(), before.begin(), before.end());
  const std::string_view why = row.broken() ? marker::kBreak
                               : row.current().empty() || row.previous().empty()
                                   ? marker::kNotAvailable
                                   : marker::kNotApplicable;
  table.CellOr(row.change(), why).RestsOn(all);
  table.CellOr(row.change_percent(), why).RestsOn(all);
  table.Cell(Joined(row.published()));
  table.Cell(row.back_loaded() ? kLoadedLate : "");
}

}  // namespace

v1::Table ReferralTable(const v1::GetReferralTrendResponse& trend) {
  TableBuilder table("referral-trend", "Referrals over time");
  table.Key("service", "Service").Key("series", "Series").Key("area", "Area");
  table.Key("source", "Source").Key("extract", "Extract").Key("basis", "Basis");
  table.Key("period", "Period").Number("value", "Value").Number("whole", "Of");
  table.Number("percent", "%").Number("printed_percent", "% as printed");
  table.Number("change_percent", "Change %").Text("caveats", "Caveats");
  table.AsideNumber("position", "Position").Aside("loaded", "Loaded");
  for (const v1::ReferralSeries& series : trend.series()) {
    for (const v1::ReferralPoint& point : series.points()) WritePoint(series, point, table);
  }
  for (const std::string& note : trend.notes()) table.Note(note);
  return table.Take();
}

v1::Table IncidentTable(const v1::GetIncidentTrendResponse& trend) {
  const std::string previous = PeriodLabel(trend.previous());
  const std::string current = PeriodLabel(trend.period());
  TableBuilder table("incident-trend",
                     "Incidents: " + trend.area() + ", " + current + " against " + previous);
  table.Key("measure", "Measure").Key("label", "Type").Key("origin", "Origin");
  table.Key("source", "Source").Key("extract", "Extract");
  table.Number("previous", previous).Number("current", current);
  table.Number("change", "Change").Number("change_percent", "Change %");
  table.Text("published", "As published").Aside("loaded", "Loaded");
  for (const v1::IncidentTrendRow& row : trend.rows()) WriteRow(trend, row, table);
  for (const std::string& note : trend.notes()) table.Note(note);
  return table.Take();
}

}  // namespace daybook::reports
