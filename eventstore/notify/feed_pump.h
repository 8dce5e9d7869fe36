// The ZeroMQ feed: follows the log and publishes a claim for every event on a PUB socket. Loss is
// allowed (a slow listener loses messages) and shows in the positions.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "eventstore/core/event_store.h"

namespace daybook::notify {

// Owns a thread and a socket; stops in its destructor. The store must outlive it. Publishing never
// holds the committer: the commit only wakes the thread, which reads the log itself.
class FeedPump {
 public:
  // Binds `endpoint` ("tcp://127.0.0.1:7451"; port 0 takes a free one) and publishes everything
  // that is committed from now on. UNAVAILABLE with reason ADDRESS_IN_USE when it cannot be bound.
  static absl::StatusOr<std::unique_ptr<FeedPump>> Start(eventstore::EventStore& store,
                                                         const std::string& endpoint);
  ~FeedPump();

  // Where it is really bound.
  const std::string& endpoint() const;

 private:
  struct Impl;
  explicit FeedPump(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace daybook::notify
