#include "projections/engine/event_batch.h"

#include <algorithm>
#include <utility>

#include "projections/core/known_day.h"

namespace daybook::projections {
namespace {

constexpr std::size_t kArenaBytesPerEvent = 512;

google::protobuf::ArenaOptions ArenaOver(std::vector<char>& block) {
  google::protobuf::ArenaOptions options;
  options.initial_block = block.data();
  options.initial_block_size = block.size();
  return options;
}

}  // namespace

void ApplyEvent(ViewSet& views, const BatchEvent& event, const Handling* only) {
  const ViewEvent view_event{.recorded = &event.recorded,
                             .message = event.message,
                             .back_loaded = event.back_loaded,
                             .known_on = event.known_on};
  for (const Interest& interest : event.type->interests) {
    if (only != nullptr && interest.handling != *only) continue;
    ViewSet::Slot& slot = views.slots()[interest.slot];
    if (slot.progress.parked.has_value()) continue;
    if (event.undecodable) {
      slot.progress.parked =
          ParkedAt{event.recorded.position,
                   "the payload of this " + event.recorded.event.type + " does not parse"};
      continue;
    }
    slot.view->Apply(view_event);
    ++slot.progress.applied;
    if (event.back_loaded && interest.handling == Handling::kApply) {
      ++slot.progress.counts.back_loaded;
    }
  }
  // By type alone: the totals are of the log, whatever is parked.
  const bool counts = only == nullptr || *only == Handling::kApply;
  if (event.back_loaded && event.type->applied && counts) ++views.totals().back_loaded;
}

void CountUnknown(ViewSet& views, const BatchEvent& event) {
  for (const std::uint32_t slot : event.type->unknown_to) {
    ViewProgress& progress = views.slots()[slot].progress;
    if (!progress.parked.has_value()) ++progress.skipped_unknown;
  }
}

EventBatch::EventBatch(const TypeTable& types, std::size_t capacity)
    : types_(types),
      arena_block_(std::max<std::size_t>(capacity, 1) * kArenaBytesPerEvent),
      arena_(ArenaOver(arena_block_)),
      events_(std::max<std::size_t>(capacity, 1)) {}

absl::Status EventBatch::Read(eventstore::LogReader& store, std::uint64_t from, std::uint64_t end) {
  size_ = 0;
  arena_.Reset();
  if (from >= end) return absl::OkStatus();
  bool gap = false;
  const auto take = [&](eventstore::RecordedEvent& recorded) {
    if (recorded.position.value >= end) return false;
    gap = recorded.position.value != from + size_;
    if (gap) return false;
    BatchEvent& event = events_[size_++];
    std::swap(event.recorded, recorded);  // gives the store our old strings to fill again
    event.type = &types_.Find(event.recorded.event.type);
    event.message = nullptr;
    event.undecodable = false;
    event.known_on.reset();
    event.back_loaded = event.type->applied && IsBackLoaded(event.recorded);
    return size_ < events_.size();
  };
  eventstore::ReadAllOptions options;
  options.from = eventstore::Position{from};
  options.limit = std::min<std::uint64_t>(events_.size(), end - from);
  DAYBOOK_RETURN_IF_ERROR(store.ReadAll(options, take));
  if (gap) {
    return absl::DataLossError("the log does not give position " + std::to_string(from + size_) +
                               " after the one before it");
  }
  return absl::OkStatus();
}

void EventBatch::Decode() {
  for (BatchEvent& event : events()) {
    if (event.type->prototype == nullptr) continue;
    const std::string& payload = event.recorded.event.payload;
    event.message = event.type->prototype->New(&arena_);
    event.undecodable =
        !event.message->ParseFromArray(payload.data(), static_cast<int>(payload.size()));
  }
}

}  // namespace daybook::projections
