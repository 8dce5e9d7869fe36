#include "projections/reports/incident_chart.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "fmt/format.h"
#include "projections/reports/dates.h"
#include "projections/reports/incident_records.h"
#include "projections/reports/names.h"
#include "projections/reports/report_error.h"
#include "projections/reports/series.h"
#include "projections/views/incident_trend_view.h"
#include "projections/views/register_view.h"

namespace daybook::reports {
namespace {

constexpr std::string_view kAll = "all";
constexpr std::string_view kAllButAsb = "all-excl-asb";

std::uint64_t CountOf(const TypeCounts& counts, const std::string& type) {
  if (type == kAll) return counts.Total();
  if (type == kAllButAsb) return counts.TotalWithoutAsb();
  return counts.Of(type);
}

std::string TypeWords(const ReportViews& views, const std::string& type) {
  if (type == kAll) return "all incidents";
  if (type == kAllButAsb) return "all but anti-social behaviour";
  return TypeLabel(*views.names, type);
}

// Where the category changed, and breaks of the measures that count exactly this type.
std::vector<std::size_t> BreaksOf(const ReportViews& views, const std::string& type,
                                  const std::vector<std::string>& months) {
  std::vector<std::size_t> breaks;
  for (std::size_t i = 1; i < months.size(); ++i) {
    if (registry::ChangesBetween(type, months[i - 1], months[i])) {
      breaks.push_back(i);
      continue;
    }
    const Period before = MonthPeriod(months[i - 1]);
    const Period now = MonthPeriod(months[i]);
    for (const auto& [key, row] : views.names->measures().rows()) {
      if (row.definition().incident_type() != type) continue;
      if (!IsBroken(*views.names, row.definition().measure_id(), before, now)) continue;
      breaks.push_back(i);
      break;
    }
  }
  return breaks;
}

ChartSeries SeriesOfRecords(const ReportViews& views, const IncidentChartRequest& request,
                            const RecordSource& source, const RecordArea& area,
                            const std::set<std::string>& held, std::uint64_t& back_loaded) {
  ChartSeries series;
  series.labels =
      MonthsFromTo(request.from.value_or(*held.begin()), request.to.value_or(*held.rbegin()));
  const registry::CrimeType* known = registry::CrimeTypeOf(request.type);
  for (const std::string& month : series.labels) {
    if (!held.contains(month) || (known != nullptr && !known->IsInUse(month))) {
      series.values.emplace_back(std::nullopt);
      continue;
    }
    const TypeCounts counts = CountTypes(*views.incidents, source, area, {month});
    back_loaded += counts.back_loaded;
    series.values.emplace_back(
        values::Decimal(static_cast<std::int64_t>(CountOf(counts, request.type))));
  }
  series.breaks = BreaksOf(views, request.type, series.labels);
  return series;
}

absl::Status Check(const ReportViews& views, const IncidentChartRequest& request) {
  if (request.area_id.empty()) return MissingParameter("area");
  if (request.type.empty()) return MissingParameter("type");
  if (FindArea(*views.names, request.area_id) == nullptr) {
    return NotFound("area", "area", "UNKNOWN_AREA");
  }
  if (request.from && !IsMonth(*request.from)) return InvalidParameter("from", "a month YYYY-MM");
  if (request.to && !IsMonth(*request.to)) return InvalidParameter("to", "a month YYYY-MM");
  if (request.from && request.to && MonthsFromTo(*request.from, *request.to).empty()) {
    return InvalidParameter("to", "a month that is not before from");
  }
  return absl::OkStatus();
}

// A type that no record has, anywhere, is a slip of the pen and not a row of zeros.
bool IsTypeHeld(const ReportViews& views, const std::string& type) {
  if (type == kAll || type == kAllButAsb) return true;
  const auto& rows = views.incidents->cells().rows();
  return std::any_of(rows.begin(), rows.end(),
                     [&](const auto& row) { return row.second.type() == type; });
}

}  // namespace

absl::StatusOr<TablesAnswer> IncidentChart(const ReportViews& views,
                                           const IncidentChartRequest& request,
                                           const AnswerContext& asked) {
  const AnswerContext context = ContextOfView(asked, views.incident_counts);
  if (absl::Status checked = Check(views, request); !checked.ok()) return checked;
  if (!IsTypeHeld(views, request.type)) {
    return InvalidParameter("type", "all, all-excl-asb or a crime type of which records are held");
  }
  const RecordArea area = RecordAreaOf(*views.names, request.area_id);
  TablesAnswer answer;
  std::uint64_t back_loaded = 0;
  for (const auto& [source, held] : HeldMonths(views)) {
    if (area.whole_force && *area.whole_force != source.force_id) continue;
    const std::vector<std::string> months(held.begin(), held.end());
    if (CountTypes(*views.incidents, source, area, months).of_type.empty()) continue;
    TableBuilder table(
        "incident-control-chart",
        fmt::format("Control chart: {}, {}, {}, {}", TypeWords(views, request.type),
                    AreaName(*views.names, request.area_id),
                    OrganisationName(*views.names, source.force_id), source.dataset));
    AddChartColumns(table);
    WriteChart(SeriesOfRecords(views, request, source, area, held, back_loaded), request.options,
               table);
    answer.tables.push_back(table.Take());
  }
  if (answer.tables.empty()) {
    TableBuilder table("incident-control-chart",
                       "Control chart: " + AreaName(*views.names, request.area_id));
    AddChartColumns(table);
    table.Note("No record of this area is held.");
    answer.tables.push_back(table.Take());
  }
  google::protobuf::RepeatedPtrField<std::string> notes;
  AddKnownNotes(context, answer.tables.front().rows().empty(), back_loaded, &notes);
  for (v1::Table& table : answer.tables) table.mutable_notes()->MergeFrom(notes);
  answer.truth = TruthOf(context, back_loaded);
  return answer;
}

}  // namespace daybook::reports
