// What the servers of Daybook do alike as programs: how a start fails, where they say that they
// serve.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace daybook::runtime {

// Exit codes.
inline constexpr int kRefusedToStart = 1;
inline constexpr int kWrongUsage = 2;

// Prints what happened, where and what to do to standard error; returns kRefusedToStart.
int FailToStart(const absl::Status& status);

// One address a line, put in place at once so that a reader never sees half. False where it cannot
// be written, which is said on standard error.
bool WriteAddressFile(const std::string& path, const std::vector<std::string>& addresses);

}  // namespace daybook::runtime
