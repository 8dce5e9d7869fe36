// One subscription: catch up page by page, then wait for commits; a checkpoint at least every five
// seconds. A slow reader holds its own call only: nothing is read ahead of its last write.
#pragma once

#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "daybook/eventlog/v1/eventlog_service.grpc.pb.h"
#include "grpcpp/alarm.h"
#include "services/eventlog/grpc/page_reader.h"
#include "services/runtime/drain.h"
#include "services/runtime/unary_call.h"

namespace daybook::eventlog {

inline constexpr int kCheckpointSeconds = 5;

// Owns itself: deleted when the call is done and no callback is outstanding.
//
// What happens next is decided in Step(), which runs on the pool and never twice at once: `busy_`
// is set from the moment it is scheduled until nothing is to be done, a write being part of it.
// Commits, the timer, cancellation and drain only set a flag and schedule it.
class SubscriptionCall final : public grpc::ServerWriteReactor<v1::SubscribeResponse> {
 public:
  // `ticket` is held for as long as the call is there.
  SubscriptionCall(const runtime::CallEnvironment& env, runtime::DrainSignal& drain,
                   runtime::Admission::Ticket ticket, v1::SubscribeRequest request);

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  enum class State { kCatchingUp, kLive };

  absl::Status Begin();
  void Wake() ABSL_LOCKS_EXCLUDED(mutex_);
  void Step() ABSL_LOCKS_EXCLUDED(mutex_);
  // True when a message was put into message_ to be written.
  absl::StatusOr<bool> NextMessage();
  absl::Status FillCheckpoint();
  void SetTimer() ABSL_LOCKS_EXCLUDED(mutex_);

  const runtime::CallEnvironment& env_;
  runtime::DrainSignal& drain_;
  const runtime::Admission::Ticket ticket_;
  const v1::SubscribeRequest request_;
  std::uint64_t drain_id_ = 0;

  // Touched by Step only.
  bool began_ = false;
  State state_ = State::kCatchingUp;
  eventstore::Filter filter_;
  ReadCursor cursor_;
  absl::Time checkpoint_time_ = absl::InfinitePast();
  v1::SubscribeResponse message_;

  absl::Mutex mutex_;
  bool busy_ ABSL_GUARDED_BY(mutex_) = true;    // a step is scheduled, running, or writing
  bool woken_ ABSL_GUARDED_BY(mutex_) = false;  // something happened while busy
  bool cancelled_ ABSL_GUARDED_BY(mutex_) = false;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  bool timer_set_ ABSL_GUARDED_BY(mutex_) = false;

  std::unique_ptr<eventstore::EventStore::Listener> listener_;
  // Shared with the timer's callback, which may come after the call is gone.
  struct Shared {
    absl::Mutex mutex;
    SubscriptionCall* call ABSL_GUARDED_BY(mutex) ABSL_PT_GUARDED_BY(mutex) = nullptr;
  };
  std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
  std::shared_ptr<grpc::Alarm> timer_;
};

}  // namespace daybook::eventlog
