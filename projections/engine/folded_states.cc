#include "projections/engine/folded_states.h"

#include <algorithm>

#include "eventstore/core/error.h"
#include "projections/engine/fold.h"

namespace daybook::projections {

FoldedStates::FoldedStates(eventstore::EventStore& events, ViewSetFactory factory,
                           std::size_t states_max)
    : events_(events),
      factory_(std::move(factory)),
      states_max_(std::max<std::size_t>(states_max, 1)) {}

absl::StatusOr<std::shared_ptr<const ViewSet>> FoldedStates::Get(
    std::uint64_t size, std::optional<eventstore::CivilDay> known_on) {
  const Key key{size, known_on};
  if (auto kept = FindKept(key)) return kept;
  absl::MutexLock folding(&fold_mutex_);
  if (auto kept = FindKept(key)) return kept;  // folded while we waited
  absl::StatusOr<std::unique_ptr<ViewSet>> folded =
      known_on.has_value() ? FoldKnownOn(events_, factory_, size, *known_on)
                           : FoldAll(events_, factory_, size);
  if (!folded.ok()) return folded.status();
  std::shared_ptr<const ViewSet> state = *std::move(folded);
  absl::MutexLock lock(&kept_mutex_);
  kept_.emplace_front(key, state);
  if (kept_.size() > states_max_) kept_.pop_back();
  return state;
}

// Moves what it finds to the front: the state asked for longest ago goes first.
std::shared_ptr<const ViewSet> FoldedStates::FindKept(const Key& key) {
  absl::MutexLock lock(&kept_mutex_);
  for (auto it = kept_.begin(); it != kept_.end(); ++it) {
    if (it->first != key) continue;
    kept_.splice(kept_.begin(), kept_, it);
    return it->second;
  }
  return nullptr;
}

}  // namespace daybook::projections
