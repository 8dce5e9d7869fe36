// Instants as the wire and the terminal write them.
#pragma once

#include <optional>
#include <string>

#include "absl/time/time.h"
#include "eventstore/core/ids.h"

namespace daybook::runtime {

// RFC 3339 in UTC with microseconds, for example "2024-03-18T10:15:00.000000Z".
inline std::string ToRfc3339(eventstore::Instant instant) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", absl::FromUnixMicros(instant.micros),
                          absl::UTCTimeZone());
}

// The inverse. nullopt for anything else.
inline std::optional<eventstore::Instant> ParseRfc3339(const std::string& text) {
  absl::Time time;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, text, &time, &error)) return std::nullopt;
  return eventstore::Instant{absl::ToUnixMicros(time)};
}

}  // namespace daybook::runtime
