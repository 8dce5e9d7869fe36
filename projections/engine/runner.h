// The thread that brings the live views up to the log and their rows to the view store.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "eventstore/core/log_reader.h"
#include "projections/engine/engine.h"
#include "projections/engine/event_batch.h"
#include "projections/engine/live_views.h"
#include "projections/engine/page_reader.h"
#include "projections/engine/position_waiters.h"
#include "projections/engine/type_table.h"
#include "projections/store/view_store.h"

namespace daybook::projections {

// Start and Stop from one thread at a time; the rest is thread-safe. Everything referred to must
// outlive the runner.
class Runner {
 public:
  struct Parts {
    eventstore::LogReader& events;
    ViewStore& store;
    LiveViews& live;
    Checkpoints& checkpoints;
    PositionWaiters& waiters;
    const TypeTable& types;
    const EngineOptions& options;
  };
  // `size`: how many events live views and view store have seen; `kept_size`: how many the newest
  // kept state has.
  Runner(const Parts& parts, std::uint64_t size, std::uint64_t kept_size);
  ~Runner();  // Stop
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  void Start();
  // Ends the thread after the batch in hand and writes what is not yet in the view store.
  // Idempotent.
  absl::Status Stop();

  std::uint64_t stored_size() const { return stored_size_.load(); }
  // What hinders it; empty when all is well.
  std::string problem();

 private:
  using Time = std::chrono::steady_clock::time_point;

  void Run();
  absl::Status ReadAndApply(PageReader& reader, std::uint64_t head);
  void Apply(std::span<const BatchEvent> events);
  bool CommitDue(Time now) const;
  // Writes everything applied so far; what a failed write took from the views is tried again first.
  absl::Status Commit();
  absl::Status WritePending();
  void NoteRead(const absl::Status& status);
  void NoteWrite(const absl::Status& status);
  // Waits for events beyond those applied, a stop, or the next write to the view store.
  void WaitForWork() ABSL_EXCLUSIVE_LOCKS_REQUIRED(signal_mutex_);

  const Parts parts_;

  // Of the runner's thread; of the stopping one after that.
  std::uint64_t applied_;
  std::uint64_t kept_size_;
  Time unwritten_since_;
  std::optional<CommitBatch> pending_;  // taken from the views, not yet written
  bool write_failed_ = false;
  bool read_failed_ = false;
  bool behind_ = false;  // by more than what is written at once

  std::atomic<std::uint64_t> stored_size_;

  absl::Mutex signal_mutex_;
  std::uint64_t head_ ABSL_GUARDED_BY(signal_mutex_) = 0;
  bool stop_ ABSL_GUARDED_BY(signal_mutex_) = false;

  absl::Mutex problem_mutex_;
  std::string read_problem_ ABSL_GUARDED_BY(problem_mutex_);
  std::string write_problem_ ABSL_GUARDED_BY(problem_mutex_);

  std::unique_ptr<eventstore::LogReader::Listener> listener_;
  std::jthread thread_;
};

}  // namespace daybook::projections
