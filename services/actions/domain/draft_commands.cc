// From a draft to what was agreed: adopting a plan, wording its headings otherwise, taking them
// out.
#include <string>
#include <utility>

#include "services/actions/domain/plan_check.h"
#include "services/actions/domain/plan_commands.h"
#include "services/actions/domain/plan_shape.h"

namespace daybook::actions {

namespace ev = events::v1;
using commands::MakeDraft;
using commands::Outcome;
using commands::Problems;
using commands::Refuse;

namespace {

commands::Rejection WrongState(std::string_view field, std::string_view what,
                               std::string_view remedy) {
  return Refuse(absl::StatusCode::kFailedPrecondition, "WRONG_STATE", field, what, remedy);
}

Outcome Reword(const PlanState& plan, const ev::PriorityAdded& added,
               const v1::RevisePriorityRequest& request) {
  const auto stands = plan.rewordings.find(request.priority_id());
  const bool reworded = stands != plan.rewordings.end();
  ev::PriorityReworded now;
  now.set_plan_id(request.plan_id());
  now.set_priority_id(request.priority_id());
  now.set_number(reworded ? stands->second.number() : added.number());
  if (request.number() != 0) now.set_number(request.number());
  now.set_label(request.label());
  const bool same = reworded ? SameContent(stands->second, now)
                             : now.label() == added.label() && now.number() == added.number();
  if (same) return NothingNew(plan);
  return OneEvent(plan, MakeDraft(PlanStream(request.plan_id()), now, YearOf(plan)));
}

}  // namespace

Outcome Decide(const PlanState& plan, const v1::AdoptPlanRequest& request) {
  Problems problems;
  commands::RequireSlug("plan_id", request.plan_id(), problems);
  const auto day = commands::RequireDay("date", request.date(), problems);
  commands::CheckText("adopted_by", request.adopted_by(), kLabelBytesMax, problems);
  if (!problems.empty()) return RefuseProblems(std::move(problems));
  if (auto refused = CheckPlan(plan, request)) return *std::move(refused);

  ev::PlanAdopted adopted;
  adopted.set_plan_id(request.plan_id());
  adopted.set_date(request.date());
  adopted.set_adopted_by(request.adopted_by());
  if (plan.adopted.has_value()) {
    return SameOrTaken(plan, *plan.adopted, adopted, "date", "an adoption of the plan");
  }
  if (!plan.opened->draft()) {
    return WrongState("plan_id", "is no draft",
                      "A plan that was not opened as a draft is agreed already.");
  }
  return OneEvent(plan, MakeDraft(PlanStream(request.plan_id()), adopted, commands::OnDay(*day)));
}

Outcome Decide(const PlanState& plan, const v1::RevisePriorityRequest& request) {
  Problems problems;
  commands::RequireSlug("plan_id", request.plan_id(), problems);
  RequireId("priority_id", request.priority_id(), problems);
  commands::CheckText("label", request.label(), kLabelBytesMax, problems);
  const auto day = commands::CheckDay("retired_date", request.retired_date(), problems);
  if (request.label().empty() == request.retired_date().empty()) {
    problems.push_back(
        commands::InvalidField("label", "and retired_date are both given, or neither",
                               "Give the new label, or the first day without the heading."));
  }
  if (!problems.empty()) return RefuseProblems(std::move(problems));
  if (auto refused = CheckPlan(plan, request)) return *std::move(refused);
  const auto priority = plan.priorities.find(request.priority_id());
  if (priority == plan.priorities.end()) return UnknownPriority();

  ev::PriorityRetired retired;
  retired.set_plan_id(request.plan_id());
  retired.set_priority_id(request.priority_id());
  retired.set_date(request.retired_date());
  if (const auto out = plan.retirements.find(request.priority_id());
      out != plan.retirements.end()) {
    if (SameContent(out->second, retired)) return NothingNew(plan);
    return WrongState("priority_id", "was taken out of the plan before",
                      "Add a heading of its own where the plan has one again.");
  }
  if (!request.label().empty()) return Reword(plan, priority->second, request);
  return OneEvent(plan, MakeDraft(PlanStream(request.plan_id()), retired, commands::OnDay(*day)));
}

}  // namespace daybook::actions
