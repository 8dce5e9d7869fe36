// Adding actions and their targets, giving an action up, ending it.
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "fmt/format.h"
#include "services/actions/domain/plan_check.h"
#include "services/actions/domain/plan_commands.h"
#include "services/actions/domain/plan_shape.h"
#include "services/actions/domain/target_check.h"

namespace daybook::actions {
namespace {

namespace ev = events::v1;
using commands::CheckText;
using commands::MakeDraft;
using commands::Outcome;
using commands::Problems;
using commands::Refuse;
using commands::Rejection;
using commands::RequireText;

constexpr int kLeadsMax = 50;

void CheckLeads(const v1::AddActionRequest& request, Problems& problems) {
  if (request.leads_size() > kLeadsMax) {
    problems.push_back(TooLarge("leads", "more leads than an action can have",
                                fmt::format("Give at most {} leads.", kLeadsMax)));
    return;
  }
  int reporting = 0;
  for (int i = 0; i < request.leads_size(); ++i) {
    const v1::LeadInput& lead = request.leads(i);
    RequireText(fmt::format("leads[{}].organisation", i), lead.organisation(),
                commands::kNameBytesMax, problems);
    CheckText(fmt::format("leads[{}].role", i), lead.role(), kLabelBytesMax, problems);
    if (lead.reports() && ++reporting > 1) {
      problems.push_back(commands::InvalidField(fmt::format("leads[{}].reports", i),
                                                "an update is due from one lead only",
                                                "Mark one lead as the one that reports."));
    }
  }
}

// The leads by organisation id, exactly one of them reporting.
std::optional<Rejection> ResolveLeads(const partners::OrganisationRegister& organisations,
                                      const v1::AddActionRequest& request, ev::ActionAdded& added) {
  bool anyone_reports = false;
  std::set<std::pair<std::string, std::string>> seen;
  for (int i = 0; i < request.leads_size(); ++i) {
    const v1::LeadInput& input = request.leads(i);
    const std::string field = fmt::format("leads[{}].organisation", i);
    auto id = ResolveOrganisation(organisations, input.organisation(), field);
    if (auto* refused = std::get_if<Rejection>(&id)) return std::move(*refused);
    ev::Lead& lead = *added.add_leads();
    lead.set_organisation_id(std::get<std::string>(std::move(id)));
    lead.set_role(input.role());
    lead.set_reports(input.reports());
    anyone_reports |= input.reports();
    if (!seen.emplace(lead.organisation_id(), lead.role()).second) {
      return Refuse(absl::StatusCode::kInvalidArgument, "INVALID_FIELD", field,
                    "an earlier lead is the same organisation in the same role",
                    "Name each lead once, or tell them apart by role.");
    }
  }
  if (added.leads_size() > 0 && !anyone_reports) added.mutable_leads(0)->set_reports(true);
  return std::nullopt;
}

std::optional<Rejection> CheckOpenAction(const ActionState& action) {
  if (action.cancelled.has_value()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, "WRONG_STATE", "action_id",
                  "the action was cancelled before", "Leave it, or add a new action.");
  }
  if (action.completed.has_value()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, "WRONG_STATE", "action_id",
                  "the action was completed before", "Leave it, or add a new action.");
  }
  return std::nullopt;
}

}  // namespace

Outcome Decide(const PlanState& plan, const partners::OrganisationRegister& organisations,
               const v1::AddActionRequest& request) {
  Problems problems;
  commands::RequireSlug("plan_id", request.plan_id(), problems);
  RequireId("action_id", request.action_id(), problems);
  CheckText("objective", request.objective(), kLabelBytesMax, problems);
  RequireText("label", request.label(), kLabelBytesMax, problems);
  CheckText("outcome", request.outcome(), kLabelBytesMax, problems);
  CheckDayOrMonth("deadline", request.deadline(), problems);
  CheckLeads(request, problems);
  if (!problems.empty()) return RefuseProblems(std::move(problems));
  if (auto refused = CheckPlan(plan, request)) return *std::move(refused);

  if (!request.priority_id().empty()) {
    const auto priority = plan.priorities.find(request.priority_id());
    if (priority == plan.priorities.end()) return UnknownPriority();
    if (priority->second.cross_cutting()) {
      return Refuse(absl::StatusCode::kFailedPrecondition, "WRONG_STATE", "priority_id",
                    "a cross-cutting heading has commitments, not actions",
                    "Add a commitment, or put the action under a priority.");
    }
  }
  ev::ActionAdded added;
  added.set_plan_id(request.plan_id());
  added.set_action_id(request.action_id());
  added.set_priority_id(request.priority_id());
  added.set_objective(request.objective());
  added.set_label(request.label());
  added.set_outcome(request.outcome());
  added.set_deadline(request.deadline());
  if (auto refused = ResolveLeads(organisations, request, added)) return *std::move(refused);
  if (const ActionState* stands = FindAction(plan, request.action_id())) {
    return SameOrTaken(plan, stands->added, added, "action_id", "an action");
  }
  return OneEvent(plan, MakeDraft(PlanStream(request.plan_id()), added, YearOf(plan)));
}

Outcome Decide(const PlanState& plan, const v1::SetTargetRequest& request) {
  Problems problems;
  commands::RequireSlug("plan_id", request.plan_id(), problems);
  RequireId("action_id", request.action_id(), problems);
  RequireId("target_id", request.target_id(), problems);
  CheckTarget(request, problems);
  if (!problems.empty()) return RefuseProblems(std::move(problems));
  if (auto refused = CheckPlan(plan, request)) return *std::move(refused);
  const ActionState* action = FindAction(plan, request.action_id());
  if (action == nullptr) return UnknownAction();

  ev::TargetSet set;
  set.set_plan_id(request.plan_id());
  set.set_action_id(request.action_id());
  set.set_target_id(request.target_id());
  set.set_kind(request.kind());
  set.set_measure(request.measure());
  set.set_comparator(request.comparator());
  set.set_threshold(request.threshold());
  set.set_unit(request.unit());
  set.set_cumulative(request.cumulative());
  if (const auto it = action->targets.find(request.target_id()); it != action->targets.end()) {
    return SameOrTaken(plan, it->second, set, "target_id", "a target");
  }
  return OneEvent(plan, MakeDraft(PlanStream(request.plan_id()), set, YearOf(plan)));
}

Outcome Decide(const PlanState& plan, const v1::CancelActionRequest& request) {
  Problems problems;
  commands::RequireSlug("plan_id", request.plan_id(), problems);
  RequireId("action_id", request.action_id(), problems);
  const auto day = commands::RequireDay("date", request.date(), problems);
  commands::RequireOneOf("reason", request.reason(),
                         {"not-feasible", "funding", "replaced", "duplicate", "other"}, problems);
  if (!problems.empty()) return RefuseProblems(std::move(problems));
  if (auto refused = CheckPlan(plan, request)) return *std::move(refused);
  const ActionState* action = FindAction(plan, request.action_id());
  if (action == nullptr) return UnknownAction();

  ev::ActionCancelled cancelled;
  cancelled.set_plan_id(request.plan_id());
  cancelled.set_action_id(request.action_id());
  cancelled.set_date(request.date());
  cancelled.set_reason(request.reason());
  if (action->cancelled.has_value() && SameContent(*action->cancelled, cancelled)) {
    return NothingNew(plan);
  }
  if (auto refused = CheckOpenAction(*action)) return *std::move(refused);
  return OneEvent(plan, MakeDraft(PlanStream(request.plan_id()), cancelled, commands::OnDay(*day)));
}

Outcome Decide(const PlanState& plan, const v1::CompleteActionRequest& request) {
  Problems problems;
  commands::RequireSlug("plan_id", request.plan_id(), problems);
  RequireId("action_id", request.action_id(), problems);
  const auto day = commands::RequireDay("date", request.date(), problems);
  if (!problems.empty()) return RefuseProblems(std::move(problems));
  if (auto refused = CheckPlan(plan, request)) return *std::move(refused);
  const ActionState* action = FindAction(plan, request.action_id());
  if (action == nullptr) return UnknownAction();

  ev::ActionCompleted completed;
  completed.set_plan_id(request.plan_id());
  completed.set_action_id(request.action_id());
  completed.set_date(request.date());
  if (action->completed.has_value() && SameContent(*action->completed, completed)) {
    return NothingNew(plan);
  }
  if (auto refused = CheckOpenAction(*action)) return *std::move(refused);
  return OneEvent(plan, MakeDraft(PlanStream(request.plan_id()), completed, commands::OnDay(*day)));
}

}  // namespace daybook::actions
