#include "services/eventlog/grpc/read_all_call.h"

#include <cstdint>
#include <utility>

#include "eventstore/core/error.h"
#include "services/eventlog/grpc/event_translation.h"

namespace daybook::eventlog {
namespace {

// One past an inclusive position, at most the head; the largest position has nothing past it.
std::uint64_t EndAfter(std::uint64_t position, std::uint64_t head) {
  return position < head ? position + 1 : head;
}

}  // namespace

ReadAllCall::ReadAllCall(const runtime::CallEnvironment& env, runtime::Admission::Ticket ticket,
                         v1::ReadAllRequest request)
    : env_(env), ticket_(std::move(ticket)), request_(std::move(request)) {
  env_.executor.Execute([this] { ReadOn(); });
}

absl::Status ReadAllCall::Begin() {
  if (request_.has_seen()) {
    DAYBOOK_ASSIGN_OR_RETURN(const auto seen, FromWire(request_.seen()));
    DAYBOOK_RETURN_IF_ERROR(eventstore::CheckCheckpoint(env_.store, seen));
  }
  DAYBOOK_ASSIGN_OR_RETURN(filter_, FromWire(request_.filter()));
  const std::uint64_t head = env_.store.Head().size;
  cursor_.direction =
      request_.backward() ? eventstore::Direction::kBackward : eventstore::Direction::kForward;
  if (request_.limit() > 0) cursor_.remaining = request_.limit();
  if (request_.backward()) {
    cursor_.next = request_.has_from_position() ? EndAfter(request_.from_position(), head) : head;
    cursor_.end = request_.to_position();
    if (request_.has_from_position() && request_.to_position() > request_.from_position()) {
      return runtime::InvalidField("to_position", "lies above from_position",
                                   "Backward, from_position is the higher of the two.");
    }
    return absl::OkStatus();
  }
  if (request_.from_position() > head) {
    return eventstore::MakeError(
        absl::StatusCode::kOutOfRange, "from_position is beyond the head of the log",
        {.reason = std::string(eventstore::reason::kBeyondHead),
         .remedy = "Ask for a position that exists; GetHead tells how many there are.",
         .fields = {{"from_position", "is beyond the head"}},
         .metadata = {{"head", std::to_string(head)}}});
  }
  cursor_.next = request_.from_position();
  cursor_.end = request_.has_to_position() ? EndAfter(request_.to_position(), head) : head;
  return absl::OkStatus();
}

absl::Status ReadAllCall::FillMessage() {
  message_.Clear();
  DAYBOOK_RETURN_IF_ERROR(ReadMessage(env_.store, filter_, cursor_, *message_.mutable_events()));
  last_ = cursor_.done();
  // Forward, the checkpoint says what has been seen; only the last message pays for a root.
  auto* checkpoint = message_.mutable_checkpoint();
  const eventstore::Checkpoint head = env_.store.Head();
  checkpoint->set_log_id(head.log.log_id);
  checkpoint->set_incarnation(head.log.incarnation);
  checkpoint->set_size(cursor_.next);
  if (last_ && !request_.backward()) {
    DAYBOOK_ASSIGN_OR_RETURN(const auto root, env_.store.RootAt(cursor_.next));
    checkpoint->set_root(std::string(root.begin(), root.end()));
  }
  return absl::OkStatus();
}

void ReadAllCall::ReadOn() {
  absl::Status status;
  if (!began_) {
    began_ = true;
    status = Begin();
  }
  if (status.ok()) status = FillMessage();
  if (!status.ok()) {
    Finish(runtime::ToGrpcStatus(status));
  } else if (last_) {
    StartWriteAndFinish(&message_, grpc::WriteOptions(), grpc::Status::OK);
  } else {
    StartWrite(&message_);
  }
}

void ReadAllCall::OnWriteDone(bool ok) {
  if (last_) return;  // finished together with the write
  if (!ok) {
    Finish(grpc::Status::CANCELLED);
    return;
  }
  env_.executor.Execute([this] { ReadOn(); });
}

}  // namespace daybook::eventlog
