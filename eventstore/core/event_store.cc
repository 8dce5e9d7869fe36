#include "eventstore/core/event_store.h"

#include <algorithm>
#include <future>
#include <memory>
#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/core/refusals.h"

namespace daybook::eventstore {

bool Filter::Passes(std::string_view type) const {
  if (PassesAll() || std::find(types.begin(), types.end(), type) != types.end()) {
    return true;
  }
  const std::string_view context = type.substr(0, type.find('.'));
  return std::find(contexts.begin(), contexts.end(), context) != contexts.end();
}

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

namespace {

absl::Status Diverged(std::string_view what) {
  return MakeError(
      absl::StatusCode::kFailedPrecondition,
      "the checkpoint was issued by another history: " + std::string(what) + " differs",
      {.reason = std::string(reason::kLogDiverged),
       .remedy = "Read again from the beginning: what was seen before belongs to "
                 "another log, or to a life of this log that a restore ended.",
       .fields = {},
       .metadata = {{"differs", std::string(what)}}});
}

}  // namespace

absl::Status CheckCheckpoint(EventStore& store, const Checkpoint& checkpoint) {
  const Checkpoint head = store.Head();
  if (checkpoint.log.log_id != head.log.log_id) {
    return Diverged("log id");
  }
  const bool earlier = checkpoint.log.incarnation < head.log.incarnation;
  if (checkpoint.log.incarnation > head.log.incarnation) {
    return Diverged("incarnation");
  }
  if (checkpoint.size > head.size) {
    // Of an earlier incarnation it saw what a restore has taken back; waiting does not help.
    return earlier ? Diverged("incarnation") : BeyondHead(checkpoint.size, head.size);
  }
  if (checkpoint.root == Hash{}) {
    return earlier ? Diverged("incarnation") : absl::OkStatus();
  }
  absl::StatusOr<Hash> root = store.RootAt(checkpoint.size);
  if (!root.ok()) {
    return root.status();
  }
  return *root == checkpoint.root ? absl::OkStatus() : Diverged("root");
}

}  // namespace daybook::eventstore
