// What a writer believes about a stream at the moment of the append.
#pragma once

#include <cstdint>

#include "eventstore/core/ids.h"

namespace daybook::eventstore {

// kAny          no check. Two writers may interleave; use it only where order does not matter.
// kNoStream     the stream has no event yet. Exactly one of several racing writers succeeds.
// kStreamExists the stream has at least one event.
// kExactly      the last event of the stream has this revision: nobody wrote since it was read.
class ExpectedRevision {
 public:
  enum class Kind : std::uint8_t { kAny = 0, kNoStream = 1, kStreamExists = 2, kExactly = 3 };

  static constexpr ExpectedRevision Any() { return ExpectedRevision(Kind::kAny, {}); }
  static constexpr ExpectedRevision NoStream() { return ExpectedRevision(Kind::kNoStream, {}); }
  static constexpr ExpectedRevision StreamExists() {
    return ExpectedRevision(Kind::kStreamExists, {});
  }
  static constexpr ExpectedRevision Exactly(Revision revision) {
    return ExpectedRevision(Kind::kExactly, revision);
  }

  constexpr Kind kind() const { return kind_; }
  // Meaningful only for kExactly.
  constexpr Revision revision() const { return revision_; }

  // `event_count` is the number of events in the stream: 0 when it does not exist.
  constexpr bool Holds(std::uint64_t event_count) const {
    switch (kind_) {
      case Kind::kAny:
        return true;
      case Kind::kNoStream:
        return event_count == 0;
      case Kind::kStreamExists:
        return event_count > 0;
      case Kind::kExactly:
        return event_count > 0 && event_count - 1 == revision_.value;
    }
    return false;
  }

  friend constexpr bool operator==(const ExpectedRevision&, const ExpectedRevision&) = default;

 private:
  constexpr ExpectedRevision(Kind kind, Revision revision) : kind_(kind), revision_(revision) {}

  Kind kind_;
  Revision revision_;
};

}  // namespace daybook::eventstore
