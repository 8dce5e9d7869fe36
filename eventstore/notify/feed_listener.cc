#include "eventstore/notify/feed_listener.h"

#include <utility>

#include "eventstore/core/error.h"
#include "zmq.hpp"

namespace daybook::notify {

struct FeedListener::Impl {
  zmq::context_t context{1};
  zmq::socket_t socket{context, zmq::socket_type::sub};
};

FeedListener::FeedListener(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
FeedListener::~FeedListener() = default;

absl::StatusOr<std::unique_ptr<FeedListener>> FeedListener::Connect(
    const std::string& endpoint, const std::vector<std::string>& topics) {
  try {
    auto impl = std::make_unique<Impl>();
    impl->socket.set(zmq::sockopt::linger, 0);
    if (topics.empty()) impl->socket.set(zmq::sockopt::subscribe, "");
    for (const std::string& topic : topics) impl->socket.set(zmq::sockopt::subscribe, topic);
    impl->socket.connect(endpoint);
    return std::unique_ptr<FeedListener>(new FeedListener(std::move(impl)));
  } catch (const zmq::error_t& error) {
    return eventstore::MakeError(absl::StatusCode::kInvalidArgument,
                                 "cannot listen to " + endpoint + ": " + error.what(),
                                 {.reason = "INVALID_FIELD",
                                  .remedy = "Name the feed as tcp://HOST:PORT.",
                                  .fields = {{"feed", "cannot be connected to"}},
                                  .metadata = {}});
  }
}

std::optional<FeedClaim> FeedListener::Next(std::chrono::milliseconds timeout) {
  try {
    impl_->socket.set(zmq::sockopt::rcvtimeo, static_cast<int>(timeout.count()));
    zmq::message_t topic;
    if (!impl_->socket.recv(topic)) return std::nullopt;
    zmq::message_t frame;
    if (!topic.more() || !impl_->socket.recv(frame)) return std::nullopt;
    while (frame.more() && impl_->socket.recv(frame)) {
    }
    return ParseClaim(topic.to_string_view(), frame.to_string_view());
  } catch (const zmq::error_t&) {  // interrupted by a signal
    return std::nullopt;
  }
}

}  // namespace daybook::notify
