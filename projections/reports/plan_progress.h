// How a target of an action stands, and the action from all of its targets. Pure rules:
//
// * A count that grows evenly over the year (cumulative) is held against the straight line:
// threshold
//   x elapsed quarters / 4. Less than one whole thing from the line is "in-line".
// * A percentage that satisfies its threshold before the year's end is "on-target-so-far".
// * A target whose measure nobody gave a figure on is "not-reported"; where the update has figures,
//   but answers no target of the action at all, it is "reported-on-another-measure".
// * An action with several targets must meet all of them: one that is not reported leaves the
// action
//   "not-met".
// * A direction is never judged from one figure: "trend-only".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daybook/actions/events/v1/events.pb.h"
#include "daybook/reports/v1/reports_service.pb.h"
#include "projections/reports/figure.h"

namespace daybook::reports {

// Words of TargetProgress.status.
namespace status {
inline constexpr std::string_view kMet = "met";
inline constexpr std::string_view kOnTargetSoFar = "on-target-so-far";
inline constexpr std::string_view kInLine = "in-line";
inline constexpr std::string_view kAhead = "ahead";
inline constexpr std::string_view kBehind = "behind";
inline constexpr std::string_view kNotMet = "not-met";
inline constexpr std::string_view kNotReported = "not-reported";
inline constexpr std::string_view kOtherMeasure = "reported-on-another-measure";
inline constexpr std::string_view kCannotTell = "cannot-tell";
inline constexpr std::string_view kTrendOnly = "trend-only";
inline constexpr std::string_view kNoDataYet = "no-data-yet";
inline constexpr std::string_view kCancelled = "cancelled";
inline constexpr std::string_view kCompleted = "completed";
inline constexpr std::string_view kNoTarget = "no-target";
}  // namespace status

// How far the plan year has come at the end of the reported period.
struct PlanClock {
  int elapsed_quarters = 0;  // 1 to 4
  bool year_end = false;     // the report is on the whole year: what is not met now is not met
};

// What was reported on one target.
struct TargetEvidence {
  std::optional<Figure> figure;  // on the target's own measure
  std::string remark;            // what limits it, for example "without Q2"; may be empty
  bool due = true;               // false while the period still runs and nothing was reported
  bool other_figures = false;    // the update has figures, and none of them on any target
  bool delivered = false;        // the lead, or the action's life, says that it is done
  bool updated = false;          // somebody reported on the action
};

// The target in words, for example "at least 10 operations".
std::string TargetWords(const actions::events::v1::TargetSet& target);

v1::TargetProgress JudgeTarget(const actions::events::v1::TargetSet& target,
                               const TargetEvidence& evidence, PlanClock clock);

// Status of an action from those of its targets, its life aside: the word of the worst of them.
// With only some targets reported on it is kNotMet; with none of them, what they all say.
// `statuses` empty: kNoTarget.
std::string_view CombineTargets(const std::vector<std::string>& statuses);

}  // namespace daybook::reports
