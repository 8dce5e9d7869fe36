#include "services/eventlog/grpc/subscription_call.h"

#include <chrono>
#include <optional>
#include <utility>

#include "eventstore/core/error.h"
#include "services/eventlog/grpc/event_translation.h"
#include "services/runtime/call_statistics.h"

namespace daybook::eventlog {
namespace {

// A live reader that is this far behind is told so and catches up in larger steps.
constexpr std::uint64_t kFellBehindEvents = 10'000;

grpc::Status ShuttingDown() {
  return runtime::ToGrpcStatus(eventstore::MakeError(
      absl::StatusCode::kUnavailable, "the server is shutting down",
      {.reason = "SHUTTING_DOWN",
       .remedy = "Subscribe again later and send the last checkpoint as `resume`.",
       .fields = {},
       .metadata = {}}));
}

}  // namespace

SubscriptionCall::SubscriptionCall(const runtime::CallEnvironment& env, runtime::DrainSignal& drain,
                                   runtime::Admission::Ticket ticket, v1::SubscribeRequest request)
    : env_(env), drain_(drain), ticket_(std::move(ticket)), request_(std::move(request)) {
  ++runtime::CallStatistics::Process().subscriptions;
  {
    absl::MutexLock lock(&shared_->mutex);
    shared_->call = this;
  }
  drain_id_ = drain_.Register([this] {
    {
      absl::MutexLock lock(&mutex_);
      draining_ = true;
    }
    Wake();
  });
  listener_ = env_.store.OnCommit([this](std::uint64_t) { Wake(); });
  env_.executor.Execute([this] { Step(); });
}

absl::Status SubscriptionCall::Begin() {
  DAYBOOK_ASSIGN_OR_RETURN(filter_, FromWire(request_.filter()));
  checkpoint_time_ = absl::Now();
  cursor_.next = request_.from_position();
  if (request_.has_resume()) {
    DAYBOOK_ASSIGN_OR_RETURN(const auto resume, FromWire(request_.resume()));
    DAYBOOK_RETURN_IF_ERROR(eventstore::CheckCheckpoint(env_.store, resume));
    cursor_.next = resume.size;
  } else if (cursor_.next > env_.store.Head().size) {
    return eventstore::MakeError(
        absl::StatusCode::kOutOfRange, "from_position is beyond the head of the log",
        {.reason = std::string(eventstore::reason::kBeyondHead),
         .remedy = "Subscribe from a position that exists; GetHead tells how many there are.",
         .fields = {{"from_position", "is beyond the head"}},
         .metadata = {}});
  }
  return absl::OkStatus();
}

// Schedules a step unless one is under way, which then looks again.
void SubscriptionCall::Wake() {
  {
    absl::MutexLock lock(&mutex_);
    if (ended_) return;
    if (busy_) {
      woken_ = true;
      return;
    }
    busy_ = true;
  }
  env_.executor.Execute([this] { Step(); });
}

void SubscriptionCall::Step() {
  while (true) {
    std::optional<grpc::Status> end;
    {
      absl::MutexLock lock(&mutex_);
      woken_ = false;
      if (cancelled_) end = grpc::Status::CANCELLED;
      if (!cancelled_ && draining_) end = ShuttingDown();
      ended_ = end.has_value();
    }
    if (end) {
      Finish(*end);
      return;
    }
    absl::Status status;
    if (!began_) {
      began_ = true;
      status = Begin();
    }
    absl::StatusOr<bool> written = status.ok() ? NextMessage() : absl::StatusOr<bool>(status);
    if (!written.ok()) {
      {
        absl::MutexLock lock(&mutex_);
        ended_ = true;
      }
      Finish(runtime::ToGrpcStatus(written.status()));
      return;
    }
    if (*written) {
      StartWrite(&message_);
      return;  // still busy: OnWriteDone goes on
    }
    SetTimer();
    absl::MutexLock lock(&mutex_);
    if (!woken_) {
      busy_ = false;
      return;
    }
  }
}

absl::StatusOr<bool> SubscriptionCall::NextMessage() {
  message_.Clear();
  const std::uint64_t head = env_.store.Head().size;
  if (state_ == State::kLive && head - cursor_.next > kFellBehindEvents) {
    state_ = State::kCatchingUp;
    message_.mutable_fell_behind();
    return true;
  }
  // Before the events: a long catch-up is given tokens as a quiet line is.
  if (absl::Now() - checkpoint_time_ >= absl::Seconds(kCheckpointSeconds)) {
    DAYBOOK_RETURN_IF_ERROR(FillCheckpoint());
    return true;
  }
  cursor_.end = head;
  if (!cursor_.done()) {
    auto* events = message_.mutable_events()->mutable_events();
    DAYBOOK_RETURN_IF_ERROR(ReadMessage(env_.store, filter_, cursor_, *events));
    if (!events->empty()) return true;
    message_.Clear();
  }
  if (state_ == State::kCatchingUp && cursor_.done()) {
    state_ = State::kLive;
    checkpoint_time_ = absl::InfinitePast();  // the next message says where that is
    message_.mutable_caught_up();
    return true;
  }
  return false;
}

absl::Status SubscriptionCall::FillCheckpoint() {
  eventstore::Checkpoint checkpoint = env_.store.Head();
  if (checkpoint.size != cursor_.next) {
    checkpoint.size = cursor_.next;
    DAYBOOK_ASSIGN_OR_RETURN(checkpoint.root, env_.store.RootAt(cursor_.next));
  }
  ToWire(checkpoint, message_.mutable_checkpoint());
  checkpoint_time_ = absl::Now();
  return absl::OkStatus();
}

void SubscriptionCall::SetTimer() {
  {
    absl::MutexLock lock(&mutex_);
    if (timer_set_ || ended_) return;
    timer_set_ = true;
  }
  timer_ = std::make_shared<grpc::Alarm>();
  const auto due = absl::ToChronoTime(checkpoint_time_ + absl::Seconds(kCheckpointSeconds));
  // The alarm keeps itself alive through its callback; the callback finds the call through
  // `shared`.
  timer_->Set(due, [shared = shared_, alarm = timer_](bool) mutable {
    {
      absl::MutexLock lock(&shared->mutex);
      if (shared->call != nullptr) {
        {
          absl::MutexLock inner(&shared->call->mutex_);
          shared->call->timer_set_ = false;
        }
        shared->call->Wake();
      }
    }
    alarm.reset();
  });
}

void SubscriptionCall::OnWriteDone(bool ok) {
  if (!ok) {
    absl::MutexLock lock(&mutex_);
    cancelled_ = true;
  }
  env_.executor.Execute([this] { Step(); });
}

void SubscriptionCall::OnCancel() {
  {
    absl::MutexLock lock(&mutex_);
    cancelled_ = true;
  }
  Wake();
}

void SubscriptionCall::OnDone() {
  listener_.reset();  // waits for a running call
  --runtime::CallStatistics::Process().subscriptions;
  drain_.Unregister(drain_id_);
  {
    absl::MutexLock lock(&shared_->mutex);
    shared_->call = nullptr;
  }
  if (timer_) timer_->Cancel();
  delete this;
}

}  // namespace daybook::eventlog
