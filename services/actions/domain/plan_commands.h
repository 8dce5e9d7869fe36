// The rules of a plan: what each command of ActionService does to it.
//
// Every function is pure. It checks the shape of the request (all faulty fields at once, with
// INVALID_ARGUMENT), then that the plan exists and has the revision that the caller expects, then
// the rules. The same content again decides nothing and is answered as a duplicate; other content
// under the same id is refused with ALREADY_EXISTS. Organisations may be given by id, name or alias
// and are stored by id. `head` is checked at the door (services/commands/door.h), not here.
//
// The answer of every Decision is the plan's revision after it, see RevisionInAnswer.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "daybook/actions/v1/actions_service.pb.h"
#include "services/actions/domain/plan_state.h"
#include "services/commands/decision.h"
#include "services/partners/domain/organisation_register.h"
#include "services/partners/domain/partnership_register.h"

namespace daybook::actions {

commands::Outcome Decide(const PlanState& plan, const partners::PartnershipRegister& partnerships,
                         const v1::OpenPlanRequest& request);

// The plans that a heading says it goes on from, by id.
using EarlierPlans = std::map<std::string, PlanState>;
commands::Outcome Decide(const PlanState& plan, const EarlierPlans& earlier,
                         const v1::AddPriorityRequest& request);

// Once only, of a draft.
commands::Outcome Decide(const PlanState& plan, const v1::AdoptPlanRequest& request);

// The latest wording holds; what was taken out stays out.
commands::Outcome Decide(const PlanState& plan, const v1::RevisePriorityRequest& request);

// The latest mapping of a project holds.
commands::Outcome Decide(const PlanState& plan, const v1::MapProjectRequest& request);

commands::Outcome Decide(const PlanState& plan, const v1::AddCommitmentRequest& request);

commands::Outcome Decide(const PlanState& plan, const partners::OrganisationRegister& organisations,
                         const v1::AddActionRequest& request);

commands::Outcome Decide(const PlanState& plan, const v1::SetTargetRequest& request);

// A second update for the same action, period and organisation is a later version of it, unless it
// says the same, which `parts` tells of the narrative. A narrative that was erased is not stored
// again: PART_ERASED. A status is a failure of the keys.
absl::StatusOr<commands::Outcome> Decide(const PlanState& plan,
                                         const partners::OrganisationRegister& organisations,
                                         commands::PartMatcher& parts,
                                         const v1::SubmitUpdateRequest& request);

commands::Outcome Decide(const PlanState& plan, const partners::OrganisationRegister& organisations,
                         const v1::DeferUpdateRequest& request);

commands::Outcome Decide(const PlanState& plan, const v1::CancelActionRequest& request);

commands::Outcome Decide(const PlanState& plan, const v1::CompleteActionRequest& request);

// The plan's revision after a decision, from its answer; 0 for an answer that is none.
std::uint64_t RevisionInAnswer(std::string_view answer);

}  // namespace daybook::actions
