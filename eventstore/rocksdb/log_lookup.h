// What ordering a request needs to know about the log so far.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "eventstore/core/event_store.h"

namespace daybook::eventstore::rocks {

// An accepted request: what its first caller was told, and what it was.
struct StoredRequest {
  Hash fingerprint{};
  AppendResult result;  // duplicate is false
};

// Answers as of everything applied. Thread-safe.
class LogLookup {
 public:
  virtual ~LogLookup() = default;
  // Number of events in the stream; 0 when it does not exist.
  virtual absl::StatusOr<std::uint64_t> EventCount(std::string_view stream) = 0;
  virtual absl::StatusOr<std::optional<StoredRequest>> FindStored(std::string_view agency,
                                                                  std::string_view request_id) = 0;
};

}  // namespace daybook::eventstore::rocks
