#include "projections/reports/submission_calendar.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "projections/reports/names.h"
#include "projections/reports/plan_report.h"
#include "projections/reports/report_error.h"
#include "projections/views/incident_trend_view.h"
#include "projections/views/plan_performance_view.h"
#include "projections/views/referral_trend_view.h"
#include "projections/views/returned_figures_view.h"
#include "proto/values/civil.h"

namespace daybook::reports {
namespace {

using eventstore::CivilDay;
using views::v1::ObservationRow;

constexpr int kMonthsLookedBack = 12;
constexpr std::size_t kLagsMax = 8;

// Sender, measure, area, months of each of its periods.
using SeriesKey = std::tuple<std::string, std::string, std::string, std::size_t>;

// A figure of a series: when its period ended, and when it was known.
struct Arrival {
  CivilDay end;
  CivilDay known;
};

struct Series {
  std::map<std::string, Arrival> in_period;  // by first day of its own period
  std::map<std::string, Arrival> before;     // of the year before
};

// The window that a table looks at.
struct Window {
  CivilDay first;
  CivilDay last;
  CivilDay looked_back;
  std::size_t months = 0;
};

void Take(const ObservationRow& row, const Window& window, std::map<SeriesKey, Series>& all) {
  const auto& fact = row.fact();
  const bool regular =
      fact.extract().empty() &&
      (fact.stage() == measures::events::v1::ObservationRecorded::STAGE_ACTUAL ||
       fact.stage() == measures::events::v1::ObservationRecorded::STAGE_UNSPECIFIED);
  const std::size_t months = MonthsOf(fact.period()).size();
  const auto end = values::ParseDay(fact.period().end_date());
  const auto start = values::ParseDay(fact.period().start_date());
  if (!regular || months == 0 || months > window.months || !end || !start) return;
  const Arrival arrival{*end, {row.origin().known_day()}};
  const SeriesKey key{fact.source_id(), fact.measure_id(), fact.area_id(), months};
  const auto keep = [&](std::map<std::string, Arrival>& arrivals) {
    const auto [it, added] = arrivals.emplace(fact.period().start_date(), arrival);
    // Of several parts the last one completes it.
    if (!added && arrival.known > it->second.known) it->second = arrival;
  };
  if (*start >= window.first && *end <= window.last) {
    keep(all[key].in_period);
  } else if (*end < window.first && *end >= window.looked_back) {
    keep(all[key].before);
  }
}

std::map<SeriesKey, Series> ReadSeries(const ReportViews& views, const CalendarRequest& request,
                                       const Window& window) {
  std::map<SeriesKey, Series> all;
  for (const views::SeriesBook* book :
       {&views.incidents->series(), &views.referrals->series(), &views.returned->series()}) {
    for (const auto* rows : {&book->observations(), &book->cells()}) {
      for (const auto& [key, row] : rows->rows()) {
        const bool wanted =
            request.source_id.empty() || row.fact().source_id() == request.source_id;
        if (wanted) Take(row, window, all);
      }
    }
  }
  return all;
}

// Days from the end of its period to the day it was known; half of them were at most this.
std::optional<int> UsualDays(const Series& series) {
  std::vector<int> days;
  for (auto it = series.before.rbegin(); it != series.before.rend() && days.size() < kLagsMax;
       ++it) {
    days.push_back(it->second.known.days - it->second.end.days);
  }
  if (days.empty()) return std::nullopt;
  const auto middle = days.begin() + static_cast<std::ptrdiff_t>((days.size() - 1) / 2);
  std::nth_element(days.begin(), middle, days.end());
  return *middle;
}

std::string_view LengthWords(std::size_t months) {
  constexpr std::size_t kQuarter = 3;
  constexpr std::size_t kYear = 12;
  return months == 1          ? "month"
         : months == kQuarter ? "quarter"
         : months == kYear    ? "year"
                              : "period";
}

std::string StateOf(std::size_t held, std::size_t expected, bool over) {
  if (held >= expected) return "in";
  if (!over) return held == 0 ? "not over yet" : fmt::format("{} of {} so far", held, expected);
  return held == 0 ? "missing" : fmt::format("{} of {}", held, expected);
}

void WriteSeries(const ReportViews& views, const SeriesKey& key, const Series& series,
                 const Window& window, bool over, TableBuilder& table) {
  const auto& [source, measure, area, months] = key;
  const std::size_t expected = window.months / months;
  table.Row()
      .Cell(OrganisationName(*views.names, source))
      .Cell(MeasureLabel(*views.names, measure));
  table.Cell(AreaName(*views.names, area)).Cell(LengthWords(months));
  table.Cell(expected).Cell(series.in_period.size());
  std::optional<Arrival> last;
  for (const auto& [start, arrival] : series.in_period) {
    if (!last || arrival.known > last->known) last = arrival;
  }
  table.CellOr(last ? IsoDay(last->known) : "", marker::kNotApplicable);
  table.CellOr(last ? std::to_string(last->known.days - last->end.days) : "",
               marker::kNotApplicable);
  const auto usual = UsualDays(series);
  table.CellOr(usual ? std::to_string(*usual) : "", marker::kNotAvailable);
  table.Cell(StateOf(series.in_period.size(), expected, over));
}

struct LeadCount {
  std::uint64_t due = 0;
  std::uint64_t in = 0;
};

// Updates of the plans whose year or quarter the period is.
TableBuilder UpdatesTable(const ReportViews& views, const CalendarRequest& request,
                          const AnswerContext& context, bool over) {
  TableBuilder table("updates", "Updates of plans");
  table.Key("plan", "Plan").Key("lead", "From").Number("due", "Expected").Number("in", "Held");
  table.Text("state", "State");
  const std::string source =
      request.source_id.empty() ? "" : OrganisationName(*views.names, request.source_id);
  for (const auto& [key, row] : views.plans->plans().rows()) {
    if (!row.has_fact() || !Contains(row.fact().year(), request.period)) continue;
    v1::GetPlanPerformanceRequest asked;
    asked.set_plan_id(row.fact().plan_id());
    *asked.mutable_period() = request.period;
    const auto answer = PlanPerformance(views, asked, context);
    if (!answer.ok()) continue;  // not a quarter of this plan's year: it asks for no updates
    std::map<std::string, LeadCount> leads;
    for (const v1::ActionProgress& action : answer->response.actions()) {
      const bool in = action.update() == update_word::kReported;
      const bool due = in || action.update() == update_word::kSilent ||
                       (action.update() == update_word::kNotDue && !over);
      if (!due || action.update_due_from().empty()) continue;
      ++leads[action.update_due_from()].due;
      leads[action.update_due_from()].in += in ? 1 : 0;
    }
    for (const auto& [lead, count] : leads) {
      if (!source.empty() && lead != source) continue;
      table.Row().Cell(row.fact().plan_id()).Cell(lead).Cell(count.due).Cell(count.in);
      table.Cell(StateOf(count.in, count.due, over));
    }
  }
  return table;
}

}  // namespace

absl::StatusOr<TablesAnswer> SubmissionCalendar(const ReportViews& views,
                                                const CalendarRequest& request,
                                                const AnswerContext& context) {
  const auto first = values::ParseDay(request.period.start_date());
  const auto last = values::ParseDay(request.period.end_date());
  const std::size_t months = MonthsOf(request.period).size();
  if (!first || !last || months == 0) return InvalidParameter("period", "a period of whole months");
  const Window window{*first, *last, values::AddMonths(*first, -kMonthsLookedBack), months};
  const bool over = context.today > *last;
  TableBuilder table("returns", fmt::format("Figures due for {}", PeriodLabel(request.period)));
  table.Key("source", "From").Key("measure", "What").Key("area", "Area").Key("each", "For each");
  table.Number("expected", "Expected").Number("held", "Held").Text("received", "Last known on");
  table.Number("days", "Days after its end").Number("usual", "Usual").Text("state", "State");
  for (const auto& [key, series] : ReadSeries(views, request, window)) {
    if (series.before.empty()) continue;
    WriteSeries(views, key, series, window, over, table);
  }
  table.Note(
      "Expected is what came in the twelve months before, from the same sender. Usual: the median "
      "of "
      "days over its last eight figures.");
  std::vector<TableBuilder> tables;
  tables.push_back(std::move(table));
  TableBuilder updates = UpdatesTable(views, request, context, over);
  if (updates.rows() > 0) tables.push_back(std::move(updates));
  return FinishTables(std::move(tables), context, 0,
                      "Nothing is expected: no series had a figure in the twelve months before.");
}

}  // namespace daybook::reports
