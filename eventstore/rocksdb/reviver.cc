#include "eventstore/rocksdb/reviver.h"

#include <algorithm>
#include <utility>

#include "eventstore/core/thread_name.h"

namespace daybook::eventstore::rocks {

constexpr absl::Duration Reviver::kIntervalMax;

Reviver::Reviver(absl::Duration first, std::function<absl::Status()> revive)
    : first_(first), revive_(std::move(revive)), thread_([this] { Run(); }) {}

void Reviver::Wake() {
  const absl::MutexLock lock(&mutex_);
  wanted_ = true;
}

void Reviver::Stop() {
  {
    const absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  if (thread_.joinable()) thread_.join();
}

void Reviver::Run() {
  NameThread("store-reviver");
  const auto woken = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return stopping_ || wanted_; };
  const auto stopped = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return stopping_; };
  absl::Duration interval = first_;
  while (true) {
    {
      const absl::MutexLock lock(&mutex_, absl::Condition(&woken));
      if (mutex_.AwaitWithTimeout(absl::Condition(&stopped), interval)) return;
      wanted_ = false;
    }
    if (revive_().ok()) {
      interval = first_;
      continue;
    }
    interval = std::min(interval * 2, std::max(first_, kIntervalMax));
    Wake();
  }
}

}  // namespace daybook::eventstore::rocks
