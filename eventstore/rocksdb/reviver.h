// Brings a stopped store back by itself: after a failure it tries again and again, from a thread of
// its own, until it works. A full disk that gets room is served again without an operator.
#pragma once

#include <functional>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace daybook::eventstore::rocks {

// Thread-safe.
class Reviver {
 public:
  // `revive` is called on the reviver's thread `first` after Wake, and after each failure again, at
  // intervals that double up to `kIntervalMax`. An infinite `first` never calls it.
  Reviver(absl::Duration first, std::function<absl::Status()> revive);
  // Ends the thread; waits for a call under way.
  ~Reviver() { Stop(); }
  Reviver(const Reviver&) = delete;
  Reviver& operator=(const Reviver&) = delete;

  // Something failed. May be called on the thread that failed.
  void Wake();
  // No call of `revive` is running or will be. Idempotent.
  void Stop();

  static constexpr absl::Duration kIntervalMax = absl::Seconds(4);

 private:
  void Run();

  const absl::Duration first_;
  const std::function<absl::Status()> revive_;
  absl::Mutex mutex_;
  bool wanted_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::jthread thread_;  // last: starts when everything above is there
};

}  // namespace daybook::eventstore::rocks
