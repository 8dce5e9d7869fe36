// Answers requests from a thread of its own, in the order in which they are handed over: what a
// caller does with its answer (a gRPC call finished, a message written) is not the committer's
// time.
#pragma once

#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "eventstore/core/event_store.h"
#include "eventstore/rocksdb/append_queue.h"

namespace daybook::eventstore::rocks {

// Thread-safe.
class Answerer {
 public:
  Answerer() : thread_([this] { Run(); }) {}
  // Answers what waits, then ends.
  ~Answerer();
  Answerer(const Answerer&) = delete;
  Answerer& operator=(const Answerer&) = delete;

  // One answer a request.
  void Answer(std::vector<QueuedRequest> requests,
              std::vector<absl::StatusOr<AppendResult>> answers);

 private:
  struct Batch {
    std::vector<QueuedRequest> requests;
    std::vector<absl::StatusOr<AppendResult>> answers;
  };
  void Run();

  absl::Mutex mutex_;
  std::vector<Batch> waiting_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::jthread thread_;  // last: starts when everything above is there
};

}  // namespace daybook::eventstore::rocks
