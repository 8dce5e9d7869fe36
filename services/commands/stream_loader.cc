#include "services/commands/stream_loader.h"

#include <memory>
#include <string>

#include "eventstore/core/error.h"
#include "eventstore/core/limits.h"
#include "proto/registry/event_types.h"

namespace daybook::commands {

absl::StatusOr<std::uint64_t> FoldFrom(eventstore::EventStore& store, std::string_view stream,
                                       std::uint64_t from, const StreamLoader::Evolve& evolve) {
  std::uint64_t count = from;
  absl::Status failure;
  const auto sink = [&](eventstore::RecordedEvent& recorded) {
    const auto event = registry::DecodeEvent(recorded.event.type, recorded.event.payload);
    if (event == nullptr) {
      failure = eventstore::MakeError(
          absl::StatusCode::kDataLoss, "a stored event does not decode",
          {.reason = std::string(eventstore::reason::kLogDamaged),
           .remedy = "Run fsck; do not write until the log was looked at.",
           .fields = {},
           .metadata = {{"position", std::to_string(recorded.position.value)}}});
      return false;
    }
    evolve(*event, recorded);
    count = recorded.revision.value + 1;
    return true;
  };
  DAYBOOK_RETURN_IF_ERROR(store.ReadStream(stream, eventstore::Revision{from},
                                           eventstore::Direction::kForward, UINT64_MAX, sink));
  DAYBOOK_RETURN_IF_ERROR(failure);
  return count;
}

absl::StatusOr<std::uint64_t> StreamLoader::Fold(std::string_view stream, const Evolve& evolve) {
  DAYBOOK_ASSIGN_OR_RETURN(const std::uint64_t count, FoldFrom(store_, stream, 0, evolve));
  Remember(stream, count);
  return count;
}

absl::StatusOr<std::uint64_t> StreamLoader::Count(std::string_view stream) {
  DAYBOOK_ASSIGN_OR_RETURN(const std::uint64_t count, store_.StreamEventCount(stream));
  Remember(stream, count);
  return count;
}

void StreamLoader::Remember(std::string_view stream, std::uint64_t event_count) {
  // The earliest look decides: the decision may rest on it.
  seen_.try_emplace(std::string(stream), event_count);
}

eventstore::ExpectedRevision StreamLoader::Expected(std::string_view stream) const {
  const auto it = seen_.find(stream);
  if (it == seen_.end()) return eventstore::ExpectedRevision::Any();
  if (it->second == 0) return eventstore::ExpectedRevision::NoStream();
  return eventstore::ExpectedRevision::Exactly(eventstore::Revision{it->second - 1});
}

}  // namespace daybook::commands
