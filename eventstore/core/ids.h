// Strong types for the numbers and names that the whole system passes around.
//
// All types here are plain values: copyable, comparable, safe to read from many threads.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace daybook::eventstore {

// Place of an event in the one order of a log: 0, 1, 2, … without gaps, never reused.
struct Position {
  std::uint64_t value = 0;
  friend auto operator<=>(const Position&, const Position&) = default;
};

// Place of an event in its stream: 0, 1, 2, … without gaps.
struct Revision {
  std::uint64_t value = 0;
  friend auto operator<=>(const Revision&, const Revision&) = default;
};

// A point in time: microseconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t micros = 0;
  friend auto operator<=>(const Instant&, const Instant&) = default;
};

// A civil day in Europe/London: days since 1970-01-01. The business dates of the field (a month of
// incidents, the day a return was received) are days, not instants.
struct CivilDay {
  std::int32_t days = 0;
  friend auto operator<=>(const CivilDay&, const CivilDay&) = default;
};

// SHA-256 output.
using Hash = std::array<std::uint8_t, 32>;

// Which log, and which life of it. A restore begins a new incarnation of the same log.
struct LogIdentity {
  std::string log_id;             // 32 lower-case hexadecimal digits, random, made with the log
  std::uint32_t incarnation = 1;  // 1 for a new log
  friend bool operator==(const LogIdentity&, const LogIdentity&) = default;
};

// "I have seen everything below `size`, and it hashed to `root`." `size` is the number of events
// seen, which is the position of the next one and the size of the Merkle tree over the log.
struct Checkpoint {
  LogIdentity log;
  std::uint64_t size = 0;
  Hash root{};
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

// Lower-case hexadecimal, two digits a byte.
std::string ToHex(std::string_view bytes);
std::string ToHex(const Hash& hash);

}  // namespace daybook::eventstore
