#include "eventstore/rocksdb/append_queue.h"

#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/core/refusals.h"

namespace daybook::eventstore::rocks {
absl::Status AppendQueue::Push(QueuedRequest& request) {
  const std::size_t bytes = request.prepared.bytes.size();
  const absl::MutexLock lock(&mutex_);
  DAYBOOK_RETURN_IF_ERROR(closed_);
  if (waiting_.size() >= limits_.requests || bytes_ + bytes > limits_.bytes) return QueueFull();
  bytes_ += bytes;
  waiting_.push_back(std::move(request));
  return absl::OkStatus();
}

std::vector<QueuedRequest> AppendQueue::Take() {
  std::vector<QueuedRequest> taken;
  const absl::MutexLock lock(&mutex_, absl::Condition(this, &AppendQueue::HasNews));
  std::size_t bytes = 0;
  while (!waiting_.empty()) {
    const std::size_t next = waiting_.front().prepared.bytes.size();
    if (!taken.empty() && bytes + next > limits_.group_bytes) break;
    bytes += next;
    taken.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  bytes_ -= bytes;
  return taken;
}

void AppendQueue::Close(absl::Status why) {
  const absl::MutexLock lock(&mutex_);
  if (closed_.ok()) closed_ = std::move(why);
}

std::size_t AppendQueue::size() const {
  const absl::MutexLock lock(&mutex_);
  return waiting_.size();
}

absl::Status AppendQueue::status() const {
  const absl::MutexLock lock(&mutex_);
  return closed_;
}

}  // namespace daybook::eventstore::rocks
