// Hears the feed: a SUB socket on a daemon's endpoint.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "eventstore/notify/feed_claim.h"

namespace daybook::notify {

// Not thread-safe. Claims that were published before it was connected are not heard.
class FeedListener {
 public:
  // Topic prefixes such as "incidents." or "incidents.IncidentRecorded"; none = everything. An
  // endpoint where nobody publishes is no error: the connection is made when somebody does.
  static absl::StatusOr<std::unique_ptr<FeedListener>> Connect(
      const std::string& endpoint, const std::vector<std::string>& topics);
  ~FeedListener();

  // The next claim, or nullopt when none came in time. Malformed messages are passed over.
  std::optional<FeedClaim> Next(std::chrono::milliseconds timeout);

 private:
  struct Impl;
  explicit FeedListener(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace daybook::notify
