#include "projections/reports/control_chart.h"

#include <algorithm>
#include <set>

#include "fmt/format.h"
#include "projections/reports/dates.h"
#include "projections/reports/incident_records.h"
#include "projections/reports/names.h"
#include "projections/reports/report_error.h"
#include "projections/reports/series.h"

namespace daybook::reports {
namespace {

using stats::XmrChart;
using stats::XmrLimits;
using stats::XmrPhase;
using stats::XmrPoint;
using values::Decimal;
using values::Ratio;

constexpr int kPlaces = 1;

std::string Shown(const Ratio& number) { return number.RoundHalfUp(kPlaces).ToString(); }

std::string SignalWords(const XmrPoint& point) {
  std::string words;
  const auto add = [&words](bool fires, std::string_view what) {
    if (!fires) return;
    words += words.empty() ? "" : ", ";
    words += what;
  };
  add(point.outside, point.side > 0 ? "above the limit" : "below the limit");
  add(point.shift, point.side > 0 ? "run above the mean" : "run below the mean");
  add(point.trend, "run in one direction");
  add(point.two_of_three, "two of three near the limit");
  return words;
}

// "2024-05" or "2024-12 to 2025-03".
std::string SpanOf(const std::vector<std::string>& months, std::size_t first, std::size_t end) {
  if (end - first == 1) return months[first];
  return months[first] + " to " + months[end - 1];
}

// What of a signal is wanted: "" when nothing is, or when its direction says nothing.
std::string Judgement(const ChartSeries& series, std::size_t first, std::size_t end,
                      const XmrPoint& point, stats::Wanted wanted) {
  int direction = point.side;
  if (point.trend && series.values[first] && series.values[end - 1]) {
    direction = *series.values[first] < *series.values[end - 1] ? 1 : -1;
  }
  if (wanted == stats::Wanted::kNothing || direction == 0) return "";
  return (direction > 0) == (wanted == stats::Wanted::kMore) ? " (improvement)" : " (concern)";
}

std::string PhaseSignals(const ChartSeries& series, const XmrChart& chart, const XmrPhase& phase,
                         stats::Wanted wanted) {
  std::string words;
  for (std::size_t first = phase.first; first < phase.end;) {
    const XmrPoint& point = chart.points[first];
    std::size_t end = first + 1;
    while (end < phase.end && chart.points[end] == point) ++end;
    if (point.Signals()) {
      words +=
          fmt::format("{}{}: {}{}", words.empty() ? "" : "; ", SpanOf(series.months, first, end),
                      SignalWords(point), Judgement(series, first, end, point, wanted));
    }
    first = end;
  }
  return words;
}

void WritePoint(const ChartSeries& series, std::size_t i, const XmrPhase& phase,
                const XmrPoint& point, TableBuilder& table) {
  table.Row().Cell(series.months[i]);
  if (series.values[i]) {
    table.Cell(series.values[i]->ToString());
  } else {
    table.CellOr("", marker::kNotAvailable);
    table.NoteOnce(
        "[x] no record of the month is held; that is not zero, and no run goes over it.");
  }
  if (phase.limits) {
    const Ratio drawn = phase.limits->lower.IsNegative() ? Ratio() : phase.limits->lower;
    table.Cell(Shown(phase.limits->mean)).Cell(Shown(drawn)).Cell(Shown(phase.limits->upper));
  } else {
    for (int column = 0; column < 3; ++column) table.CellOr("", marker::kNotAvailable);
    table.NoteOnce("[x] too few neighbouring months for limits.");
  }
  table.CellOr(SignalWords(point), marker::kNotApplicable);
}

void AddTargetNote(const XmrLimits& limits, const ChartOptions& options, TableBuilder& table) {
  if (!options.target) return;
  const std::string target = options.target->ToString();
  if (options.wanted == stats::Wanted::kNothing) {
    table.Note(fmt::format("Target {}: whether more or less is wanted is not said.", target));
    return;
  }
  switch (stats::AssuranceOf(limits, *options.target, options.wanted)) {
    case stats::Assurance::kPasses:
      return table.Note(fmt::format("Target {}: met whatever the usual variation.", target));
    case stats::Assurance::kFails:
      return table.Note(fmt::format(
          "Target {}: not met, whatever the usual variation, unless something changes.", target));
    case stats::Assurance::kEither:
      return table.Note(fmt::format("Target {}: met or missed by the usual variation.", target));
  }
}

std::string OtherVariant(const ChartSeries& series, const XmrChart& chart,
                         const ChartOptions& options) {
  const bool screened = options.ranges == stats::MovingRange::kScreened;
  const XmrChart other = stats::MakeXmr(
      series.values,
      {.ranges = screened ? stats::MovingRange::kUnscreened : stats::MovingRange::kScreened,
       .rebase_at = series.breaks,
       .baseline_points = 0});
  std::string months;
  for (std::size_t i = 0; i < chart.points.size(); ++i) {
    if (chart.points[i].Signals() == other.points[i].Signals()) continue;
    months += (months.empty() ? "" : ", ") + series.months[i];
  }
  return fmt::format("Limits: mean -/+ 2.66 times the mean range between neighbours, {}.{}",
                     screened ? "ranges of 3.267 means and more left out (ranges=screened)"
                              : "of all ranges (ranges=all)",
                     months.empty() ? ""
                                    : fmt::format(" With ranges={} it would be otherwise for {}.",
                                                  screened ? "all" : "screened", months));
}

}  // namespace

std::string ChartWords(const ChartSeries& series, const XmrChart& chart, stats::Wanted wanted) {
  if (chart.phases.empty() || !chart.phases.back().limits) {
    return "Too few months to tell a change from the usual variation.";
  }
  const XmrPhase& last = chart.phases.back();
  const std::string signals = PhaseSignals(series, chart, last, wanted);
  const std::string since =
      chart.phases.size() == 1 ? "" : fmt::format(" since {}", series.months[last.first]);
  if (!signals.empty()) return fmt::format("Real change{}: {}.", since, signals);
  return fmt::format("No real change{}: every month is as usual, and no signal fires.", since);
}

void AddChartColumns(TableBuilder& table) {
  table.Text("month", "Month").Number("value", "Value").Number("mean", "Mean");
  table.Number("lower", "Lower limit").Number("upper", "Upper limit").Text("signal", "Signal");
}

void WriteChart(const ChartSeries& series, const ChartOptions& options, TableBuilder& table) {
  const XmrChart chart = stats::MakeXmr(
      series.values, {.ranges = options.ranges, .rebase_at = series.breaks, .baseline_points = 0});
  for (const XmrPhase& phase : chart.phases) {
    for (std::size_t i = phase.first; i < phase.end; ++i) {
      WritePoint(series, i, phase, chart.points[i], table);
    }
  }
  table.Note(ChartWords(series, chart, options.wanted));
  for (std::size_t i = 1; i < chart.phases.size(); ++i) {
    table.Note(fmt::format("[b] A declared break: limits begin anew with {}.",
                           series.months[chart.phases[i].first]));
  }
  if (chart.phases.empty() || !chart.phases.back().limits) return;
  const XmrLimits& limits = *chart.phases.back().limits;
  AddTargetNote(limits, options, table);
  table.Note(OtherVariant(series, chart, options));
  if (limits.IsTrial()) {
    table.Note(
        fmt::format("Trial limits: they rest on {} months and move with every new one, until "
                    "there are {}.",
                    limits.points, XmrLimits::kXmrPointsWanted));
  }
  if (limits.lower.IsNegative()) {
    table.Note(
        fmt::format("The lower limit is drawn at 0; computed, it is {}.", Shown(limits.lower)));
  }
}

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

// Breaks of the measures that count exactly this type.
std::vector<std::size_t> BreaksOf(const ReportViews& views, const std::string& type,
                                  const std::vector<std::string>& months) {
  std::vector<std::size_t> breaks;
  for (std::size_t i = 1; i < months.size(); ++i) {
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
  series.months =
      MonthsFromTo(request.from.value_or(*held.begin()), request.to.value_or(*held.rbegin()));
  for (const std::string& month : series.months) {
    if (!held.contains(month)) {
      series.values.emplace_back(std::nullopt);
      continue;
    }
    const TypeCounts counts = CountTypes(*views.incidents, source, area, {month});
    back_loaded += counts.back_loaded;
    series.values.emplace_back(Decimal(static_cast<std::int64_t>(CountOf(counts, request.type))));
  }
  series.breaks = BreaksOf(views, request.type, series.months);
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
  for (const auto& [source, held] : HeldMonths(*views.incidents)) {
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
