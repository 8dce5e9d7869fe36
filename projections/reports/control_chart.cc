#include "projections/reports/control_chart.h"

#include "fmt/format.h"

namespace daybook::reports {
namespace {

using stats::XmrChart;
using stats::XmrLimits;
using stats::XmrPhase;
using stats::XmrPoint;
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
std::string SpanOf(const std::vector<std::string>& labels, std::size_t first, std::size_t end) {
  if (end - first == 1) return labels[first];
  return labels[first] + " to " + labels[end - 1];
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
          fmt::format("{}{}: {}{}", words.empty() ? "" : "; ", SpanOf(series.labels, first, end),
                      SignalWords(point), Judgement(series, first, end, point, wanted));
    }
    first = end;
  }
  return words;
}

void WritePoint(const ChartSeries& series, std::size_t i, const XmrPhase& phase,
                const XmrPoint& point, TableBuilder& table) {
  table.Row().Cell(series.labels[i]);
  if (series.values[i]) {
    table.Cell(series.values[i]->ToString());
  } else {
    table.CellOr("", marker::kNotAvailable);
    table.NoteOnce("[x] nothing is held of it; that is not zero, and no run goes over it.");
  }
  if (phase.limits) {
    const Ratio drawn = phase.limits->lower.IsNegative() ? Ratio() : phase.limits->lower;
    table.Cell(Shown(phase.limits->mean)).Cell(Shown(drawn)).Cell(Shown(phase.limits->upper));
  } else {
    for (int column = 0; column < 3; ++column) table.CellOr("", marker::kNotAvailable);
    table.NoteOnce("[x] too few neighbours for limits.");
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
  std::string others;
  for (std::size_t i = 0; i < chart.points.size(); ++i) {
    if (chart.points[i].Signals() == other.points[i].Signals()) continue;
    others += (others.empty() ? "" : ", ") + series.labels[i];
  }
  return fmt::format("Limits: mean -/+ 2.66 times the mean range between neighbours, {}.{}",
                     screened ? "ranges of 3.267 means and more left out (ranges=screened)"
                              : "of all ranges (ranges=all)",
                     others.empty() ? ""
                                    : fmt::format(" With ranges={} it would be otherwise for {}.",
                                                  screened ? "all" : "screened", others));
}

}  // namespace

std::string ChartWords(const ChartSeries& series, const XmrChart& chart, stats::Wanted wanted) {
  if (chart.phases.empty() || !chart.phases.back().limits) {
    return "Too few of them to tell a change from the usual variation.";
  }
  const XmrPhase& last = chart.phases.back();
  const std::string signals = PhaseSignals(series, chart, last, wanted);
  const std::string since =
      chart.phases.size() == 1 ? "" : fmt::format(" since {}", series.labels[last.first]);
  if (!signals.empty()) return fmt::format("Real change{}: {}.", since, signals);
  return fmt::format("No real change{}: all are as usual, and no signal fires.", since);
}

void AddChartColumns(TableBuilder& table) {
  table.Key("period", "Period").Number("value", "Value").Number("mean", "Mean");
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
                           series.labels[chart.phases[i].first]));
  }
  if (chart.phases.empty() || !chart.phases.back().limits) return;
  const XmrLimits& limits = *chart.phases.back().limits;
  AddTargetNote(limits, options, table);
  table.Note(OtherVariant(series, chart, options));
  if (limits.IsTrial()) {
    table.Note(
        fmt::format("Trial limits: they rest on {} of them and move with every new one, until "
                    "there are {}.",
                    limits.points, XmrLimits::kPointsWanted));
  }
  if (limits.lower.IsNegative()) {
    table.Note(
        fmt::format("The lower limit is drawn at 0; computed, it is {}.", Shown(limits.lower)));
  }
}

}  // namespace daybook::reports
