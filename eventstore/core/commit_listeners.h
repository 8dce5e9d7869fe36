// Who wants to hear of commits: the part of LogReader::OnCommit that every implementation shares.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "eventstore/core/log_reader.h"

namespace daybook::eventstore {

// Thread-safe. A handle may outlive the CommitListeners. A listener must neither block nor add or
// destroy a handle from inside its call.
class CommitListeners {
 public:
  CommitListeners();
  ~CommitListeners();
  CommitListeners(const CommitListeners&) = delete;
  CommitListeners& operator=(const CommitListeners&) = delete;

  // Destroying the handle stops the calls and waits for a running one.
  [[nodiscard]] std::unique_ptr<LogReader::Listener> Add(
      std::function<void(std::uint64_t size)> listener);

  // Calls every listener, in the order in which they were added, on this thread.
  void Notify(std::uint64_t size);

 private:
  struct Registry;
  class Handle;
  std::shared_ptr<Registry> registry_;
};

}  // namespace daybook::eventstore
