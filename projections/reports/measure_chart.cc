#include "projections/reports/measure_chart.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "projections/reports/dates.h"
#include "projections/reports/names.h"
#include "projections/reports/report_error.h"
#include "projections/reports/series.h"
#include "projections/views/incident_trend_view.h"
#include "projections/views/referral_trend_view.h"
#include "projections/views/returned_figures_view.h"

namespace daybook::reports {
namespace {

using measures::events::v1::ObservationRecorded;
using views::v1::ObservationRow;
using Kind = types::v1::Period::Kind;

// A hundred years of months.
constexpr std::size_t kPeriodsMax = 1200;

std::string_view KindWords(Kind kind) {
  switch (kind) {
    case types::v1::Period::KIND_MONTH:
      return "months";
    case types::v1::Period::KIND_QUARTER:
      return "quarters";
    case types::v1::Period::KIND_PLAN_YEAR:
      return "plan years";
    case types::v1::Period::KIND_ASSESSMENT_YEAR:
      return "assessment years";
    case types::v1::Period::KIND_CALENDAR_YEAR:
      return "calendar years";
    default:
      return "";  // may overlap, or follow each other anyhow
  }
}

// The points of one kind, by the first day of their periods.
using Points = std::map<std::string, const ObservationRow*>;

// Every period from the first point to the last.
std::vector<Period> PeriodsOf(const Points& points) {
  std::vector<Period> periods;
  const std::string& first = points.begin()->first;
  Period period = points.rbegin()->second->fact().period();
  while (period.start_date() >= first && periods.size() < kPeriodsMax) {
    periods.push_back(period);
    const auto previous = PreviousPeriod(period);
    if (!previous) break;
    period = *previous;
  }
  std::reverse(periods.begin(), periods.end());
  return periods;
}

class ChartWriter {
 public:
  ChartWriter(const ReportViews& views, const MeasureChartRequest& request)
      : views_(views), request_(request) {}

  void Add(const views::SeriesBook& book) {
    for (const Series& series : SeriesOf(book)) {
      if (series.measure_id != request_.measure_id) continue;
      if (!request_.area_id.empty() && series.area_id != request_.area_id) continue;
      if (!request_.source_id.empty() && series.source_id != request_.source_id) continue;
      AddSeries(series);
    }
  }

  TablesAnswer Take(const AnswerContext& context) {
    if (answer_.tables.empty()) {
      TableBuilder table("control-chart",
                         "Control chart: " + MeasureLabel(*views_.names, request_.measure_id));
      AddChartColumns(table);
      if (left_out_ == 0) table.Note("No figure of this is held.");
      answer_.tables.push_back(table.Take());
    }
    if (left_out_ > 0) {
      answer_.tables.back().add_notes(fmt::format(
          "{} figures are not charted: they are planned, grow from return to return, or are of "
          "periods that may overlap (rolling twelve months, ranges), where every run would look "
          "like a trend.",
          left_out_));
    }
    google::protobuf::RepeatedPtrField<std::string> notes;
    AddKnownNotes(context, answer_.tables.front().rows().empty(), back_loaded_, &notes);
    for (v1::Table& table : answer_.tables) table.mutable_notes()->MergeFrom(notes);
    answer_.truth = TruthOf(context, back_loaded_);
    return std::move(answer_);
  }

 private:
  void AddSeries(const Series& series) {
    std::map<Kind, Points> kinds;
    for (const ObservationRow* point : series.points) {
      const ObservationRecorded& fact = point->fact();
      const bool charted = !KindWords(fact.period().kind()).empty() && !IsPlanned(fact) &&
                           series.basis != ObservationRecorded::BASIS_TO_DATE;
      if (charted) {
        kinds[fact.period().kind()].emplace(fact.period().start_date(), point);
      } else {
        ++left_out_;
      }
    }
    for (const auto& [kind, points] : kinds) AddChart(series, kind, points);
  }

  void AddChart(const Series& series, Kind kind, const Points& points) {
    std::string title =
        fmt::format("Control chart: {}, {}, {}, {}", MeasureLabel(*views_.names, series.measure_id),
                    AreaName(*views_.names, series.area_id),
                    OrganisationName(*views_.names, series.source_id), KindWords(kind));
    if (!series.extract.empty()) title += ", " + series.extract;
    if (series.basis != ObservationRecorded::BASIS_IN_PERIOD)
      title += ", " + BasisWord(series.basis);
    TableBuilder table("control-chart", title);
    AddChartColumns(table);
    WriteChart(ChartOf(series.measure_id, points), request_.options, table);
    answer_.tables.push_back(table.Take());
  }

  ChartSeries ChartOf(const std::string& measure_id, const Points& points) {
    ChartSeries chart;
    const ObservationRecorded* before = nullptr;
    for (const Period& period : PeriodsOf(points)) {
      chart.labels.push_back(PeriodLabel(period));
      const auto it = points.find(period.start_date());
      if (it == points.end()) {
        chart.values.emplace_back(std::nullopt);
        continue;
      }
      const ObservationRecorded& fact = it->second->fact();
      chart.values.push_back(CountedNumber(fact));
      if (it->second->origin().back_loaded()) ++back_loaded_;
      if (before != nullptr &&
          (before->measure_version() != fact.measure_version() ||
           IsBroken(*views_.names, measure_id, before->period(), fact.period()))) {
        chart.breaks.push_back(chart.values.size() - 1);
      }
      before = &fact;
    }
    return chart;
  }

  const ReportViews& views_;
  const MeasureChartRequest& request_;
  TablesAnswer answer_;
  std::uint64_t left_out_ = 0;
  std::uint64_t back_loaded_ = 0;
};

}  // namespace

absl::StatusOr<TablesAnswer> MeasureChart(const ReportViews& views,
                                          const MeasureChartRequest& request,
                                          const AnswerContext& context) {
  if (request.measure_id.empty()) return MissingParameter("measure");
  if (FindMeasure(*views.names, request.measure_id) == nullptr) {
    return NotFound("measure", "measure", "UNKNOWN_MEASURE");
  }
  if (!request.area_id.empty() && FindArea(*views.names, request.area_id) == nullptr) {
    return NotFound("area", "area", "UNKNOWN_AREA");
  }
  ChartWriter writer(views, request);
  writer.Add(views.incidents->series());
  writer.Add(views.referrals->series());
  writer.Add(views.returned->series());
  return writer.Take(context);
}

}  // namespace daybook::reports
