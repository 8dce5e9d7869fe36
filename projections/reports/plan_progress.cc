#include "projections/reports/plan_progress.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "projections/calendar/calendar.h"

namespace daybook::reports {
namespace {

using actions::events::v1::TargetSet;

bool IsFloor(types::v1::Precision precision) {
  return precision == types::v1::PRECISION_MORE_THAN || precision == types::v1::PRECISION_AT_LEAST;
}

bool IsCeiling(types::v1::Precision precision) {
  return precision == types::v1::PRECISION_LESS_THAN || precision == types::v1::PRECISION_AT_MOST;
}

// A figure against the straight line; only as far as its precision tells.
std::string_view Pace(const Figure& figure, const Decimal& line) {
  const std::optional<Decimal> value = NumberOf(figure.number.value());
  if (figure.form != Figure::Form::kNumber || !value || !figure.number.upper().empty()) {
    return status::kCannotTell;
  }
  const Decimal one(1);
  if (*value >= line + one) {
    return IsCeiling(figure.number.precision()) ? status::kCannotTell : status::kAhead;
  }
  if (*value <= line - one) {
    return IsFloor(figure.number.precision()) ? status::kCannotTell : status::kBehind;
  }
  return status::kInLine;
}

// A count or percentage that somebody gave a figure on.
std::string_view JudgeFigure(const TargetSet& target, const Figure& figure,
                             const Decimal& threshold, PlanClock clock) {
  const Answer answer = Satisfies(figure, target.comparator(), threshold);
  const bool at_least = target.comparator() == TargetSet::COMPARATOR_AT_LEAST;
  if (clock.year_end) {
    return answer == Answer::kYes  ? status::kMet
           : answer == Answer::kNo ? status::kNotMet
                                   : status::kCannotTell;
  }
  if (target.kind() == TargetSet::KIND_COUNT && at_least) {
    if (answer == Answer::kYes) return status::kMet;  // things done stay done
    return target.cumulative()
               ? Pace(figure, calendar::StraightLine(threshold, clock.elapsed_quarters))
               : status::kCannotTell;
  }
  if (answer == Answer::kYes) return status::kOnTargetSoFar;
  if (answer == Answer::kCannotTell) return status::kCannotTell;
  // More than the most that was allowed cannot be undone; a percentage can still rise.
  const bool spent = target.kind() == TargetSet::KIND_COUNT &&
                     target.comparator() == TargetSet::COMPARATOR_AT_MOST;
  return spent ? status::kNotMet : status::kBehind;
}

std::string_view JudgeMilestone(const TargetEvidence& evidence, PlanClock clock) {
  if (evidence.delivered) return status::kMet;
  if (!evidence.updated) return evidence.due ? status::kNotReported : status::kNoDataYet;
  return clock.year_end ? status::kNotMet : status::kCannotTell;
}

std::string_view WithoutFigure(const TargetEvidence& evidence) {
  if (evidence.other_figures) return status::kOtherMeasure;
  return evidence.due ? status::kNotReported : status::kNoDataYet;
}

std::string_view Judge(const TargetSet& target, const TargetEvidence& evidence, PlanClock clock) {
  if (target.kind() == TargetSet::KIND_MILESTONE) return JudgeMilestone(evidence, clock);
  if (!evidence.figure) return WithoutFigure(evidence);
  if (target.kind() == TargetSet::KIND_TREND) return status::kTrendOnly;
  const std::optional<Decimal> threshold = NumberOf(target.threshold());
  if (!threshold) return status::kCannotTell;
  return JudgeFigure(target, *evidence.figure, *threshold, clock);
}

}  // namespace

std::string TargetWords(const TargetSet& target) {
  const std::string of_unit = target.unit().empty() ? "" : " of " + target.unit();
  const bool percent = target.kind() == TargetSet::KIND_PERCENT;
  const std::string amount = target.threshold() + (percent                 ? "%" + of_unit
                                                   : target.unit().empty() ? std::string()
                                                                           : " " + target.unit());
  switch (target.comparator()) {
    case TargetSet::COMPARATOR_AT_LEAST:
      return "at least " + amount;
    case TargetSet::COMPARATOR_AT_MOST:
      return "at most " + amount;
    case TargetSet::COMPARATOR_EQUAL:
      return "exactly " + amount;
    case TargetSet::COMPARATOR_INCREASE:
      return "more" + (target.unit().empty() ? std::string() : " " + target.unit());
    case TargetSet::COMPARATOR_DECREASE:
      return "fewer" + (target.unit().empty() ? std::string() : " " + target.unit());
    default:
      return target.kind() == TargetSet::KIND_MILESTONE ? "done" : "direction not stated";
  }
}

v1::TargetProgress JudgeTarget(const TargetSet& target, const TargetEvidence& evidence,
                               PlanClock clock) {
  v1::TargetProgress progress;
  progress.set_target_id(target.target_id());
  progress.set_target(TargetWords(target));
  progress.set_measure(target.measure());
  progress.set_status(std::string(Judge(target, evidence, clock)));
  const std::optional<Decimal> threshold = NumberOf(target.threshold());
  const bool pace = target.kind() == TargetSet::KIND_COUNT && target.cumulative() && threshold;
  if (pace && target.comparator() == TargetSet::COMPARATOR_AT_LEAST) {
    progress.set_straight_line(
        calendar::StraightLine(*threshold, clock.elapsed_quarters).Trimmed().ToString());
  }
  if (!evidence.figure) return progress;
  progress.set_actual(Words(*evidence.figure) +
                      (evidence.remark.empty() ? "" : " (" + evidence.remark + ")"));
  const std::optional<Decimal> exact = ExactNumber(*evidence.figure);
  if (target.kind() == TargetSet::KIND_COUNT && exact && threshold &&
      target.comparator() == TargetSet::COMPARATOR_AT_LEAST) {
    progress.set_percent_of_target(PercentText(*exact, *threshold));
  }
  return progress;
}

std::string_view CombineTargets(const std::vector<std::string>& statuses) {
  // From the worst to the best: the action stands where its worst target stands.
  static constexpr std::array kOrder = {
      status::kNotMet,        status::kBehind,    status::kCannotTell,
      status::kNoDataYet,     status::kTrendOnly, status::kInLine,
      status::kOnTargetSoFar, status::kAhead,     status::kMet};
  const auto has = [&](std::string_view word) {
    return std::find(statuses.begin(), statuses.end(), word) != statuses.end();
  };
  if (statuses.empty()) return status::kNoTarget;
  for (const std::string_view word : {status::kNotReported, status::kOtherMeasure}) {
    // Nothing was said of any target: the action is as unreported as they are.
    if (std::count(statuses.begin(), statuses.end(), word) == std::ssize(statuses)) return word;
  }
  if (has(status::kNotReported) || has(status::kOtherMeasure)) return status::kNotMet;
  for (const std::string_view word : kOrder) {
    if (has(word)) return word;
  }
  return status::kCannotTell;
}

}  // namespace daybook::reports
