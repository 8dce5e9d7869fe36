// What the leads report on an action, or leave to another partner.
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "eventstore/core/error.h"
#include "services/actions/domain/measurement_check.h"
#include "services/actions/domain/plan_check.h"
#include "services/actions/domain/plan_commands.h"
#include "services/actions/domain/plan_shape.h"

namespace daybook::actions {
namespace {

namespace ev = events::v1;
using commands::MakeDraft;
using commands::Outcome;
using commands::Problems;
using commands::Refuse;
using commands::Rejection;
using commands::RequireText;
using eventstore::Effective;

constexpr std::size_t kNarrativeBytesMax = 16U << 10;

void CheckState(const std::string& state, Problems& problems) {
  if (state.empty()) return;
  commands::RequireOneOf("state", state,
                         {"ongoing", "planned", "in-progress", "not-started", "delivered",
                          "delivered-late", "completed", "poor"},
                         problems);
}

void CheckNarrative(const std::string& narrative, Problems& problems) {
  if (narrative.size() <= kNarrativeBytesMax) return;
  problems.push_back(TooLarge("narrative", "the narrative is longer than 16 KiB",
                              "Shorten it, or keep the document elsewhere and say where it is."));
}

// The period must be the plan year or one of its quarters, and begin before the action was given
// up.
std::optional<Rejection> CheckAnswerPeriod(const PlanState& plan, const ActionState& action,
                                           const types::v1::Period& period, const Effective& days) {
  const Effective year = YearOf(plan);
  if (days.start < year.start || days.end > year.end) {
    return Refuse(
        absl::StatusCode::kFailedPrecondition, "PERIOD_OUTSIDE_PLAN", "period",
        "the period lies outside the plan year",
        "Give a quarter of the plan year or the whole year, or name the plan of that year.");
  }
  // Days of one form compare as text.
  if (action.cancelled.has_value() && period.start_date() >= action.cancelled->date()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, "ACTION_CANCELLED", "period",
                  "the period begins when the action was cancelled already",
                  "Report on a period that begins before the cancellation.");
  }
  return std::nullopt;
}

const Answer* FindAnswer(const ActionState& action, const types::v1::Period& period,
                         const std::string& organisation_id) {
  const auto it = action.answers.find({period.start_date(), period.end_date(), organisation_id});
  return it == action.answers.end() ? nullptr : &it->second;
}

ev::UpdateSubmitted MakeUpdate(const v1::SubmitUpdateRequest& request,
                               std::string organisation_id) {
  ev::UpdateSubmitted update;
  update.set_plan_id(request.plan_id());
  update.set_action_id(request.action_id());
  *update.mutable_period() = request.period();
  update.set_organisation_id(std::move(organisation_id));
  update.set_state(request.state());
  *update.mutable_measurements() = request.measurements();
  for (ev::Measurement& measurement : *update.mutable_measurements()) {
    if (measurement.stage().empty()) measurement.set_stage("actual");
  }
  return update;
}

std::vector<commands::DraftPart> NarrativeOf(const v1::SubmitUpdateRequest& request) {
  if (request.narrative().empty()) return {};
  return {
      {.name = std::string(kNarrativePart), .plaintext = request.narrative(), .subject_ref = ""}};
}

Rejection NarrativeErased() {
  return Refuse(absl::StatusCode::kFailedPrecondition, "PART_ERASED", "narrative",
                "the text of this update was erased and is not stored again",
                "Send the rest of the update without its text.");
}

}  // namespace

absl::StatusOr<Outcome> Decide(const PlanState& plan,
                               const partners::OrganisationRegister& organisations,
                               commands::PartMatcher& parts,
                               const v1::SubmitUpdateRequest& request) {
  Problems problems;
  commands::RequireSlug("plan_id", request.plan_id(), problems);
  RequireId("action_id", request.action_id(), problems);
  const auto days = RequireQuarterOrYear("period", request.period(), problems);
  RequireText("organisation", request.organisation(), commands::kNameBytesMax, problems);
  CheckState(request.state(), problems);
  CheckMeasurements(request, problems);
  CheckNarrative(request.narrative(), problems);
  if (request.state().empty() && request.narrative().empty() && request.measurements().empty()) {
    // Or a return that nobody filled in would end a silence.
    problems.push_back({.field = "state",
                        .reason = "MISSING_FIELD",
                        .description = "says nothing: neither a state, a text nor a figure",
                        .remedy = "Give one of them; \"not-started\" says that nothing was done."});
  }
  if (!problems.empty()) return RefuseProblems(std::move(problems));
  if (auto refused = CheckPlan(plan, request)) return *std::move(refused);
  const ActionState* action = FindAction(plan, request.action_id());
  if (action == nullptr) return UnknownAction();
  if (auto refused = CheckAnswerPeriod(plan, *action, request.period(), *days)) {
    return *std::move(refused);
  }
  auto organisation = ResolveOrganisation(organisations, request.organisation(), "organisation");
  if (auto* refused = std::get_if<Rejection>(&organisation)) return std::move(*refused);

  ev::UpdateSubmitted update = MakeUpdate(request, std::get<std::string>(std::move(organisation)));
  const Answer* before = FindAnswer(*action, request.period(), update.organisation_id());
  const std::vector<commands::DraftPart> narrative = NarrativeOf(request);
  if (before != nullptr && before->update.has_value()) {
    DAYBOOK_ASSIGN_OR_RETURN(const commands::SealedComparison compared,
                             commands::CompareSealed(parts, kUpdateParts, before->narrative.parts,
                                                     before->narrative.erased, narrative));
    *update.mutable_erased() = before->update->erased();
    if (compared.same && SameContent(*before->update, update)) return NothingNew(plan);
    if (compared.drops) return NarrativeErased();
    update.clear_erased();
    for (std::string& name : commands::NamesIn(kUpdateParts, compared.erased)) {
      update.add_erased(std::move(name));
    }
  }
  commands::DraftEvent event = MakeDraft(PlanStream(request.plan_id()), update, *days);
  // An update of an unknown day would take the place of none.
  if (before != nullptr &&
      request.head().known().precision() == types::v1::Known::PRECISION_UNKNOWN) {
    event.known = eventstore::Known{};
  }
  event.parts = narrative;
  if (!narrative.empty()) event.retention_dataset = kNarrativeDataset;
  return OneEvent(plan, std::move(event));
}

Outcome Decide(const PlanState& plan, const partners::OrganisationRegister& organisations,
               const v1::DeferUpdateRequest& request) {
  Problems problems;
  commands::RequireSlug("plan_id", request.plan_id(), problems);
  RequireId("action_id", request.action_id(), problems);
  const auto days = RequireQuarterOrYear("period", request.period(), problems);
  RequireText("to_organisation", request.to_organisation(), commands::kNameBytesMax, problems);
  if (!problems.empty()) return RefuseProblems(std::move(problems));
  if (auto refused = CheckPlan(plan, request)) return *std::move(refused);
  const ActionState* action = FindAction(plan, request.action_id());
  if (action == nullptr) return UnknownAction();
  if (auto refused = CheckAnswerPeriod(plan, *action, request.period(), *days)) {
    return *std::move(refused);
  }
  ev::UpdateDeferred deferred;
  deferred.set_plan_id(request.plan_id());
  deferred.set_action_id(request.action_id());
  *deferred.mutable_period() = request.period();
  if (!request.organisation().empty()) {
    auto from = ResolveOrganisation(organisations, request.organisation(), "organisation");
    if (auto* refused = std::get_if<Rejection>(&from)) return std::move(*refused);
    deferred.set_organisation_id(std::get<std::string>(std::move(from)));
  }
  auto to = ResolveOrganisation(organisations, request.to_organisation(), "to_organisation");
  if (auto* refused = std::get_if<Rejection>(&to)) return std::move(*refused);
  deferred.set_to_organisation_id(std::get<std::string>(std::move(to)));
  if (deferred.organisation_id() == deferred.to_organisation_id()) {
    return Refuse(absl::StatusCode::kInvalidArgument, "INVALID_FIELD", "to_organisation",
                  "an organisation cannot leave the answer to itself",
                  "Name the partner that answers, or submit the update.");
  }
  const Answer* before = FindAnswer(*action, request.period(), deferred.organisation_id());
  if (before != nullptr && before->deferral.has_value() &&
      SameContent(*before->deferral, deferred)) {
    return NothingNew(plan);
  }
  return OneEvent(plan, MakeDraft(PlanStream(request.plan_id()), deferred, *days));
}

}  // namespace daybook::actions
