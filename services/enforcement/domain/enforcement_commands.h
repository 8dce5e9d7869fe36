// The rules of enforcement: orders and their reviews, breaches and the steps that follow, tasks and
// penalties.
//
// Rules are functions of what was said before, the registers, today and the request. What happened
// is recorded even where it should not have: a breach outside the order's term, a number out of
// turn, a step left out are no refusals but exceptions of the reports. What stands already decides
// nothing and is answered as a duplicate. `head` and caller are checked at the door before.
#pragma once

#include <string>
#include <string_view>

#include "daybook/enforcement/v1/enforcement_service.pb.h"
#include "eventstore/core/ids.h"
#include "services/commands/decision.h"
#include "services/enforcement/domain/enforcement_state.h"
#include "services/partners/domain/area_register.h"
#include "services/partners/domain/organisation_register.h"
#include "services/partners/domain/partnership_register.h"

namespace daybook::enforcement {

// What all of them may look at. Refers to what it is given.
struct Circumstances {
  eventstore::CivilDay today;  // Europe/London
  const partners::PartnershipRegister& partnerships;
  const partners::OrganisationRegister& organisations;
  const partners::AreaRegister& areas;
};

// An order cannot be changed once it was made but by its reviews: ALREADY_EXISTS.
commands::Outcome Decide(const OrderState& order, const Circumstances& circumstances,
                         const v1::MakeOrderRequest& request);
// WRONG_STATE once it was discharged.
commands::Outcome Decide(const OrderState& order, const Circumstances& circumstances,
                         const v1::ReviewOrderRequest& request);

// Keys of sealed parts of breaches are grouped by it.
inline constexpr std::string_view kRetentionDataset = "breaches";
inline constexpr std::string_view kPersonPart = "person";

// Whether a reference to a person can be taken: a slug that does not look personal.
bool IsPerson(std::string_view subject);

// `person` is the opaque id that stands for the subject (PersonSpace); empty where the reference
// cannot be taken or, of a step, is not known. The reference itself is the part "person".
commands::Outcome Decide(const OrderState& order, const BreachCaseState& breaches,
                         const Circumstances& circumstances, const std::string& person,
                         const v1::RecordBreachRequest& request);
// A step may be taken twice on different days.
commands::Outcome Decide(const OrderState& order, const BreachCaseState& breaches,
                         const Circumstances& circumstances, const std::string& person,
                         const v1::TakeStepRequest& request);

commands::Outcome Decide(const TaskState& task, const Circumstances& circumstances,
                         const v1::RaiseTaskRequest& request);
commands::Outcome Decide(const TaskState& task, const Circumstances& circumstances,
                         const v1::ActionTaskRequest& request);
commands::Outcome Decide(const PenaltyState& penalty, const Circumstances& circumstances,
                         const v1::IssuePenaltyRequest& request);
commands::Outcome Decide(const PenaltyState& penalty, const Circumstances& circumstances,
                         const v1::SettlePenaltyRequest& request);

}  // namespace daybook::enforcement
