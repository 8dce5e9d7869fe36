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
  google::protobuf::Message* message = nullptr;  // nullptr where not decoded
  bool undecodable = false;  // somebody wants it, and its payload does not parse
  bool back_loaded = false;
  std::optional<eventstore::CivilDay> known_on = std::nullopt;  // of a fold as known on a day
};

// Sets message and undecodable. The message lives on the arena.
void Decode(BatchEvent& event, google::protobuf::Arena& arena);

// Hands the event to every interested view that is not parked; an event that does not decode parks
// them instead. `only` narrows it to the interests with that handling; nullptr = all.
void ApplyEvent(ViewSet& views, const BatchEvent& event, const Handling* only = nullptr);

// Counts the event for the views that do not name its type.
void CountUnknown(ViewSet& views, const BatchEvent& event);

// Reused from page to page, so that steady reading allocates little. Not thread-safe.
class EventBatch {
 public:
  // With `decode_all` false only events that some view handles as kReference are decoded. `types`
  // must outlive the batch.
  EventBatch(const TypeTable& types, std::size_t capacity, bool decode_all = true);

  // Reads the events [from, end), at most the capacity; what was in the batch is gone. DATA_LOSS
  // when the log leaves a gap.
  absl::Status Read(eventstore::LogReader& store, std::uint64_t from, std::uint64_t end);

  std::span<BatchEvent> events() { return {events_.data(), size_}; }

 private:
  const TypeTable& types_;
  const bool decode_all_;
  std::vector<char> arena_block_;  // must outlive arena_
  google::protobuf::Arena arena_;
  std::vector<BatchEvent> events_;
  std::size_t size_ = 0;
};

}  // namespace daybook::projections
