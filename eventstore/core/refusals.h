// The refusals that every implementation must word alike. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "eventstore/core/event_store.h"
#include "eventstore/core/expected_revision.h"

namespace daybook::eventstore {

// A stream of the request whose expected revision does not hold.
struct RevisionMismatch {
  std::size_t write = 0;          // index in AppendRequest::writes
  std::uint64_t event_count = 0;  // events that the stream has now
};

// REVISION_CONFLICT (ABORTED). `mismatches` is not empty and in the order of the request. One field
// violation a stream ("writes[2].expected"), and metadata "stream", "expected", "actual" for the
// first one, "stream_1", "expected_1", "actual_1" for the second, and so on. "expected" and
// "actual" are "any", "no_stream", "stream_exists" or the revision in digits.
absl::Status RevisionConflict(const AppendRequest& request,
                              const std::vector<RevisionMismatch>& mismatches);

// QUEUE_FULL (RESOURCE_EXHAUSTED): more is under way than is taken; nothing was looked at.
absl::Status QueueFull();

// REQUEST_ID_REUSED (ALREADY_EXISTS): the id was accepted with another fingerprint.
absl::Status RequestIdReused();

// BEYOND_HEAD (OUT_OF_RANGE): the log has only `head` events.
absl::Status BeyondHead(std::uint64_t size, std::uint64_t head);

// Refuses an event whose `known` lies after the day (or month) of `record_time`: nobody can have
// known a fact later than it was recorded. INVALID_ARGUMENT with a field violation an event.
absl::Status CheckKnown(const AppendRequest& request, Instant record_time);

}  // namespace daybook::eventstore
