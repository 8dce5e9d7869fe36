// The one way to say LOG_DAMAGED: which file, where in it, and which positions are in question.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "absl/status/status.h"

namespace daybook::eventstore::rocks {

struct DamageReport {
  std::filesystem::path file;
  std::string what;
  std::optional<std::uint64_t> offset = std::nullopt;  // bytes from the start of the file
  std::optional<std::uint64_t> first_position =
      std::nullopt;  // events from here on are in question …
  std::optional<std::uint64_t> next_position = std::nullopt;  // … up to, but without, this one
};

// DATA_LOSS, reason LOG_DAMAGED; metadata "file", "offset", "first_position", "next_position".
absl::Status Damage(const DamageReport& report);

}  // namespace daybook::eventstore::rocks
