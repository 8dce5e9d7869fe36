// The rules of what partners did together: operations, days of action, consultations, services, and
// what they reached.
//
// One stream an activity, "activity-<activity_id>". Pure, as plan_commands.h.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "daybook/actions/events/v1/events.pb.h"
#include "daybook/actions/v1/actions_service.pb.h"
#include "google/protobuf/message.h"
#include "services/commands/decision.h"
#include "services/partners/domain/area_register.h"
#include "services/partners/domain/organisation_register.h"
#include "services/partners/domain/partnership_register.h"

namespace daybook::actions {

struct ActivityState {
  // First day, last day, area, what.
  using ReachKey = std::tuple<std::string, std::string, std::string, std::string>;
  std::optional<events::v1::ActivityRecorded> recorded;   // the latest
  std::map<ReachKey, events::v1::ReachRecorded> reached;  // likewise
};

std::string ActivityStream(std::string_view activity_id);

// Folds one event; others change nothing.
void Evolve(ActivityState& state, const google::protobuf::Message& event);

// Refers to what it is given.
struct ActivityRegisters {
  const partners::PartnershipRegister& partnerships;
  const partners::OrganisationRegister& organisations;
  const partners::AreaRegister& areas;
};

commands::Outcome Decide(const ActivityState& state, const ActivityRegisters& registers,
                         const v1::RecordActivityRequest& request);

// Its period has a day in common with the activity.
commands::Outcome Decide(const ActivityState& state, const ActivityRegisters& registers,
                         const v1::RecordReachRequest& request);

}  // namespace daybook::actions
