// The one thread that orders requests: takes everything that waits, decides, makes the group
// durable, applies it, publishes it and has it answered, in this order.
//
// A failed write, sync or apply leaves the group's outcome unknown: its requests are told so, and
// the committer takes nothing more. A failure before anything was written is told apart.
// Thread-safe but for Stop.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "eventstore/core/event_store.h"
#include "eventstore/rocksdb/answerer.h"
#include "eventstore/rocksdb/append_queue.h"
#include "eventstore/rocksdb/applier.h"
#include "eventstore/rocksdb/journal.h"
#include "eventstore/rocksdb/sequencer.h"
#include "eventstore/rocksdb/statistics.h"

namespace daybook::eventstore::rocks {

class Committer {
 public:
  struct Parts {
    std::unique_ptr<Journal> journal;
    std::unique_ptr<Applier> applier;
    std::unique_ptr<Sequencer> sequencer;
    AppendQueue::Limits limits;
    // The log is now like this: called before the answers, on the committer's thread.
    std::function<void(const LogTail&)> publish;
    // After the group is published, before its answers.
    std::function<void(std::uint64_t size)> notify;
    // Nothing is taken any more. Called once, before the failed requests are answered.
    std::function<void(const absl::Status& why)> failed;
    FaultHook fault;
    StoreStatistics* statistics = nullptr;  // never null; outlives the committer
  };

  explicit Committer(Parts parts);
  // Stops as Stop does.
  ~Committer();
  Committer(const Committer&) = delete;
  Committer& operator=(const Committer&) = delete;

  void Submit(QueuedRequest request);

  // OK while requests are taken; STORE_STOPPED, or CLOCK_JUMPED, when not.
  absl::Status Health() const;

  // Answers what waits, then ends the thread and writes the closing group. The status says whether
  // the log is closed cleanly. Idempotent.
  absl::Status Stop();

  // Requests that wait to be looked at.
  std::size_t waiting() const { return queue_.size(); }

  // A write failed; nothing is taken any more. Thread-safe.
  bool failed() const { return failed_.load(); }

  // After Stop: closes the journal's files, so that another one may go on with them.
  void ReleaseJournal() { parts_.journal.reset(); }

  // For a test: ends the thread without a closing group, as a crash would.
  void AbandonForTest();

 private:
  // What a failed MakeDurable leaves.
  enum class Outcome : std::uint8_t { kNothingWritten, kUnknown };
  void Run();
  void Commit(std::vector<QueuedRequest> requests);
  absl::Status MakeDurable(Group group);
  void Count(const Sequencer::Decision& decision);
  void Fail(const absl::Status& why, std::vector<QueuedRequest> requests, Outcome outcome);

  Parts parts_;
  AppendQueue queue_;
  std::unique_ptr<Answerer> answerer_ = std::make_unique<Answerer>();
  std::atomic<bool> failed_ = false;
  bool applying_ = false;  // a group is in the journal and not yet in the database
  bool stopped_ = false;   // Stop's caller
  std::jthread thread_;    // last: starts when everything above is there
};

}  // namespace daybook::eventstore::rocks
