#include "eventstore/core/log_reader.h"

#include <algorithm>

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

absl::Status CheckCheckpoint(LogReader& log, const Checkpoint& checkpoint) {
  const Checkpoint head = log.Head();
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
  absl::StatusOr<Hash> root = log.RootAt(checkpoint.size);
  if (!root.ok()) {
    return root.status();
  }
  return *root == checkpoint.root ? absl::OkStatus() : Diverged("root");
}

}  // namespace daybook::eventstore
