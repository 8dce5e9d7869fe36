#include "services/actions/domain/target_check.h"

#include <string>

#include "proto/values/decimal.h"
#include "services/actions/domain/plan_shape.h"

namespace daybook::actions {
namespace {

using commands::InvalidField;
using commands::Problems;
using events::v1::TargetSet;

bool HasThreshold(TargetSet::Kind kind) {
  return kind == TargetSet::KIND_COUNT || kind == TargetSet::KIND_PERCENT;
}

void CheckKind(TargetSet::Kind kind, Problems& problems) {
  if (kind == TargetSet::KIND_UNSPECIFIED) {
    problems.push_back(commands::MissingField("kind"));
  } else if (!TargetSet::Kind_IsValid(kind)) {
    problems.push_back(commands::UnknownValue("kind", "count, percent, trend or milestone"));
  }
}

void CheckComparator(const v1::SetTargetRequest& request, Problems& problems) {
  const TargetSet::Comparator comparator = request.comparator();
  if (!TargetSet::Comparator_IsValid(comparator)) {
    problems.push_back(
        commands::UnknownValue("comparator", "at least, at most, equal, increase or decrease"));
    return;
  }
  const bool direction =
      comparator == TargetSet::COMPARATOR_INCREASE || comparator == TargetSet::COMPARATOR_DECREASE;
  const bool given = comparator != TargetSet::COMPARATOR_UNSPECIFIED;
  if (HasThreshold(request.kind())) {
    if (!given) {
      problems.push_back(commands::MissingField("comparator"));
    } else if (direction) {
      problems.push_back(InvalidField("comparator", "a direction does not go with a threshold",
                                      "Give at least, at most or equal, or make it a trend."));
    }
  } else if (request.kind() == TargetSet::KIND_TREND && given && !direction) {
    problems.push_back(
        InvalidField("comparator", "a trend has a direction only", "Give increase or decrease."));
  } else if (request.kind() == TargetSet::KIND_MILESTONE && given) {
    problems.push_back(
        InvalidField("comparator", "a milestone is done or not done", "Leave the comparator out."));
  }
}

void CheckThreshold(const v1::SetTargetRequest& request, Problems& problems) {
  const std::string& threshold = request.threshold();
  if (!HasThreshold(request.kind())) {
    if (threshold.empty()) return;
    problems.push_back(InvalidField("threshold", "a trend or milestone has no threshold",
                                    "Leave it empty, or make it a count or percentage."));
    return;
  }
  if (threshold.empty()) {
    problems.push_back(commands::MissingField("threshold"));
    return;
  }
  const auto number = values::Decimal::Parse(threshold);
  if (!number.has_value()) {
    problems.push_back(
        InvalidField("threshold", "not a decimal number",
                     "Write it like 10 or 12.5: at most 18 digits, 6 of them after the point."));
  } else if (number->IsNegative()) {
    values::AddProblem(problems, values::reason::kNegativeCount, "threshold",
                       "the threshold is below zero", "Give a number of zero or more.");
  } else if (request.kind() == TargetSet::KIND_PERCENT && *number > values::Decimal(100)) {
    values::AddProblem(problems, values::reason::kPercentOver100, "threshold",
                       "the percentage is over 100", "Give 0 to 100.");
  }
}

}  // namespace

void CheckTarget(const v1::SetTargetRequest& request, Problems& problems) {
  CheckKind(request.kind(), problems);
  commands::RequireSlug("measure", request.measure(), problems);
  commands::CheckText("unit", request.unit(), kUnitBytesMax, problems);
  if (request.kind() == TargetSet::KIND_UNSPECIFIED || !TargetSet::Kind_IsValid(request.kind())) {
    return;  // nothing to hold the rest against
  }
  CheckComparator(request, problems);
  CheckThreshold(request, problems);
}

}  // namespace daybook::actions
