// What an action is held against: kinds, comparators and thresholds that go together.
// For services/actions/domain only.
#pragma once

#include "daybook/actions/v1/actions_service.pb.h"
#include "services/commands/door.h"

namespace daybook::actions {

// Counts and percentages have a threshold and at least, at most or exactly; a trend has a direction
// and no threshold; a milestone has neither.
void CheckTarget(const v1::SetTargetRequest& request, commands::Problems& problems);

}  // namespace daybook::actions
