// Work is done at once, on the caller's thread.
#pragma once

#include <functional>

#include "services/commands/command_runner.h"

namespace daybook::testing {

class InlineExecutor final : public commands::Executor {
 public:
  void Execute(std::function<void()> work) override { work(); }
};

}  // namespace daybook::testing
