// Opening a plan, giving it its headings, and saying which of them projects serve.
#include <set>
#include <string>
#include <utility>

#include "fmt/format.h"
#include "services/actions/domain/plan_check.h"
#include "services/actions/domain/plan_commands.h"
#include "services/actions/domain/plan_shape.h"

namespace daybook::actions {

namespace ev = events::v1;
using commands::MakeDraft;
using commands::Outcome;
using commands::Problems;
using commands::Refuse;
using commands::RequireText;

namespace {

constexpr int kOriginsMax = 20;
constexpr int kMappedMax = 100;

void CheckOrigins(const v1::AddPriorityRequest& request, Problems& problems) {
  for (int i = 0; i < request.derived_from_size(); ++i) {
    const std::string field = fmt::format("derived_from[{}]", i);
    const ev::PriorityRef& origin = request.derived_from(i);
    commands::RequireSlug(field + ".plan_id", origin.plan_id(), problems);
    RequireId(field + ".priority_id", origin.priority_id(), problems);
    if (origin.plan_id() == request.plan_id()) {
      problems.push_back(commands::InvalidField(field, "is of the same plan",
                                                "Name a heading of an earlier plan."));
    }
  }
  if (request.derived_from_size() > kOriginsMax) {
    problems.push_back(commands::InvalidField("derived_from",
                                              fmt::format("are more than {}", kOriginsMax),
                                              "Name the headings that it goes on from."));
  }
}

std::optional<commands::Rejection> FindOrigins(const EarlierPlans& earlier,
                                               const v1::AddPriorityRequest& request) {
  for (int i = 0; i < request.derived_from_size(); ++i) {
    const ev::PriorityRef& origin = request.derived_from(i);
    const auto plan = earlier.find(origin.plan_id());
    if (plan != earlier.end() && plan->second.priorities.contains(origin.priority_id())) continue;
    return Refuse(absl::StatusCode::kNotFound, "UNKNOWN_PRIORITY",
                  fmt::format("derived_from[{}]", i), "no earlier plan has this heading",
                  "Add the earlier plan and its heading first, or correct the reference.");
  }
  return std::nullopt;
}

void CheckMapped(std::string_view field, const google::protobuf::RepeatedPtrField<std::string>& ids,
                 Problems& problems) {
  std::set<std::string> seen;
  for (int i = 0; i < ids.size(); ++i) {
    RequireId(fmt::format("{}[{}]", field, i), ids[i], problems);
    if (!seen.insert(ids[i]).second) {
      problems.push_back(commands::InvalidField(fmt::format("{}[{}]", field, i),
                                                "stands there before", "Name each once."));
    }
  }
  if (ids.size() > kMappedMax) {
    problems.push_back(commands::InvalidField(field, fmt::format("are more than {}", kMappedMax),
                                              "Name those that the project serves."));
  }
}

}  // namespace

Outcome Decide(const PlanState& plan, const v1::MapProjectRequest& request) {
  Problems problems;
  commands::RequireSlug("plan_id", request.plan_id(), problems);
  RequireId("project_id", request.project_id(), problems);
  RequireText("label", request.label(), kLabelBytesMax, problems);
  CheckMapped("priority_ids", request.priority_ids(), problems);
  CheckMapped("theme_ids", request.theme_ids(), problems);
  if (request.theme_ids().empty()) {
    commands::CheckSlug("themes_dimension_id", request.themes_dimension_id(), problems);
  } else {
    commands::RequireSlug("themes_dimension_id", request.themes_dimension_id(), problems);
  }
  if (!problems.empty()) return RefuseProblems(std::move(problems));
  if (auto refused = CheckPlan(plan, std::optional<std::uint64_t>())) return *std::move(refused);
  for (const std::string& priority : request.priority_ids()) {
    if (!plan.priorities.contains(priority)) return UnknownPriority();
  }

  ev::ProjectMapped mapped;
  mapped.set_plan_id(request.plan_id());
  mapped.set_project_id(request.project_id());
  mapped.set_label(request.label());
  *mapped.mutable_priority_ids() = request.priority_ids();
  mapped.set_themes_dimension_id(request.themes_dimension_id());
  *mapped.mutable_theme_ids() = request.theme_ids();
  const auto stands = plan.projects.find(request.project_id());
  if (stands != plan.projects.end() && SameContent(stands->second, mapped)) return NothingNew(plan);
  return OneEvent(plan, MakeDraft(PlanStream(request.plan_id()), mapped, YearOf(plan)));
}

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
  opened.set_draft(request.draft());
  if (plan.opened.has_value()) {
    return SameOrTaken(plan, *plan.opened, opened, "plan_id", "a plan");
  }
  if (!partnerships.Contains(request.partnership_id())) {
    return partners::RejectPartnership("partnership_id");
  }
  return OneEvent(plan, MakeDraft(PlanStream(request.plan_id()), opened, *year));
}

Outcome Decide(const PlanState& plan, const EarlierPlans& earlier,
               const v1::AddPriorityRequest& request) {
  Problems problems;
  commands::RequireSlug("plan_id", request.plan_id(), problems);
  RequireId("priority_id", request.priority_id(), problems);
  RequireText("label", request.label(), kLabelBytesMax, problems);
  CheckOrigins(request, problems);
  if (!problems.empty()) return RefuseProblems(std::move(problems));
  if (auto refused = CheckPlan(plan, request)) return *std::move(refused);
  if (auto refused = FindOrigins(earlier, request)) return *std::move(refused);

  ev::PriorityAdded added;
  added.set_plan_id(request.plan_id());
  added.set_priority_id(request.priority_id());
  added.set_number(request.number());
  added.set_label(request.label());
  added.set_cross_cutting(request.cross_cutting());
  *added.mutable_derived_from() = request.derived_from();
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
