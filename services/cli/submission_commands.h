// `daybook submissions`, `daybook submission show REF`: what was sent, and the receipt of one file.
#pragma once

#include <string>

#include "services/cli/connection.h"

namespace daybook::cli {

// REF: a submission's id or at least its first 6 digits, as the receipt has them. Exit codes as in
// connection.h; UNKNOWN_SUBMISSION for none, INVALID_FIELD for several.
int RunShowSubmission(const Connection& connection, const std::string& reference);

// What of the files that were sent wants somebody's eye: held ones and those whose recording was
// broken off. "" when there is none, or the report cannot be had.
std::string FilesThatWait(const Connection& connection);

}  // namespace daybook::cli
