#include "eventstore/core/event_store.h"

#include <future>
#include <memory>
#include <utility>

namespace daybook::eventstore {

absl::StatusOr<AppendResult> EventStore::Append(AppendRequest request) {
  // Shared with the callback, because set_value may still be running on the committer's thread when
  // this one wakes up.
  auto promise = std::make_shared<std::promise<absl::StatusOr<AppendResult>>>();
  std::future<absl::StatusOr<AppendResult>> answer = promise->get_future();
  AppendAsync(std::move(request), [promise](absl::StatusOr<AppendResult> result) {
    promise->set_value(std::move(result));
  });
  return answer.get();
}

}  // namespace daybook::eventstore
