// Commands of one file, several at a time: what a version records, in batches of rows.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "services/commands/command_runner.h"

namespace daybook::submissions {

// Used by one thread. Waits in its destructor for what is under way.
class BatchRunner {
 public:
  struct Frame {
    commands::Caller caller;
    std::string attempt;  // request ids are <attempt>/<number of the batch>
    eventstore::Known known;
  };
  BatchRunner(commands::CommandRunner& runner, Frame frame)
      : runner_(runner), frame_(std::move(frame)) {}
  ~BatchRunner() { Wait().IgnoreError(); }
  BatchRunner(const BatchRunner&) = delete;
  BatchRunner& operator=(const BatchRunner&) = delete;

  // Starts a batch, once there are few enough under way; the first error of any batch so far.
  absl::Status Run(
      std::function<absl::StatusOr<commands::Outcome>(commands::StreamLoader&)> decide);
  // Until all are answered; the first error of any.
  absl::Status Wait();

 private:
  static constexpr int kUnderWayMax = 8;

  commands::CommandRunner& runner_;
  const Frame frame_;
  std::uint64_t batches_ = 0;
  absl::Mutex mutex_;
  int under_way_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::Status failed_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace daybook::submissions
