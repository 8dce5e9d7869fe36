// Tells long-lived calls that the server is going down, so that they end by themselves in good
// order instead of being cut when the drain time is over.
#pragma once

#include <cstdint>
#include <functional>
#include <map>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace daybook::runtime {

// Thread-safe. Must outlive every registration.
class DrainSignal {
 public:
  // Calls `on_drain` once when the signal fires (at once if it has). Until Unregister returns,
  // `on_drain` may run on the firing thread; it must not call back into this object.
  std::uint64_t Register(std::function<void()> on_drain) ABSL_LOCKS_EXCLUDED(mutex_) {
    {
      absl::MutexLock lock(&mutex_);
      const std::uint64_t id = ++last_id_;
      if (!fired_) {
        waiting_.emplace(id, std::move(on_drain));
        return id;
      }
    }
    on_drain();
    return 0;
  }

  void Unregister(std::uint64_t id) {
    absl::MutexLock lock(&mutex_);
    waiting_.erase(id);
  }

  void Fire() {
    absl::MutexLock lock(&mutex_);
    if (fired_) return;
    fired_ = true;
    for (const auto& [id, on_drain] : waiting_) on_drain();
    waiting_.clear();
  }

  bool fired() const {
    absl::MutexLock lock(&mutex_);
    return fired_;
  }

 private:
  mutable absl::Mutex mutex_;
  bool fired_ ABSL_GUARDED_BY(mutex_) = false;
  std::uint64_t last_id_ ABSL_GUARDED_BY(mutex_) = 0;
  std::map<std::uint64_t, std::function<void()>> waiting_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace daybook::runtime
