#include "projections/reports/incident_report.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "fmt/format.h"
#include "projections/reports/dates.h"
#include "projections/reports/figure.h"
#include "projections/reports/incident_records.h"
#include "projections/reports/names.h"
#include "projections/reports/period_value.h"
#include "projections/reports/published.h"
#include "projections/reports/report_error.h"
#include "projections/reports/series.h"
#include "projections/views/incident_trend_view.h"

namespace daybook::reports {
namespace {

constexpr std::string_view kReturn = "return";
constexpr std::string_view kRecords = "records";
constexpr std::string_view kPublished = "published";
constexpr std::string_view kAllRecorded = "all-recorded";
constexpr std::string_view kAllButAsbMeasure = "all-but-anti-social-behaviour";

class IncidentTrendWriter {
 public:
  IncidentTrendWriter(const ReportViews& views, const std::string& area_id, Period current,
                      Period previous, const AnswerContext& context)
      : views_(views),
        area_id_(area_id),
        current_(std::move(current)),
        previous_(std::move(previous)),
        context_(context) {}

  v1::GetIncidentTrendResponse Write() {
    response_.set_area(AreaName(*views_.names, area_id_));
    *response_.mutable_period() = current_;
    *response_.mutable_previous() = previous_;
    std::set<std::string> returned;
    for (const Series& series : SeriesOf(views_.incidents->series())) {
      if (series.area_id == area_id_ && WriteReturn(series)) returned.insert(series.measure_id);
    }
    WritePublishedAlone(returned);
    WriteRecords();
    SortRows();
    WriteNotes();
    *response_.mutable_truth() = TruthOf(context_, back_loaded_);
    return std::move(response_);
  }

 private:
  bool WriteReturn(const Series& series) {
    const PeriodValue current = ValueOf(*views_.names, series, current_);
    const PeriodValue previous = ValueOf(*views_.names, series, previous_);
    if (!current.IsHeld() && !previous.IsHeld()) return false;
    v1::IncidentTrendRow* row = AddRow(series.measure_id, kReturn);
    row->set_source(OrganisationName(*views_.names, series.source_id));
    row->set_extract(series.extract);
    WriteValues(series.measure_id, current, previous, row);
    WritePublished(series.measure_id, row);
    return true;
  }

  v1::IncidentTrendRow* AddRow(std::string_view measure_id, std::string_view origin) {
    v1::IncidentTrendRow* row = response_.add_rows();
    row->set_measure_id(std::string(measure_id));
    row->set_label(MeasureLabel(*views_.names, measure_id));
    row->set_origin(std::string(origin));
    return row;
  }

  void WriteValues(std::string_view measure_id, const PeriodValue& current,
                   const PeriodValue& previous, v1::IncidentTrendRow* row) {
    row->set_current(current.words);
    row->set_previous(previous.words);
    row->mutable_current_positions()->Assign(current.positions.begin(), current.positions.end());
    row->mutable_previous_positions()->Assign(previous.positions.begin(), previous.positions.end());
    for (const auto* value : {&previous, &current}) {
      row->mutable_missing_months()->Add(value->missing.begin(), value->missing.end());
      if (value->back_loaded) ++back_loaded_;
    }
    row->set_back_loaded(current.back_loaded || previous.back_loaded);
    row->set_broken(current.broken || previous.broken);
    if (!current.exact || !previous.exact) return;
    row->set_broken(
        IsBrokenBetween(*views_.names, measure_id, previous_, previous, current_, current));
    if (row->broken()) return;
    row->set_change(SignedText(*current.exact - *previous.exact));
    row->set_change_percent(ChangePercentText(*previous.exact, *current.exact));
  }

  static void WithholdChange(v1::IncidentTrendRow* row) {
    row->set_broken(true);
    row->clear_change();
    row->clear_change_percent();
  }

  void WritePublished(std::string_view measure_id, v1::IncidentTrendRow* row) {
    for (const auto* figure :
         PublishedOn(views_.incidents->series(), measure_id, area_id_, current_)) {
      row->add_published(PublishedWords(*figure));
    }
  }

  // Published figures on measures that nobody returned: they still stood in a document.
  void WritePublishedAlone(const std::set<std::string>& returned) {
    std::set<std::string> measures;
    for (const auto& [key, figure] : views_.incidents->series().figures().rows()) {
      const auto& fact = figure.fact();
      if (fact.area_id() == area_id_ && SamePeriod(fact.period(), current_) &&
          fact.period().kind() == current_.kind() && !returned.contains(fact.measure_id())) {
        measures.insert(fact.measure_id());
      }
    }
    for (const std::string& measure_id : measures) {
      WritePublished(measure_id, AddRow(measure_id, kPublished));
    }
  }

  void WriteRecords() {
    const std::vector<std::string> now = MonthsOf(current_);
    const std::vector<std::string> before = MonthsOf(previous_);
    if (now.empty() || before.empty()) return;
    const RecordArea area = RecordAreaOf(*views_.names, area_id_);
    for (const auto& [source, held] : HeldMonths(views_)) {
      const std::vector<std::string> missing_now = MissingMonths(now, held);
      const std::vector<std::string> missing_before = MissingMonths(before, held);
      if (missing_now.size() == now.size() && missing_before.size() == before.size()) continue;
      const TypeCounts current = CountTypes(*views_.incidents, source, area, now);
      const TypeCounts previous = CountTypes(*views_.incidents, source, area, before);
      if (current.of_type.empty() && previous.of_type.empty()) continue;
      WriteSource(source, current, previous, missing_now, missing_before);
    }
  }

  void WriteSource(const RecordSource& source, const TypeCounts& current,
                   const TypeCounts& previous, const std::vector<std::string>& missing_now,
                   const std::vector<std::string>& missing_before) {
    back_loaded_ += current.back_loaded + previous.back_loaded;
    const auto write = [&](std::string_view id, const std::string& label, const PeriodValue& now,
                           const PeriodValue& before) {
      v1::IncidentTrendRow* row = AddRow(id, kRecords);
      row->set_label(label);
      row->set_source(OrganisationName(*views_.names, source.force_id));
      row->set_extract(source.dataset);
      WriteValues(id, now, before, row);
      if (CategoryChanges(id, previous, current)) WithholdChange(row);
      row->set_back_loaded(current.back_loaded + previous.back_loaded > 0);
    };
    std::set<std::string> types;
    for (const auto* counts : {&current, &previous}) {
      for (const auto& [type, count] : counts->of_type) types.insert(type);
    }
    for (const std::string& type : types) {
      write(type, TypeLabel(*views_.names, type), current.ValueOf(type, missing_now),
            previous.ValueOf(type, missing_before));
    }
    write(kAllRecorded, "All recorded", CountedValue(current.Total(), missing_now),
          CountedValue(previous.Total(), missing_before));
    write(kAllButAsbMeasure, "All recorded but anti-social behaviour",
          CountedValue(current.TotalWithoutAsb(), missing_now),
          CountedValue(previous.TotalWithoutAsb(), missing_before));
  }

  // By the measure's place in tables; records after the returns, their totals last.
  void SortRows() {
    const auto order = [this](const v1::IncidentTrendRow& row) {
      const views::v1::MeasureRow* measure = FindMeasure(*views_.names, row.measure_id());
      const bool total = row.measure_id() == kAllRecorded || row.measure_id() == kAllButAsbMeasure;
      const std::uint32_t place = measure == nullptr || row.origin() == kRecords
                                      ? std::numeric_limits<std::uint32_t>::max()
                                      : measure->definition().sort_order();
      return std::tuple(row.origin() == kRecords, row.origin() == kRecords ? row.extract() : "",
                        row.origin() == kRecords ? row.source() : "", total, place,
                        total ? row.measure_id() : row.label());
    };
    std::stable_sort(response_.mutable_rows()->begin(), response_.mutable_rows()->end(),
                     [&](const auto& a, const auto& b) { return order(a) < order(b); });
  }

  void WriteNotes() {
    std::map<std::string, std::vector<std::string>> missing_of;
    bool broken = false;
    bool published = false;
    bool both_origins[2] = {false, false};
    for (const v1::IncidentTrendRow& row : response_.rows()) {
      broken |= row.broken();
      published |= row.published_size() > 0;
      both_origins[row.origin() == kRecords ? 1 : 0] = true;
      if (row.missing_months_size() > 0) {
        const std::string series =
            row.source() + (row.extract().empty() ? "" : ", ") + row.extract();
        missing_of[series].assign(row.missing_months().begin(), row.missing_months().end());
      }
    }
    for (const auto& [series, months] : missing_of) {
      std::string list;
      for (const std::string& month : months) list.append(list.empty() ? "" : ", ").append(month);
      response_.add_notes(fmt::format("[x] {}: {} months are not held, so there is no sum: {}.",
                                      series, months.size(), list));
    }
    if (broken) {
      response_.add_notes(
          "[b] A declared break or another definition lies between: change withheld.");
    }
    if (published) {
      response_.add_notes(
          "Published figures stand as a document printed them; they are never mixed into the "
          "rows.");
    }
    if (both_origins[0] && both_origins[1]) {
      response_.add_notes("Returns and records count apart from each other and are never added.");
    }
    AddKnownNotes(context_, response_.rows().empty(), back_loaded_, response_.mutable_notes());
    if (response_.rows().empty() && !context_.truth.known_on) {
      response_.add_notes("No figure and no record of this area is held for either period.");
    }
  }

  const ReportViews& views_;
  const std::string& area_id_;
  const Period current_;
  const Period previous_;
  const AnswerContext& context_;
  v1::GetIncidentTrendResponse response_;
  std::uint64_t back_loaded_ = 0;
};

}  // namespace

absl::StatusOr<v1::GetIncidentTrendResponse> IncidentTrend(
    const ReportViews& views, const v1::GetIncidentTrendRequest& request,
    const AnswerContext& asked) {
  const AnswerContext context = ContextOfView(asked, views.incident_counts);
  if (request.area_id().empty()) return MissingParameter("area_id");
  if (!request.has_period()) return MissingParameter("period");
  if (FindArea(*views.names, request.area_id()) == nullptr) {
    return NotFound("area_id", "area", "UNKNOWN_AREA");
  }
  const std::optional<Period> previous = PreviousPeriod(request.period());
  if (!previous) return InvalidParameter("period", "a period");
  return IncidentTrendWriter(views, request.area_id(), request.period(), *previous, context)
      .Write();
}

}  // namespace daybook::reports
