// Opening a plan and giving it its headings.
#include <utility>

#include "services/actions/domain/plan_check.h"
#include "services/actions/domain/plan_commands.h"
#include "services/actions/domain/plan_shape.h"

namespace daybook::actions {

namespace ev = events::v1;
using commands::MakeDraft;
using commands::Outcome;
using commands::Problems;
using commands::RequireText;
using partners::Refuse;

Outcome Decide(const PlanState& plan, const partners::PartnershipRegister& partnerships,
               const v1::OpenPlanRequest& request) {
  Problems problems;
  commands::RequireSlug("plan_id", request.plan_id(), problems);
  RequireText("partnership_id", request.partnership_id(), commands::kNameBytesMax, problems);
  RequireText("title", request.title(), kLabelBytesMax, problems);
  const auto year = RequirePlanYear("year", request.year(), problems);
  if (!problems.empty()) return RefuseProblems(std::move(problems));

  ev::PlanOpened opened;
  opened.set_plan_id(request.plan_id());
  opened.set_partnership_id(request.partnership_id());
  *opened.mutable_year() = request.year();
  opened.set_title(request.title());
  if (plan.opened.has_value()) {
    return SameOrTaken(plan, *plan.opened, opened, "plan_id", "a plan");
  }
  if (!partnerships.Contains(request.partnership_id())) {
    return partners::RejectPartnership("partnership_id");
  }
  return OneEvent(plan, MakeDraft(PlanStream(request.plan_id()), opened, *year));
}

Outcome Decide(const PlanState& plan, const v1::AddPriorityRequest& request) {
  Problems problems;
  commands::RequireSlug("plan_id", request.plan_id(), problems);
  RequireId("priority_id", request.priority_id(), problems);
  RequireText("label", request.label(), kLabelBytesMax, problems);
  if (!problems.empty()) return RefuseProblems(std::move(problems));
  if (auto refused = CheckPlan(plan, request)) return *std::move(refused);

  ev::PriorityAdded added;
  added.set_plan_id(request.plan_id());
  added.set_priority_id(request.priority_id());
  added.set_number(request.number());
  added.set_label(request.label());
  added.set_cross_cutting(request.cross_cutting());
  if (const auto it = plan.priorities.find(request.priority_id()); it != plan.priorities.end()) {
    return SameOrTaken(plan, it->second, added, "priority_id", "a priority");
  }
  return OneEvent(plan, MakeDraft(PlanStream(request.plan_id()), added, YearOf(plan)));
}

Outcome Decide(const PlanState& plan, const v1::AddCommitmentRequest& request) {
  Problems problems;
  commands::RequireSlug("plan_id", request.plan_id(), problems);
  RequireId("priority_id", request.priority_id(), problems);
  RequireId("commitment_id", request.commitment_id(), problems);
  RequireText("label", request.label(), kLabelBytesMax, problems);
  if (!problems.empty()) return RefuseProblems(std::move(problems));
  if (auto refused = CheckPlan(plan, request)) return *std::move(refused);

  const auto priority = plan.priorities.find(request.priority_id());
  if (priority == plan.priorities.end()) return UnknownPriority();
  if (!priority->second.cross_cutting()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, "WRONG_STATE", "priority_id",
                  "only a cross-cutting heading has commitments",
                  "Add an action under this priority, or name a cross-cutting heading.");
  }
  ev::CommitmentAdded added;
  added.set_plan_id(request.plan_id());
  added.set_priority_id(request.priority_id());
  added.set_commitment_id(request.commitment_id());
  added.set_label(request.label());
  const auto stands = plan.commitments.find({request.priority_id(), request.commitment_id()});
  if (stands != plan.commitments.end()) {
    return SameOrTaken(plan, stands->second, added, "commitment_id", "a commitment");
  }
  return OneEvent(plan, MakeDraft(PlanStream(request.plan_id()), added, YearOf(plan)));
}

}  // namespace daybook::actions
