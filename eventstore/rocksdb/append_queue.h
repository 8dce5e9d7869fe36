// Requests waiting for the committer: bounded by number and bytes, refused at once when full.
//
// Thread-safe. One consumer.
#pragma once

#include <cstddef>
#include <deque>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "eventstore/rocksdb/codec.h"

namespace daybook::eventstore::rocks {

struct QueuedRequest {
  PreparedRequest prepared;
  AppendCallback done;
};

class AppendQueue {
 public:
  struct Limits {
    std::size_t requests;
    std::size_t bytes;        // of all waiting
    std::size_t group_bytes;  // of one take; one request alone may be larger
  };

  explicit AppendQueue(Limits limits) : limits_(limits) {}

  // QUEUE_FULL, or what Close was given. `request` is moved from on success only.
  absl::Status Push(QueuedRequest& request);

  // Waits until something is there and takes a group of it, oldest first. Empty once closed and
  // drained.
  std::vector<QueuedRequest> Take();

  // Push refuses with `why` from now on; what waits can still be taken. The first reason stays.
  void Close(absl::Status why);

  std::size_t size() const;

  // OK while Push may succeed, else the reason given to Close.
  absl::Status status() const;

 private:
  bool HasNews() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return !waiting_.empty() || !closed_.ok();
  }

  const Limits limits_;
  mutable absl::Mutex mutex_;
  std::deque<QueuedRequest> waiting_ ABSL_GUARDED_BY(mutex_);
  std::size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::Status closed_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace daybook::eventstore::rocks
