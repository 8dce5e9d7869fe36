// How the views are, as a message.
#pragma once

#include "daybook/admin/v1/admin_service.pb.h"
#include "projections/engine/engine.h"

namespace daybook::admin {

// Heads, views, and what keeps the engine from reading or writing.
void FillViewStatus(const projections::EngineStatus& status, v1::GetViewStatusResponse& response);

}  // namespace daybook::admin
