// Decides and stamps: turns waiting requests into one group and one answer each.
//
// No I/O but the look-ups of LogLookup. What it returns is final once the journal has it; nothing
// downstream decides anything. The committer's alone, but for CheckClock.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "eventstore/core/event_store.h"
#include "eventstore/core/record_clock.h"
#include "eventstore/core/refusals.h"
#include "eventstore/rocksdb/append_queue.h"
#include "eventstore/rocksdb/group.h"
#include "eventstore/rocksdb/log_lookup.h"

namespace daybook::eventstore::rocks {

class Sequencer {
 public:
  struct Decision {
    std::optional<Group> group;  // nullopt when no request of the round adds anything
    std::vector<absl::StatusOr<AppendResult>> answers;  // one per request; true once it is durable
  };

  // `lookup` must outlive it and answer as of everything before the next group. `clock` likewise.
  Sequencer(LogLookup& lookup, const Clock& clock, const LogTail& tail);

  // In order, each request seeing those before it. An error means that the log could not be read;
  // then nothing is decided.
  absl::StatusOr<Decision> Decide(std::span<const QueuedRequest> requests);

  // An empty group (kOpening, kClosing).
  Group Empty(FrameKind kind) const;

  // The group is durable and applied: the next one follows it.
  void Advance(Group group);

  // CLOCK_JUMPED while no request can be stamped. Thread-safe.
  absl::Status CheckClock() const;

 private:
  struct Round;

  // Each adds at most one answer to the round; an error is a failure to read the log.
  absl::Status DecideOne(const PreparedRequest& prepared, Round& round);
  // Whether the request was accepted before, and so is answered.
  absl::StatusOr<bool> AnswerDuplicate(const AppendRequest& request, Round& round);
  absl::StatusOr<std::vector<RevisionMismatch>> Mismatches(const AppendRequest& request,
                                                           Round& round);
  absl::StatusOr<Instant> TimeOf(Round& round);
  AppendResult Stamp(const PreparedRequest& prepared, Instant now, Round& round);

  LogLookup& lookup_;
  mutable absl::Mutex clock_mutex_;
  RecordClock clock_ ABSL_GUARDED_BY(clock_mutex_);
  std::uint64_t next_group_;
  Instant record_time_;
  merkle::Frontier frontier_;
  std::string scratch_;
  std::string frame_;  // of the last group, kept for its memory
};

}  // namespace daybook::eventstore::rocks
