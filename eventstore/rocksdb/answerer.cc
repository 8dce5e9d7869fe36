#include "eventstore/rocksdb/answerer.h"

#include <utility>

#include "eventstore/core/thread_name.h"

namespace daybook::eventstore::rocks {

Answerer::~Answerer() {
  {
    const absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  thread_.join();
}

void Answerer::Answer(std::vector<QueuedRequest> requests,
                      std::vector<absl::StatusOr<AppendResult>> answers) {
  const absl::MutexLock lock(&mutex_);
  waiting_.push_back({std::move(requests), std::move(answers)});
}

void Answerer::Run() {
  NameThread("answerer");
  const auto ready = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return stopping_ || !waiting_.empty();
  };
  std::vector<Batch> batches;
  while (true) {
    batches.clear();
    {
      const absl::MutexLock lock(&mutex_, absl::Condition(&ready));
      if (waiting_.empty()) return;  // stopping, and everything is answered
      batches.swap(waiting_);
    }
    for (Batch& batch : batches) {
      for (std::size_t i = 0; i < batch.requests.size(); ++i) {
        batch.requests[i].done(std::move(batch.answers[i]));
      }
    }
  }
}

}  // namespace daybook::eventstore::rocks
