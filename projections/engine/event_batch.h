// A page of the log, decoded once for all views.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "eventstore/core/log_reader.h"
#include "google/protobuf/arena.h"
#include "google/protobuf/message.h"
#include "projections/core/view_set.h"
#include "projections/engine/type_table.h"

namespace daybook::projections {

struct BatchEvent {
  eventstore::RecordedEvent recorded;
  const TypeEntry* type = nullptr;
  google::protobuf::Message* message = nullptr;  // nullptr where not decoded, or nobody wants it
  bool undecodable = false;  // somebody wants it, and its payload does not parse
  bool back_loaded = false;
  std::optional<eventstore::CivilDay> known_on = std::nullopt;  // of a fold as known on a day
};

// Hands the event to every interested view that is not parked; an event that does not decode parks
// them instead. `only` narrows it to the interests with that handling; nullptr = all.
void ApplyEvent(ViewSet& views, const BatchEvent& event, const Handling* only = nullptr);

// Counts the event for the views that do not name its type.
void CountUnknown(ViewSet& views, const BatchEvent& event);

// Reused from page to page, so that steady reading allocates little. Not thread-safe, but one
// thread may read and another decode.
class EventBatch {
 public:
  // `types` must outlive the batch.
  EventBatch(const TypeTable& types, std::size_t capacity);

  // Reads the events [from, end), at most the capacity; what was in the batch is gone. DATA_LOSS
  // when the log leaves a gap.
  absl::Status Read(eventstore::LogReader& store, std::uint64_t from, std::uint64_t end);

  // Parses the payload of each event that some view wants.
  void Decode();

  std::span<BatchEvent> events() { return {events_.data(), size_}; }

 private:
  const TypeTable& types_;
  std::vector<char> arena_block_;  // must outlive arena_
  google::protobuf::Arena arena_;
  std::vector<BatchEvent> events_;
  std::size_t size_ = 0;
};

}  // namespace daybook::projections
