#include "projections/engine/fold.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <string>
#include <utility>

#include "eventstore/core/error.h"
#include "google/protobuf/arena.h"
#include "projections/core/known_day.h"
#include "projections/engine/event_batch.h"
#include "projections/engine/type_table.h"

namespace daybook::projections {
namespace {

constexpr std::size_t kPageEvents = 1024;

absl::Status CheckSize(eventstore::LogReader& events, std::uint64_t size) {
  const std::uint64_t head = events.Head().size;
  if (size <= head) return absl::OkStatus();
  return eventstore::MakeError(absl::StatusCode::kOutOfRange,
                               "the log holds fewer events than asked for",
                               {.reason = std::string(eventstore::reason::kBeyondHead),
                                .remedy = "Ask for a size up to the head of the log.",
                                .fields = {},
                                .metadata = {{"head", std::to_string(head)}}});
}

// Calls `use` with every event of [from, size), page by page.
template <class Use>
absl::Status ForEachEvent(eventstore::LogReader& events, EventBatch& batch, std::uint64_t from,
                          std::uint64_t size, const Use& use) {
  for (std::uint64_t next = from; next < size;) {
    DAYBOOK_RETURN_IF_ERROR(batch.Read(events, next, size));
    if (batch.events().empty()) return absl::DataLossError("the log ends before its head");
    for (BatchEvent& event : batch.events()) use(event);
    next += batch.events().size();
  }
  return absl::OkStatus();
}

// Events that wait for their turn in order of (known, position). Sorted by pointer: an event is
// large.
class HeldEvents {
 public:
  void Hold(eventstore::CivilDay known, BatchEvent event) {
    turns_.emplace_back(known, &events_.emplace_back(std::move(event)));
  }

  void ApplyTo(ViewSet& views) {
    // Stable: events of one day stay in log order, in which they were held.
    std::stable_sort(turns_.begin(), turns_.end(),
                     [](const Turn& a, const Turn& b) { return a.first < b.first; });
    constexpr Handling kOnly = Handling::kApply;
    google::protobuf::Arena arena;
    std::size_t decoded = 0;
    for (const auto& [known, event] : turns_) {
      if (++decoded % kPageEvents == 0) arena.Reset();
      Decode(*event, arena);
      ApplyEvent(views, *event, &kOnly);
    }
  }

 private:
  using Turn = std::pair<eventstore::CivilDay, BatchEvent*>;
  std::deque<BatchEvent> events_;  // which do not move when one more comes
  std::vector<Turn> turns_;
};

// Counts a kApply event that is left out, in total and for each view that it is left out of.
void CountLeftOut(ViewSet& views, const TypeEntry& type, std::uint64_t KnownCounts::*count) {
  ++(views.totals().*count);
  for (const Interest& interest : type.interests) {
    if (interest.handling == Handling::kApply) {
      ++(views.slots()[interest.slot].progress.counts.*count);
    }
  }
}

}  // namespace

absl::Status FoldOn(eventstore::LogReader& events, ViewSet& views, std::uint64_t from,
                    std::uint64_t size) {
  DAYBOOK_RETURN_IF_ERROR(CheckSize(events, size));
  DAYBOOK_ASSIGN_OR_RETURN(const TypeTable types, TypeTable::Make(views));
  EventBatch batch(types, kPageEvents);
  return ForEachEvent(events, batch, from, size, [&views](const BatchEvent& event) {
    ApplyEvent(views, event);
    CountUnknown(views, event);
  });
}

absl::StatusOr<std::unique_ptr<ViewSet>> FoldAll(eventstore::LogReader& events,
                                                 const ViewSetFactory& factory,
                                                 std::uint64_t size) {
  auto views = std::make_unique<ViewSet>(factory());
  DAYBOOK_RETURN_IF_ERROR(FoldOn(events, *views, 0, size));
  return views;
}

absl::StatusOr<std::unique_ptr<ViewSet>> FoldKnownOn(eventstore::LogReader& events,
                                                     const ViewSetFactory& factory,
                                                     std::uint64_t size, eventstore::CivilDay day) {
  DAYBOOK_RETURN_IF_ERROR(CheckSize(events, size));
  auto views = std::make_unique<ViewSet>(factory());
  DAYBOOK_ASSIGN_OR_RETURN(const TypeTable types, TypeTable::Make(*views));
  EventBatch batch(types, kPageEvents, /*decode_all=*/false);
  HeldEvents held;
  const auto sort_out = [&](BatchEvent& event) {
    constexpr Handling kOnly = Handling::kReference;
    CountUnknown(*views, event);
    if (event.type->reference) ApplyEvent(*views, event, &kOnly);
    if (!event.type->applied) return;
    const std::optional<eventstore::CivilDay> known = KnownBy(event.recorded);
    if (!known.has_value()) {
      CountLeftOut(*views, *event.type, &KnownCounts::known_unknown);
    } else if (*known > day) {
      CountLeftOut(*views, *event.type, &KnownCounts::not_yet_known);
    } else {
      event.known_on = day;
      held.Hold(*known, std::move(event));
      event.known_on.reset();
    }
  };
  DAYBOOK_RETURN_IF_ERROR(ForEachEvent(events, batch, 0, size, sort_out));
  held.ApplyTo(*views);
  return views;
}

}  // namespace daybook::projections
