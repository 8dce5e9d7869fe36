// What calls ended with, counted for the whole process, as Prometheus counts.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace daybook::runtime {

// Thread-safe.
class CallStatistics {
 public:
  static CallStatistics& Process();

  // A call, or a message of a session, was answered with an error of this reason (errors.proto).
  void CountError(std::string_view reason);
  std::map<std::string, std::uint64_t, std::less<>> errors() const;

  // Open subscriptions of the log.
  std::atomic<std::int64_t> subscriptions = 0;

 private:
  mutable absl::Mutex mutex_;
  std::map<std::string, std::uint64_t, std::less<>> errors_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace daybook::runtime
