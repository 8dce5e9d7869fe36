#include "projections/engine/folded_states.h"

#include <algorithm>

#include "eventstore/core/error.h"
#include "projections/engine/fold.h"

namespace daybook::projections {

FoldedStates::FoldedStates(eventstore::LogReader& events, ViewStore& store, ViewSetFactory factory,
                           std::size_t states_max, LogLine log)
    : events_(events),
      store_(store),
      factory_(std::move(factory)),
      states_max_(std::max<std::size_t>(states_max, 1)),
      log_(std::move(log)) {}

absl::StatusOr<std::shared_ptr<const ViewSet>> FoldedStates::Get(
    std::uint64_t size, std::optional<eventstore::CivilDay> known_on) {
  const Key key{size, known_on};
  if (auto held = FindHeld(key)) return held;
  if (known_on.has_value()) {
    absl::MutexLock folding(&known_mutex_);
    if (auto held = FindHeld(key)) return held;  // folded while we waited
    DAYBOOK_ASSIGN_OR_RETURN(auto folded, FoldKnown(size, *known_on));
    return Hold(key, std::move(folded));
  }
  absl::MutexLock folding(&size_mutex_);
  if (auto held = FindHeld(key)) return held;
  DAYBOOK_ASSIGN_OR_RETURN(auto folded, FoldSize(size));
  return Hold(key, std::move(folded));
}

std::shared_ptr<const ViewSet> FoldedStates::Hold(const Key& key,
                                                  std::shared_ptr<const ViewSet> state) {
  std::shared_ptr<const ViewSet> oldest;  // freed after the lock: that may take a while
  absl::MutexLock lock(&held_mutex_);
  held_.emplace_front(key, state);
  if (held_.size() > states_max_) {
    oldest = std::move(held_.back().second);
    held_.pop_back();
  }
  return state;
}

absl::StatusOr<std::unique_ptr<ViewSet>> FoldedStates::FoldKnown(std::uint64_t size,
                                                                 eventstore::CivilDay day) {
  if (order_ == nullptr) {
    DAYBOOK_ASSIGN_OR_RETURN(order_, KnownOrder::Make(factory_));
  }
  return order_->Fold(events_, size, day);
}

absl::StatusOr<std::unique_ptr<ViewSet>> FoldedStates::FoldSize(std::uint64_t size) {
  std::uint64_t kept_size = 0;
  auto kept = LoadKept(store_, factory_, size, kept_size);
  if (!kept.ok()) {
    log_("a kept state is of no use and its past is folded from the start: " +
         eventstore::Message(kept.status()));
  } else if (*kept != nullptr) {
    DAYBOOK_RETURN_IF_ERROR(FoldOn(events_, **kept, kept_size, size));
    return kept;
  }
  return FoldAll(events_, factory_, size);
}

// Moves what it finds to the front: the state asked for longest ago goes first.
std::shared_ptr<const ViewSet> FoldedStates::FindHeld(const Key& key) {
  absl::MutexLock lock(&held_mutex_);
  for (auto it = held_.begin(); it != held_.end(); ++it) {
    if (it->first != key) continue;
    held_.splice(held_.begin(), held_, it);
    return it->second;
  }
  return nullptr;
}

}  // namespace daybook::projections
