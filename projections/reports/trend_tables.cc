#include "projections/reports/trend_tables.h"

#include <algorithm>
#include <string>

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
  table.CellOr(point.value(), marker::kNotAvailable);
  // A part without its whole has no percentage: it is not given, not without meaning.
  const bool whole_missing = HasCaveat(point, "parts-not-given");
  table.CellOr(point.whole(), whole_missing ? marker::kNotAvailable : marker::kNotApplicable);
  table.CellOr(point.percent(), whole_missing ? marker::kNotAvailable : marker::kNotApplicable);
  table.CellOr(point.printed_percent(), marker::kNotApplicable);
  table.CellOr(point.change_percent(),
               HasCaveat(point, "break") ? marker::kBreak : marker::kNotApplicable);
  table.Cell(Joined(point.caveats()));
  table.CellOr(point.has_position() ? std::to_string(point.position()) : "",
               marker::kNotApplicable);
  table.Cell(point.back_loaded() ? kLoadedLate : "");
}

void WriteRow(const v1::IncidentTrendRow& row, TableBuilder& table) {
  table.Row().Cell(row.measure_id()).Cell(row.label()).Cell(row.origin());
  table.Cell(row.source()).Cell(row.extract());
  table.CellOr(row.previous(), marker::kNotAvailable);
  table.CellOr(row.current(), marker::kNotAvailable);
  const std::string_view why = row.broken() ? marker::kBreak
                               : row.current().empty() || row.previous().empty()
                                   ? marker::kNotAvailable
                                   : marker::kNotApplicable;
  table.CellOr(row.change(), why).CellOr(row.change_percent(), why);
  table.Cell(Joined(row.published()));
  table.Cell(row.back_loaded() ? kLoadedLate : "");
}

}  // namespace

v1::Table ReferralTable(const v1::GetReferralTrendResponse& trend) {
  TableBuilder table("referral-trend", "Referrals over time");
  table.Text("service", "Service").Text("series", "Series").Text("area", "Area");
  table.Text("source", "Source").Text("extract", "Extract").Text("basis", "Basis");
  table.Text("period", "Period").Number("value", "Value").Number("whole", "Of");
  table.Number("percent", "%").Number("printed_percent", "% as printed");
  table.Number("change_percent", "Change %").Text("caveats", "Caveats");
  table.Number("position", "Position").Text("loaded", "Loaded");
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
  table.Text("measure", "Measure").Text("label", "Type").Text("origin", "Origin");
  table.Text("source", "Source").Text("extract", "Extract");
  table.Number("previous", previous).Number("current", current);
  table.Number("change", "Change").Number("change_percent", "Change %");
  table.Text("published", "As published").Text("loaded", "Loaded");
  for (const v1::IncidentTrendRow& row : trend.rows()) WriteRow(row, table);
  for (const std::string& note : trend.notes()) table.Note(note);
  return table.Take();
}

}  // namespace daybook::reports
