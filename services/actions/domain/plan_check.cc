#include "services/actions/domain/plan_check.h"

#include <charconv>
#include <utility>

#include "fmt/format.h"
#include "google/protobuf/util/message_differencer.h"
#include "proto/values/period.h"

namespace daybook::actions {

using commands::Decision;
using commands::Outcome;
using commands::Refuse;
using commands::Rejection;
using eventstore::Effective;

std::optional<Rejection> CheckPlan(const PlanState& plan,
                                   std::optional<std::uint64_t> expected_revision) {
  if (!plan.opened.has_value()) {
    return Refuse(absl::StatusCode::kNotFound, "UNKNOWN_PLAN", "plan_id",
                  "the plan was never opened", "Open the plan first, or correct its id.");
  }
  const std::uint64_t revision = plan.event_count - 1;
  if (expected_revision.has_value() && *expected_revision != revision) {
    Rejection rejection =
        Refuse(absl::StatusCode::kAborted, "REVISION_CONFLICT", "expected_revision",
               "the plan is not at the expected revision",
               "Read the plan again, decide again and send the command with its present revision.");
    rejection.metadata["expected"] = fmt::to_string(*expected_revision);
    rejection.metadata["actual"] = fmt::to_string(revision);
    return rejection;
  }
  return std::nullopt;
}

const ActionState* FindAction(const PlanState& plan, const std::string& action_id) {
  const auto it = plan.actions.find(action_id);
  return it == plan.actions.end() ? nullptr : &it->second;
}

Rejection UnknownAction() {
  return Refuse(absl::StatusCode::kNotFound, "UNKNOWN_ACTION", "action_id",
                "the action is not in the plan", "Add the action first, or correct its id.");
}

Decision NothingNew(const PlanState& plan) {
  Decision decision;
  decision.answer = fmt::to_string(plan.event_count - 1);
  return decision;
}

Decision OneEvent(const PlanState& plan, commands::DraftEvent event) {
  Decision decision;
  decision.events.push_back(std::move(event));
  decision.answer = fmt::to_string(plan.event_count);
  return decision;
}

Outcome SameOrTaken(const PlanState& plan, const google::protobuf::Message& stands,
                    const google::protobuf::Message& given, std::string_view field,
                    std::string_view what) {
  if (SameContent(stands, given)) return NothingNew(plan);
  return Refuse(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS", field,
                fmt::format("{} with this id stands already, with other content", what),
                "Choose another id, or send the content that stands.");
}

Rejection UnknownPriority() {
  return Refuse(absl::StatusCode::kNotFound, "UNKNOWN_PRIORITY", "priority_id",
                "the priority is not in the plan", "Add the priority first, or correct its id.");
}

bool SameContent(const google::protobuf::Message& a, const google::protobuf::Message& b) {
  return google::protobuf::util::MessageDifferencer::Equals(a, b);
}

std::variant<std::string, Rejection> ResolveOrganisation(
    const partners::OrganisationRegister& organisations, std::string_view name,
    std::string_view field) {
  if (const auto* organisation = organisations.Resolve(name)) return organisation->id();
  return partners::RejectOrganisation(field, name, organisations);
}

Effective YearOf(const PlanState& plan) { return values::EffectiveOf(plan.opened->year()); }

std::uint64_t RevisionInAnswer(std::string_view answer) {
  std::uint64_t revision = 0;
  std::from_chars(answer.data(), answer.data() + answer.size(), revision);
  return revision;
}

}  // namespace daybook::actions
