// Threads that do what must not block a gRPC reactor: load, decide, read, render.
#pragma once

#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/commands/command_runner.h"

namespace daybook::runtime {

// Thread-safe. Work given after Stop() is run at once on the caller's thread, so that every call is
// still answered. The queue is bounded by the calls in flight (one piece of work a call).
class WorkerPool final : public commands::Executor {
 public:
  explicit WorkerPool(int threads);
  // Runs what still waits, then joins.
  ~WorkerPool() override;
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  void Execute(std::function<void()> work) override;
  void Stop();

 private:
  void Run();

  absl::Mutex mutex_;
  std::deque<std::function<void()>> queue_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::jthread> threads_;
};

}  // namespace daybook::runtime
