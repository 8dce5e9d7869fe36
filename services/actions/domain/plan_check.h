// What the rules of a plan have in common. For services/actions/domain only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "services/actions/domain/plan_state.h"
#include "services/commands/decision.h"
#include "services/partners/domain/organisation_register.h"
#include "services/partners/domain/refusals.h"

namespace daybook::actions {

// UNKNOWN_PLAN or REVISION_CONFLICT.
std::optional<commands::Rejection> CheckPlan(const PlanState& plan,
                                             std::optional<std::uint64_t> expected_revision);

template <class Request>
std::optional<commands::Rejection> CheckPlan(const PlanState& plan, const Request& request) {
  return CheckPlan(plan, request.has_expected_revision()
                             ? std::optional<std::uint64_t>(request.expected_revision())
                             : std::nullopt);
}

// nullptr and UNKNOWN_ACTION when the plan has no such action.
const ActionState* FindAction(const PlanState& plan, const std::string& action_id);
commands::Rejection UnknownAction();
commands::Rejection UnknownPriority();

// The id of an organisation given by id, name or alias, or UNKNOWN_ORGANISATION with the nearest
// spelling in the metadata.
std::variant<std::string, commands::Rejection> ResolveOrganisation(
    const partners::OrganisationRegister& organisations, std::string_view name,
    std::string_view field);

bool SameContent(const google::protobuf::Message& a, const google::protobuf::Message& b);

// The fact stands already.
commands::Decision NothingNew(const PlanState& plan);

// One event on the plan's stream.
commands::Decision OneEvent(const PlanState& plan, commands::DraftEvent event);

// The fact stands already with this content (nothing new) or with another (ALREADY_EXISTS).
commands::Outcome SameOrTaken(const PlanState& plan, const google::protobuf::Message& stands,
                              const google::protobuf::Message& given, std::string_view field,
                              std::string_view what);

// The plan's year; the plan must have been opened.
eventstore::Effective YearOf(const PlanState& plan);

}  // namespace daybook::actions
