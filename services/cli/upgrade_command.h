// `daybook upgrade --check`: says what CheckUpgrade found, to people or to programs.
#pragma once

#include <string>

#include "services/cli/upgrade_check.h"

namespace daybook::cli {

// Exit code of a check, beside those of every command: a start would upgrade the directory.
inline constexpr int kWouldUpgrade = 4;

// `version` is the program's. kDone: a start opens the directory's format as it is; kWouldUpgrade;
// kRefused: it refuses, or a backup cannot be read.
int RunUpgradeCheck(const UpgradeOptions& options, const std::string& version);

}  // namespace daybook::cli
