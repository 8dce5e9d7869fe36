// Those who wait until the views have seen a position, without a blocked thread each.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"

namespace daybook::projections {

// Thread-safe. Owns one thread, which watches deadlines. Callbacks run without a lock held: at once
// on the caller's thread, on the thread that calls Reached, or on the deadlines' one.
class PositionWaiters {
 public:
  using Deadline = std::chrono::steady_clock::time_point;
  using Callback = std::function<void(absl::Status)>;

  explicit PositionWaiters(std::uint64_t size);
  ~PositionWaiters();  // Close
  PositionWaiters(const PositionWaiters&) = delete;
  PositionWaiters& operator=(const PositionWaiters&) = delete;

  // Calls `done` once: OK when the views have seen `size` events, VIEW_BEHIND when the deadline
  // passes first, SHUTTING_DOWN when this is closed.
  void Wait(std::uint64_t size, Deadline deadline, Callback done) ABSL_LOCKS_EXCLUDED(mutex_);

  // The views have seen `size` events now; never less than before.
  void Reached(std::uint64_t size) ABSL_LOCKS_EXCLUDED(mutex_);

  // Refuses everyone who waits and who comes later (unless already reached). Idempotent.
  void Close() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  struct Waiter {
    std::uint64_t size;
    Deadline deadline;
    Callback done;
  };
  using ById = std::map<std::uint64_t, Waiter>;

  void WatchDeadlines() ABSL_LOCKS_EXCLUDED(mutex_);
  Callback Take(ById::iterator waiter) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  absl::Mutex mutex_;
  absl::CondVar earliest_changed_;
  std::uint64_t reached_ ABSL_GUARDED_BY(mutex_);
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  std::uint64_t next_id_ ABSL_GUARDED_BY(mutex_) = 0;
  ById waiters_ ABSL_GUARDED_BY(mutex_);
  std::set<std::pair<std::uint64_t, std::uint64_t>> by_size_ ABSL_GUARDED_BY(mutex_);
  std::set<std::pair<Deadline, std::uint64_t>> by_deadline_ ABSL_GUARDED_BY(mutex_);
  std::jthread deadlines_;  // last: it uses everything above
};

}  // namespace daybook::projections
