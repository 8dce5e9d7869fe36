#include "services/cli/upkeep_text.h"

#include <system_error>

#include "absl/time/time.h"
#include "fmt/format.h"

namespace daybook::cli {

std::string TimeText(eventstore::Instant instant) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S", absl::FromUnixMicros(instant.micros),
                          absl::UTCTimeZone()) +
         " UTC";
}

std::string SizeText(std::uint64_t bytes) {
  if (bytes < 10'000'000) return fmt::format("{:.1f} kB", static_cast<double>(bytes) / 1e3);
  if (bytes < 10'000'000'000) return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
  return fmt::format("{:.1f} GB", static_cast<double>(bytes) / 1e9);
}

std::string PrefixText(std::uint64_t size) {
  return size == 0 ? "an empty log" : fmt::format("{} events, positions 0 to {}", size, size - 1);
}

std::filesystem::path LogIn(const std::filesystem::path& directory) {
  const std::filesystem::path inner = directory / "log";
  std::error_code ignored;
  return std::filesystem::is_directory(inner, ignored) ? inner : directory;
}

}  // namespace daybook::cli
