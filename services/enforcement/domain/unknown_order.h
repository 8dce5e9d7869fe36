// What orders and breaches refuse alike. For services/enforcement/domain only.
#pragma once

#include "services/commands/decision.h"

namespace daybook::enforcement {

inline commands::Rejection UnknownOrder() {
  return commands::Refuse(absl::StatusCode::kNotFound, "UNKNOWN_ORDER", "order_id",
                          "the order was never recorded", "Record the order, or correct its id.");
}

}  // namespace daybook::enforcement
