#include "projections/reports/report_error.h"

#include <string>

#include "eventstore/core/error.h"

namespace daybook::reports {

using eventstore::MakeError;

absl::Status MissingParameter(std::string_view parameter) {
  const std::string name(parameter);
  return MakeError(absl::StatusCode::kInvalidArgument, "parameter " + name + " is missing",
                   {.reason = "MISSING_FIELD",
                    .remedy = "Give the parameter; the list of reports names those of each report.",
                    .fields = {{name, "is required"}},
                    .metadata = {}});
}

absl::Status InvalidParameter(std::string_view parameter, std::string_view form) {
  const std::string name(parameter);
  return MakeError(absl::StatusCode::kInvalidArgument,
                   "parameter " + name + " is not " + std::string(form),
                   {.reason = "INVALID_FIELD",
                    .remedy = "Give " + name + " as " + std::string(form) + ".",
                    .fields = {{name, "must be " + std::string(form)}},
                    .metadata = {}});
}

absl::Status NotFound(std::string_view parameter, std::string_view what, std::string_view reason) {
  const std::string name(parameter);
  return MakeError(absl::StatusCode::kNotFound, "there is no such " + std::string(what),
                   {.reason = std::string(reason),
                    .remedy = "Check the spelling of " + name + ", or register the " +
                              std::string(what) + " first.",
                    .fields = {{name, "is not known"}},
                    .metadata = {}});
}

}  // namespace daybook::reports
