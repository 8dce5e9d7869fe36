// How the commands for upkeep name times, sizes and directories.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "eventstore/core/ids.h"

namespace daybook::cli {

// "2024-03-18 09:30:00 UTC".
std::string TimeText(eventstore::Instant instant);

// "12.3 MB".
std::string SizeText(std::uint64_t bytes);

// "17791 events, positions 0 to 17790", or "an empty log".
std::string PrefixText(std::uint64_t size);

// The log of a data directory; the directory itself when it is the log.
std::filesystem::path LogIn(const std::filesystem::path& directory);

}  // namespace daybook::cli
