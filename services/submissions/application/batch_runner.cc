#include "services/submissions/application/batch_runner.h"

#include <utility>

#include "eventstore/core/error.h"
#include "fmt/format.h"

namespace daybook::submissions {

absl::Status BatchRunner::Run(
    std::function<absl::StatusOr<commands::Outcome>(commands::StreamLoader&)> decide) {
  {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(
        +[](BatchRunner* self) ABSL_EXCLUSIVE_LOCKS_REQUIRED(self->mutex_) {
          return self->under_way_ < kUnderWayMax;
        },
        this));
    DAYBOOK_RETURN_IF_ERROR(failed_);
    ++under_way_;
  }
  commands::Command command;
  command.caller = frame_.caller;
  command.request_id = fmt::format("{}/{}", frame_.attempt, ++batches_);
  command.known = frame_.known;
  command.decide = std::move(decide);
  runner_.Run(std::move(command), [this](const absl::StatusOr<eventstore::AppendResult>& result) {
    absl::MutexLock lock(&mutex_);
    failed_.Update(result.status());
    --under_way_;
  });
  return absl::OkStatus();
}

absl::Status BatchRunner::Wait() {
  absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(
      +[](BatchRunner* self)
           ABSL_EXCLUSIVE_LOCKS_REQUIRED(self->mutex_) { return self->under_way_ == 0; },
      this));
  return failed_;
}

}  // namespace daybook::submissions
