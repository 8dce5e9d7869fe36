#include "services/projector/remote_log.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "daybook/eventlog/v1/eventlog_service.grpc.pb.h"
#include "eventstore/core/commit_listeners.h"
#include "eventstore/core/error.h"
#include "eventstore/core/thread_name.h"
#include "eventstore/merkle/hash.h"
#include "eventstore/notify/feed_listener.h"
#include "services/eventlog/grpc/event_translation.h"
#include "services/projector/caller.h"
#include "services/runtime/status_mapping.h"

namespace daybook::projector {
namespace {

using eventstore::Checkpoint;
using eventstore::Hash;
namespace wire = eventlog::v1;

constexpr std::chrono::milliseconds kBetweenTries{200};
// A page of the engine is a thousand events; a daemon that gives none in this time gives none.
constexpr std::chrono::seconds kReadDeadline{60};
constexpr std::chrono::milliseconds kFeedLook{100};
constexpr std::size_t kRootsKept = 64;

absl::Status AnotherLog() {
  return eventstore::MakeError(
      absl::StatusCode::kFailedPrecondition,
      "the ledger has another log, or an earlier state of it, than what was read before",
      {.reason = std::string(eventstore::reason::kLogDiverged),
       .remedy = "Start the projector again: it makes its views anew."});
}

}  // namespace

class RemoteLog::Impl {
 public:
  Impl(std::shared_ptr<grpc::Channel> channel, RemoteLogOptions options)
      : options_(std::move(options)), stub_(wire::EventLogService::NewStub(std::move(channel))) {}
  ~Impl() {
    {
      absl::MutexLock lock(&mutex_);
      stopping_ = true;
    }
    if (follower_.joinable()) follower_.join();
  }

  absl::Status Open(std::chrono::milliseconds patience) {
    if (options_.feed != "off") {
      DAYBOOK_ASSIGN_OR_RETURN(feed_, notify::FeedListener::Connect(options_.feed, {}));
    }
    const auto until = std::chrono::steady_clock::now() + patience;
    while (true) {
      auto head = AskHead(/*wait=*/false);
      if (head.ok()) {
        absl::MutexLock lock(&mutex_);
        head_ = *std::move(head);
        break;
      }
      if (std::chrono::steady_clock::now() >= until) {
        return eventstore::MakeError(
            absl::StatusCode::kUnavailable,
            "the ledger does not answer: " + eventstore::Message(head.status()),
            {.reason = "LEDGER_UNREACHABLE",
             .remedy = "Start daybookd, or name its address with --ledger."});
      }
      std::this_thread::sleep_for(kBetweenTries);
    }
    follower_ = std::jthread([this] { Follow(); });
    return absl::OkStatus();
  }

  absl::Status ReadAll(const eventstore::ReadAllOptions& options,
                       const eventstore::EventSink& sink) {
    {
      absl::MutexLock lock(&mutex_);
      if (another_) return AnotherLog();
    }
    if (options.limit == 0) return absl::OkStatus();
    wire::ReadAllRequest request;
    if (options.from) request.set_from_position(options.from->value);
    request.set_backward(options.direction == eventstore::Direction::kBackward);
    request.mutable_filter()->mutable_types()->Add(options.filter.types.begin(),
                                                   options.filter.types.end());
    request.mutable_filter()->mutable_contexts()->Add(options.filter.contexts.begin(),
                                                      options.filter.contexts.end());
    if (options.limit != UINT64_MAX) request.set_limit(options.limit);
    grpc::ClientContext context;
    PrepareCall(context, kReadDeadline);
    const auto reader = stub_->ReadAll(&context, request);
    absl::Status taken;
    bool stopped = false;
    wire::ReadAllResponse response;
    while (!stopped && reader->Read(&response)) {
      taken = Take(response, sink, stopped);
      stopped = stopped || !taken.ok();
    }
    if (stopped) {
      context.TryCancel();
      while (reader->Read(&response)) {
      }
    }
    const grpc::Status finished = reader->Finish();
    return stopped ? taken : runtime::FromGrpcStatus(finished);
  }

  Checkpoint Head() {
    auto asked = AskHead(/*wait=*/true);
    absl::MutexLock lock(&mutex_);
    if (asked.ok()) Note(*std::move(asked));
    return head_;
  }

  absl::StatusOr<Hash> RootAt(std::uint64_t size) {
    if (size == 0) return merkle::EmptyRoot();
    {
      absl::MutexLock lock(&mutex_);
      if (head_.size == size) return head_.root;
      const auto kept = std::find_if(roots_.rbegin(), roots_.rend(),
                                     [&](const auto& root) { return root.first == size; });
      if (kept != roots_.rend()) return kept->second;
    }
    // The last message of a read says the root where it ended.
    wire::ReadAllRequest request;
    request.set_from_position(size - 1);
    request.set_to_position(size - 1);
    grpc::ClientContext context;
    PrepareCall(context, options_.call_deadline);
    const auto reader = stub_->ReadAll(&context, request);
    wire::ReadAllResponse response;
    types::v1::Checkpoint last;
    while (reader->Read(&response)) last = response.checkpoint();
    DAYBOOK_RETURN_IF_ERROR(runtime::FromGrpcStatus(reader->Finish()));
    DAYBOOK_ASSIGN_OR_RETURN(const Checkpoint checkpoint, eventlog::FromWire(last));
    DAYBOOK_RETURN_IF_ERROR(CheckSame(checkpoint));
    if (checkpoint.size != size) {
      return absl::OutOfRangeError("the log has not so many events yet");
    }
    return checkpoint.root;
  }

  std::unique_ptr<Listener> OnCommit(std::function<void(std::uint64_t size)> listener) {
    return listeners_.Add(std::move(listener));
  }

 private:
  // Hands the events of one message to the sink; `stopped` when that wants no more.
  absl::Status Take(const wire::ReadAllResponse& response, const eventstore::EventSink& sink,
                    bool& stopped) {
    DAYBOOK_ASSIGN_OR_RETURN(const Checkpoint checkpoint,
                             eventlog::FromWire(response.checkpoint()));
    DAYBOOK_RETURN_IF_ERROR(CheckSame(checkpoint));
    if (checkpoint.root != Hash{}) {
      absl::MutexLock lock(&mutex_);
      roots_.emplace_back(checkpoint.size, checkpoint.root);
      if (roots_.size() > kRootsKept) roots_.pop_front();
    }
    for (const wire::Event& wire_event : response.events()) {
      eventstore::RecordedEvent event;
      DAYBOOK_RETURN_IF_ERROR(eventlog::FromWire(wire_event, event));
      if (!sink(event)) {
        stopped = true;
        break;
      }
    }
    return absl::OkStatus();
  }

  // `wait`: a ledger that is just coming back is waited for, within the deadline.
  absl::StatusOr<Checkpoint> AskHead(bool wait) {
    grpc::ClientContext context;
    context.set_wait_for_ready(wait);
    PrepareCall(context, options_.call_deadline);
    wire::GetHeadResponse response;
    DAYBOOK_RETURN_IF_ERROR(runtime::FromGrpcStatus(stub_->GetHead(&context, {}, &response)));
    return eventlog::FromWire(response.head());
  }

  absl::Status CheckSame(const Checkpoint& seen) ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    if (seen.log == head_.log && !another_) return absl::OkStatus();
    TellAnother();
    return AnotherLog();
  }

  // A head that is behind one seen before: calls overtook each other, or, of another incarnation,
  // the ledger was restored.
  void Note(Checkpoint head) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (!(head.log == head_.log)) {
      TellAnother();
    } else if (head.size > head_.size) {
      head_ = std::move(head);
    }
  }

  void TellAnother() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (another_) return;
    another_ = true;
    if (options_.on_another_log) options_.on_another_log();
  }

  // Waits for word from the feed, or for the next poll, and tells the listeners of a new head.
  void Follow() {
    eventstore::NameThread("log-follower");
    std::uint64_t told = 0;
    while (WaitForWord()) {
      const std::uint64_t size = Head().size;
      if (size > told) listeners_.Notify(size);
      told = std::max(told, size);
    }
  }

  // False when it is time to stop.
  bool WaitForWord() {
    const auto until = std::chrono::steady_clock::now() + options_.poll;
    while (std::chrono::steady_clock::now() < until) {
      if (feed_ == nullptr) {
        absl::MutexLock lock(&mutex_);
        mutex_.AwaitWithTimeout(absl::Condition(&stopping_), absl::FromChrono(options_.poll));
        return !stopping_;
      }
      if (feed_->Next(kFeedLook).has_value()) {
        // A burst is one question: what came meanwhile is ignored.
        while (feed_->Next(std::chrono::milliseconds(0)).has_value()) {
        }
        break;
      }
      absl::MutexLock lock(&mutex_);
      if (stopping_) return false;
    }
    absl::MutexLock lock(&mutex_);
    return !stopping_;
  }

  const RemoteLogOptions options_;
  const std::unique_ptr<wire::EventLogService::Stub> stub_;
  std::unique_ptr<notify::FeedListener> feed_;  // only the follower listens
  eventstore::CommitListeners listeners_;
  absl::Mutex mutex_;
  Checkpoint head_ ABSL_GUARDED_BY(mutex_);
  bool another_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::deque<std::pair<std::uint64_t, Hash>> roots_ ABSL_GUARDED_BY(mutex_);
  std::jthread follower_;
};

RemoteLog::RemoteLog(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RemoteLog::~RemoteLog() = default;

absl::StatusOr<std::unique_ptr<RemoteLog>> RemoteLog::Open(std::shared_ptr<grpc::Channel> channel,
                                                           RemoteLogOptions options,
                                                           std::chrono::milliseconds patience) {
  auto impl = std::make_unique<Impl>(std::move(channel), std::move(options));
  DAYBOOK_RETURN_IF_ERROR(impl->Open(patience));
  return std::unique_ptr<RemoteLog>(new RemoteLog(std::move(impl)));
}

absl::Status RemoteLog::ReadAll(const eventstore::ReadAllOptions& options,
                                const eventstore::EventSink& sink) {
  return impl_->ReadAll(options, sink);
}
Checkpoint RemoteLog::Head() { return impl_->Head(); }
absl::StatusOr<Hash> RemoteLog::RootAt(std::uint64_t size) { return impl_->RootAt(size); }
std::unique_ptr<eventstore::LogReader::Listener> RemoteLog::OnCommit(
    std::function<void(std::uint64_t size)> listener) {
  return impl_->OnCommit(std::move(listener));
}

}  // namespace daybook::projector
