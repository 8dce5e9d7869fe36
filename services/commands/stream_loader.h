// What a command may look at while it decides: streams, folded into a state. Every stream that was
// looked at is remembered with its revision; those that the decision writes to are checked at
// commit.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "eventstore/core/event_store.h"
#include "google/protobuf/message.h"

namespace daybook::commands {

// Not thread-safe: one per attempt of a command. Does not own the store, which must outlive it.
class StreamLoader {
 public:
  explicit StreamLoader(eventstore::EventStore& store) : store_(store) {}

  // Calls `evolve` with every decoded event of the stream in order. Returns the number of events.
  // LOG_DAMAGED when a payload does not decode.
  using Evolve = std::function<void(const google::protobuf::Message& event,
                                    const eventstore::RecordedEvent& recorded)>;
  absl::StatusOr<std::uint64_t> Fold(std::string_view stream, const Evolve& evolve);

  // Number of events, without reading them; remembered like Fold.
  absl::StatusOr<std::uint64_t> Count(std::string_view stream);

  // Says that the stream was looked at elsewhere (a RegisterCache) when it had `event_count`
  // events.
  void Remember(std::string_view stream, std::uint64_t event_count);

  // What the append must expect of a stream: exactly what was seen, or anything if it was not
  // looked at.
  eventstore::ExpectedRevision Expected(std::string_view stream) const;

  eventstore::EventStore& store() { return store_; }

 private:
  eventstore::EventStore& store_;
  std::map<std::string, std::uint64_t, std::less<>> seen_;
};

// Folds the events of a stream from revision `from` on; returns the number of events that the
// stream then had. Remembers nothing. Errors as StreamLoader::Fold.
absl::StatusOr<std::uint64_t> FoldFrom(eventstore::EventStore& store, std::string_view stream,
                                       std::uint64_t from, const StreamLoader::Evolve& evolve);

}  // namespace daybook::commands
