// The rules of scrutiny: resolutions with their answers, assessments with their contents and ranks.
//
// Rules are functions of what was said before, the registers, today and the request. `head` and
// caller are checked at the door (services/commands/door.h) before. What stands already decides
// nothing and is answered as a duplicate.
#pragma once

#include "daybook/scrutiny/v1/scrutiny_service.pb.h"
#include "eventstore/core/ids.h"
#include "services/commands/decision.h"
#include "services/partners/domain/organisation_register.h"
#include "services/partners/domain/partnership_register.h"
#include "services/scrutiny/domain/scrutiny_state.h"

namespace daybook::scrutiny {

// What all of them may look at. Refers to what it is given.
struct Circumstances {
  eventstore::CivilDay today;  // Europe/London
  const partners::PartnershipRegister& partnerships;
  const partners::OrganisationRegister& organisations;
};

// A resolution cannot be changed once it was passed: ALREADY_EXISTS with other content.
commands::Outcome Decide(const ResolutionState& state, const Circumstances& circumstances,
                         const v1::PassResolutionRequest& request);
// A resolution is answered; a recommendation is answered, adopted, or not with the reason.
commands::Outcome Decide(const ResolutionState& state, const Circumstances& circumstances,
                         const v1::GiveResponseRequest& request);

commands::Outcome Decide(const AssessmentState& state, const Circumstances& circumstances,
                         const v1::OpenAssessmentRequest& request);
// What was approved is not changed any more: WRONG_STATE.
commands::Outcome Decide(const AssessmentState& state, const Circumstances& circumstances,
                         const v1::SubmitSectionRequest& request);
commands::Outcome Decide(const AssessmentState& state, const Circumstances& circumstances,
                         const v1::RankRiskRequest& request);
// Only with all six contents; WRONG_STATE names those that are missing.
commands::Outcome Decide(const AssessmentState& state, const Circumstances& circumstances,
                         const v1::ApproveAssessmentRequest& request);

}  // namespace daybook::scrutiny
