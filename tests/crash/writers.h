// Clients that write over gRPC until the server dies, and remember what it told them.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "tests/integration/wire.h"

namespace daybook::crash {

// What was acknowledged: request id -> position of its event.
using Acknowledged = std::map<std::string, std::uint64_t>;

// One call in flight each. Requests that were cut off are sent again, with the same id, by the next
// Run. Run and Join from one thread; the rest is thread-safe.
class Writers {
 public:
  explicit Writers(int count) : unanswered_(static_cast<std::size_t>(count)) {}

  // Starts them on the server. They end by themselves when it does not answer any more.
  void Run(const std::string& address);
  // Waits for all of them.
  void Join();

  std::uint64_t acknowledged_count() const { return count_.load(); }
  Acknowledged acknowledged() const;
  std::uint64_t cut_off() const;
  // What was answered with anything but OK or a broken connection; must stay empty.
  std::vector<std::string> refused() const;

 private:
  void Write(std::size_t writer, const std::string& address);

  std::vector<std::string> unanswered_;  // of each writer: its request without an answer, or ""
  std::vector<std::jthread> threads_;
  std::atomic<std::uint64_t> count_ = 0;
  std::atomic<std::uint64_t> next_ = 0;
  mutable absl::Mutex mutex_;
  Acknowledged acknowledged_ ABSL_GUARDED_BY(mutex_);
  std::uint64_t cut_off_ ABSL_GUARDED_BY(mutex_) = 0;
  std::vector<std::string> refused_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace daybook::crash
