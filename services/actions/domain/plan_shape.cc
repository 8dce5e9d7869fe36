#include "services/actions/domain/plan_shape.h"

#include <algorithm>
#include <utility>

#include "proto/values/civil.h"
#include "proto/values/period.h"

namespace daybook::actions {
namespace {

using commands::InvalidField;
using commands::Problems;
using eventstore::Effective;

constexpr std::size_t kIdBytesMax = 64;

bool IsIdCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.';
}

std::optional<values::Period> RequirePeriod(std::string_view field, const types::v1::Period& period,
                                            Problems& problems) {
  if (period.ByteSizeLong() == 0) {
    problems.push_back(commands::MissingField(field));
    return std::nullopt;
  }
  return values::PeriodFromProto(field, period, problems);
}

bool IsRuleOfField(const values::Problem& problem) {
  return problem.reason == values::reason::kNegativeCount ||
         problem.reason == values::reason::kShareDisagrees ||
         problem.reason == values::reason::kPercentOver100;
}

}  // namespace

void RequireId(std::string_view field, std::string_view value, Problems& problems) {
  if (value.empty()) {
    problems.push_back(commands::MissingField(field));
  } else if (value.size() > kIdBytesMax ||
             !std::all_of(value.begin(), value.end(), IsIdCharacter)) {
    problems.push_back(
        InvalidField(field, "not 1 to 64 letters, digits and -_.", "Choose an id of this form."));
  }
}

void CheckDayOrMonth(std::string_view field, std::string_view value, Problems& problems) {
  if (value.empty() || values::ParseDay(value).has_value() ||
      values::ParseMonth(value).has_value()) {
    return;
  }
  problems.push_back(InvalidField(field, "neither a day nor a month",
                                  "Write it as YYYY-MM-DD or YYYY-MM, or leave it empty."));
}

std::optional<Effective> RequirePlanYear(std::string_view field, const types::v1::Period& period,
                                         Problems& problems) {
  const auto year = RequirePeriod(field, period, problems);
  if (!year.has_value()) return std::nullopt;
  if (year->kind != values::PeriodKind::kPlanYear) {
    problems.push_back(InvalidField(values::FieldPath(field, "kind"), "not a plan year",
                                    "Give a plan year: 1 April to 31 March."));
    return std::nullopt;
  }
  return values::EffectiveOf(*year);
}

std::optional<Effective> RequireQuarterOrYear(std::string_view field,
                                              const types::v1::Period& period, Problems& problems) {
  const auto span = RequirePeriod(field, period, problems);
  if (!span.has_value()) return std::nullopt;
  if (span->kind != values::PeriodKind::kQuarter && span->kind != values::PeriodKind::kPlanYear) {
    problems.push_back(InvalidField(values::FieldPath(field, "kind"),
                                    "neither a quarter nor a plan year",
                                    "Give a quarter of the plan year, or the whole year."));
    return std::nullopt;
  }
  return values::EffectiveOf(*span);
}

values::Problem TooLarge(std::string_view field, std::string_view description,
                         std::string_view remedy) {
  values::Problem problem = InvalidField(field, description, remedy);
  problem.reason = "TOO_LARGE";
  return problem;
}

commands::Rejection RefuseProblems(Problems problems) {
  const bool only_rules = std::all_of(problems.begin(), problems.end(), IsRuleOfField);
  if (!only_rules) {
    // What is not of its form comes first: its reason is the reason of the whole.
    std::stable_partition(problems.begin(), problems.end(),
                          [](const values::Problem& problem) { return !IsRuleOfField(problem); });
  }
  commands::Rejection rejection = commands::RejectFields(std::move(problems));
  if (only_rules) rejection.code = absl::StatusCode::kFailedPrecondition;
  return rejection;
}

}  // namespace daybook::actions
