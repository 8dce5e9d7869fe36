// The server's side of an append session: a bidirectional stream on which every message is a
// command of its own and is answered by one message, in the order of the messages. Many may be in
// flight and are decided side by side, so what builds on an earlier message is sent after its
// answer; flow control holds the client, not memory.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "eventstore/core/error.h"
#include "grpcpp/support/server_callback.h"
#include "services/runtime/drain.h"
#include "services/runtime/status_mapping.h"

namespace daybook::runtime {

inline constexpr std::size_t kSessionMessagesInFlightMax = 128;
// Of gathered answers in one message; a client takes 4 MiB unless it says otherwise.
inline constexpr std::size_t kGatheredBytesMax = 1U << 20;

// Owns itself: made with new, deleted in OnDone. `handle` must call its answer exactly once, on any
// thread, and may do so before it returns.
template <class Request, class Response>
class AppendSession final : public grpc::ServerBidiReactor<Request, Response> {
 public:
  using Answer = std::function<void(Response)>;
  using Handle = std::function<void(std::shared_ptr<const Request>, Answer)>;

  // `gathers`: answers that are ready together are sent in one message.
  AppendSession(DrainSignal& drain, bool gathers, Handle handle)
      : drain_(drain), gathers_(gathers), handle_(std::move(handle)) {
    // The read first: a drain that has begun finishes the call here, and nothing may follow that.
    this->StartRead(next_.get());
    drain_id_ = drain_.Register([this] { OnDrain(); });
  }

  // A session that is refused before its first message.
  static grpc::ServerBidiReactor<Request, Response>* Refused(const absl::Status& status) {
    class Refusal final : public grpc::ServerBidiReactor<Request, Response> {
     public:
      explicit Refusal(const absl::Status& why) { this->Finish(ToGrpcStatus(why)); }
      void OnDone() override { delete this; }
    };
    return new Refusal(status);
  }

  void OnReadDone(bool ok) override {
    std::shared_ptr<const Request> request;
    Slot* slot = nullptr;
    {
      absl::MutexLock lock(&mutex_);
      if (!ok || draining_) {
        unreadable_ = !ok && !IsUntouched(*next_);
        reading_ = false;
        closed_ = true;
        FinishIfIdle();
        return;
      }
      request = std::move(next_);
      next_ = Untouched();
      slots_.push_back(std::make_unique<Slot>());
      slot = slots_.back().get();
      reading_ = slots_.size() < kSessionMessagesInFlightMax;
      if (reading_) this->StartRead(next_.get());
    }
    // The slot keeps the session from finishing until it is answered.
    handle_(request, [this, slot](Response response) { OnAnswer(slot, std::move(response)); });
  }

  void OnWriteDone(bool ok) override {
    absl::MutexLock lock(&mutex_);
    slots_.erase(slots_.begin(), slots_.begin() + static_cast<std::ptrdiff_t>(writing_));
    writing_ = 0;
    if (!ok) broken_ = true;
    Pump();
    FinishIfIdle();
  }

  void OnCancel() override {
    absl::MutexLock lock(&mutex_);
    broken_ = true;
    Pump();
    FinishIfIdle();
  }

  void OnDone() override {
    drain_.Unregister(drain_id_);
    // Whoever finished the call holds the lock until it has left.
    { const absl::MutexLock lock(&mutex_); }
    delete this;
  }

 private:
  struct Slot {
    std::optional<Response> response;
  };

  // gRPC tells a message that it cannot parse like the end of the messages. Parsing clears a
  // message first: one that still has this mark was not parsed into.
  static constexpr int kMark = 536'870'911;  // the largest number that a field may have
  static std::shared_ptr<Request> Untouched() {
    auto request = std::make_shared<Request>();
    request->GetReflection()->MutableUnknownFields(request.get())->AddVarint(kMark, 1);
    return request;
  }
  static bool IsUntouched(const Request& request) {
    const auto& unknown = request.GetReflection()->GetUnknownFields(request);
    return unknown.field_count() == 1 && unknown.field(0).number() == kMark;
  }

  void OnAnswer(Slot* slot, Response response) ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    slot->response = std::move(response);
    Pump();
    FinishIfIdle();
  }

  // Puts the answers that are ready behind the first one into it.
  void Gather(Response& first) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    std::size_t bytes = first.ByteSizeLong();
    while (writing_ < slots_.size() && slots_[writing_]->response) {
      Response& next = *slots_[writing_]->response;
      bytes += next.ByteSizeLong();
      if (bytes > kGatheredBytesMax) return;
      *first.add_more() = std::move(next);
      ++writing_;
    }
  }

  // Writes the first answer when it is there; drops answers nobody can receive any more.
  void Pump() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (writing_ > 0) return;
    while (broken_ && !slots_.empty() && slots_.front()->response) slots_.pop_front();
    if (!broken_ && !slots_.empty() && slots_.front()->response) {
      writing_ = 1;
      Response& first = *slots_.front()->response;
      if (gathers_) Gather(first);
      this->StartWrite(&first);
    }
    if (!reading_ && !closed_ && !draining_ && !broken_ &&
        slots_.size() < kSessionMessagesInFlightMax) {
      reading_ = true;
      this->StartRead(next_.get());
    }
  }

  void OnDrain() ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    draining_ = true;
    FinishIfIdle();
  }

  void FinishIfIdle() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const bool ending = closed_ || draining_ || broken_;
    if (finished_ || !ending || writing_ > 0 || !slots_.empty()) return;
    finished_ = true;
    if (unreadable_ && !draining_) {
      this->Finish(ToGrpcStatus(Unreadable()));
    } else if (closed_ && !draining_) {
      this->Finish(grpc::Status::OK);
    } else if (draining_) {
      this->Finish(ToGrpcStatus(eventstore::MakeError(
          absl::StatusCode::kUnavailable, "the server is shutting down",
          {.reason = "SHUTTING_DOWN",
           .remedy = "Connect again later and send unanswered messages with the same request ids.",
           .fields = {},
           .metadata = {}})));
    } else {
      this->Finish(grpc::Status::CANCELLED);
    }
  }

  static absl::Status Unreadable() {
    return eventstore::MakeError(
        absl::StatusCode::kInvalidArgument, "rows: a message of the session cannot be read",
        {.reason = "INVALID_FIELD",
         .remedy = "Send every text as UTF-8. The message after the last one that was answered is "
                   "the one; nothing of it was recorded.",
         .fields = {{"rows", "hold text that is not UTF-8, or are of another contract"}},
         .metadata = {}});
  }

  DrainSignal& drain_;
  const bool gathers_;
  const Handle handle_;
  std::uint64_t drain_id_ = 0;

  absl::Mutex mutex_;
  // The read in progress.
  std::shared_ptr<Request> next_ ABSL_GUARDED_BY(mutex_) = Untouched();
  std::deque<std::unique_ptr<Slot>> slots_ ABSL_GUARDED_BY(mutex_);  // in the order of the messages
  bool reading_ ABSL_GUARDED_BY(mutex_) = true;
  std::size_t writing_ ABSL_GUARDED_BY(mutex_) = 0;  // so many slots, from the first
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;      // the client sends no more
  bool unreadable_ ABSL_GUARDED_BY(mutex_) = false;  // because of a message that is not of its form
  bool broken_ ABSL_GUARDED_BY(mutex_) = false;      // nobody reads our answers
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace daybook::runtime
