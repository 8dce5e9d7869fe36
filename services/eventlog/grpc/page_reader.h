// Reads the log in messages of bounded size.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "daybook/eventlog/v1/eventlog_service.pb.h"
#include "eventstore/core/event_store.h"

namespace daybook::eventlog {

inline constexpr std::uint64_t kEventsPerMessage = 512;
inline constexpr std::size_t kBytesPerMessage = 1U << 20;

// Where a read stands. Forward: the next position to look at, up to `end` (exclusive). Backward:
// one above the next position to look at, down to `end` (inclusive).
struct ReadCursor {
  eventstore::Direction direction = eventstore::Direction::kForward;
  std::uint64_t next = 0;
  std::uint64_t end = 0;
  std::uint64_t remaining = UINT64_MAX;  // events still to deliver
  bool done() const {
    return remaining == 0 ||
           (direction == eventstore::Direction::kForward ? next >= end : next <= end);
  }
};

// Appends one message's worth of events to `events` and moves the cursor past everything that was
// looked at, matching or not.
absl::Status ReadMessage(eventstore::EventStore& store, const eventstore::Filter& filter,
                         ReadCursor& cursor, google::protobuf::RepeatedPtrField<v1::Event>& events);

}  // namespace daybook::eventlog
