#include "eventstore/notify/feed_pump.h"

#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "eventstore/core/error.h"
#include "eventstore/notify/feed_claim.h"
#include "zmq.hpp"

namespace daybook::notify {
namespace {

// Claims that wait for a slow listener; more are dropped by ZeroMQ and show as a gap.
constexpr int kHighWaterMark = 100'000;

}  // namespace

struct FeedPump::Impl {
  explicit Impl(eventstore::EventStore& event_store) : store(event_store) {}

  void Run(const std::stop_token& stop);
  void PublishUpTo(std::uint64_t size);
  // The size to publish up to, or what was published already when it is time to stop.
  std::uint64_t WaitForMore(const std::stop_token& stop);

  eventstore::EventStore& store;
  zmq::context_t context{1};
  zmq::socket_t socket{context, zmq::socket_type::pub};
  std::string endpoint;
  std::uint64_t published = 0;  // of the thread alone

  absl::Mutex mutex;
  std::uint64_t size ABSL_GUARDED_BY(mutex) = 0;
  bool stopping ABSL_GUARDED_BY(mutex) = false;

  std::unique_ptr<eventstore::EventStore::Listener> listener;
  std::jthread thread;
};

std::uint64_t FeedPump::Impl::WaitForMore(const std::stop_token& stop) {
  absl::MutexLock lock(&mutex);
  mutex.Await(absl::Condition(
      +[](Impl* impl) ABSL_EXCLUSIVE_LOCKS_REQUIRED(impl->mutex) {
        return impl->stopping || impl->size > impl->published;
      },
      this));
  return stop.stop_requested() || stopping ? published : size;
}

void FeedPump::Impl::PublishUpTo(std::uint64_t target) {
  const eventstore::LogIdentity log = store.Head().log;
  const auto read = store.ReadAll(
      {.from = eventstore::Position{published}}, [&](eventstore::RecordedEvent& event) {
        if (event.position.value >= target) return false;
        const std::string frame =
            FormatClaim({event.event.type, log.log_id, log.incarnation, event.position.value});
        try {  // zmq reports by exception; it ends here, and the claim is lost, which is allowed
          socket.send(zmq::buffer(event.event.type), zmq::send_flags::sndmore);
          socket.send(zmq::buffer(frame), zmq::send_flags::dontwait);
        } catch (const zmq::error_t&) {
        }
        return true;
      });
  // An unreadable log is told by its own health; the feed goes on behind it.
  read.IgnoreError();
  published = target;
}

void FeedPump::Impl::Run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const std::uint64_t target = WaitForMore(stop);
    if (target > published) PublishUpTo(target);
  }
}

FeedPump::FeedPump(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

absl::StatusOr<std::unique_ptr<FeedPump>> FeedPump::Start(eventstore::EventStore& store,
                                                          const std::string& endpoint) {
  try {
    auto impl = std::make_unique<Impl>(store);
    impl->socket.set(zmq::sockopt::linger, 0);
    impl->socket.set(zmq::sockopt::sndhwm, kHighWaterMark);
    // ZeroMQ writes "any free port" as a star.
    std::string bound = endpoint;
    if (bound.size() > 2 && bound.compare(bound.size() - 2, 2, ":0") == 0) bound.back() = '*';
    impl->socket.bind(bound);
    impl->endpoint = impl->socket.get(zmq::sockopt::last_endpoint);
    Impl* raw = impl.get();
    impl->listener = store.OnCommit([raw](std::uint64_t size) {
      absl::MutexLock lock(&raw->mutex);
      raw->size = size;
    });
    impl->published = store.Head().size;
    impl->thread = std::jthread([raw](const std::stop_token& stop) { raw->Run(stop); });
    return std::unique_ptr<FeedPump>(new FeedPump(std::move(impl)));
  } catch (const zmq::error_t& error) {
    return eventstore::MakeError(
        absl::StatusCode::kUnavailable,
        "cannot publish the feed at " + endpoint + ": " + error.what(),
        {.reason = "ADDRESS_IN_USE",
         .remedy = "Choose another address with --feed tcp://127.0.0.1:PORT (port 0 takes a free "
                   "one), or --feed off.",
         .fields = {{"feed", "cannot be bound"}},
         .metadata = {}});
  }
}

FeedPump::~FeedPump() {
  impl_->listener.reset();
  {
    absl::MutexLock lock(&impl_->mutex);
    impl_->stopping = true;
  }
  impl_->thread.request_stop();
  impl_->thread.join();
}

const std::string& FeedPump::endpoint() const { return impl_->endpoint; }

}  // namespace daybook::notify
