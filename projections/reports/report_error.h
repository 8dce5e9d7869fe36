// Refusals of a report: the parameter is named, its value never repeated.
#pragma once

#include <string_view>

#include "absl/status/status.h"

namespace daybook::reports {

// INVALID_ARGUMENT, MISSING_FIELD.
absl::Status MissingParameter(std::string_view parameter);

// INVALID_ARGUMENT, INVALID_FIELD. `form` says what it should be, for example "a month YYYY-MM".
absl::Status InvalidParameter(std::string_view parameter, std::string_view form);

// NOT_FOUND with that reason. `what` for example "plan".
absl::Status NotFound(std::string_view parameter, std::string_view what, std::string_view reason);

}  // namespace daybook::reports
