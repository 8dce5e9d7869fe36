// The figures of an update: what they must be like. For services/actions/domain only.
#pragma once

#include "daybook/actions/v1/actions_service.pb.h"
#include "services/commands/door.h"

namespace daybook::actions {

// Every measurement: its measure, exactly one value, a count not below zero, a share that agrees
// with its printed percentage, a percentage not over 100, a period of its own that is one. A period
// of its own outside the plan year is accepted: the reports mark it.
void CheckMeasurements(const v1::SubmitUpdateRequest& request, commands::Problems& problems);

}  // namespace daybook::actions
