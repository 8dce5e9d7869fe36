// Past states that somebody asked for: a kept state of the view store, folded on from the log.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "eventstore/core/ids.h"
#include "eventstore/core/log_reader.h"
#include "projections/core/view_set.h"
#include "projections/engine/known_order.h"
#include "projections/engine/restore.h"
#include "projections/store/view_store.h"

namespace daybook::projections {

// Thread-safe. One fold of each kind at a time, so that a burst of questions does not take the
// memory of as many states; those who ask for the same state wait for the one fold. A past size,
// which is quick, does not wait for what was known on a day, which is not.
class FoldedStates {
 public:
  // Both stores must outlive this. Keeps at most `states_max` states in memory, at least one.
  FoldedStates(eventstore::LogReader& events, ViewStore& store, ViewSetFactory factory,
               std::size_t states_max, LogLine log);

  // The views after the first `size` events, as known on `known_on` where it is set. Never changed
  // again, so many may read it. BEYOND_HEAD when the log is shorter. Costs the rows of the kept
  // state before `size` and the events since; where none is of use, and as known on a day, all
  // events.
  absl::StatusOr<std::shared_ptr<const ViewSet>> Get(std::uint64_t size,
                                                     std::optional<eventstore::CivilDay> known_on);

 private:
  using Key = std::pair<std::uint64_t, std::optional<eventstore::CivilDay>>;

  absl::StatusOr<std::unique_ptr<ViewSet>> FoldSize(std::uint64_t size)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(size_mutex_);
  absl::StatusOr<std::unique_ptr<ViewSet>> FoldKnown(std::uint64_t size, eventstore::CivilDay day)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(known_mutex_);
  std::shared_ptr<const ViewSet> FindHeld(const Key& key) ABSL_LOCKS_EXCLUDED(held_mutex_);
  // Gives it back.
  std::shared_ptr<const ViewSet> Hold(const Key& key, std::shared_ptr<const ViewSet> state)
      ABSL_LOCKS_EXCLUDED(held_mutex_);

  eventstore::LogReader& events_;
  ViewStore& store_;
  const ViewSetFactory factory_;
  const std::size_t states_max_;
  const LogLine log_;
  absl::Mutex size_mutex_ ABSL_ACQUIRED_BEFORE(held_mutex_);   // guards: FoldSize, one at a time
  absl::Mutex known_mutex_ ABSL_ACQUIRED_BEFORE(held_mutex_);  // held while folding
  std::unique_ptr<KnownOrder> order_ ABSL_GUARDED_BY(known_mutex_);  // made when asked for
  absl::Mutex held_mutex_;                                           // held for moments only
  std::list<std::pair<Key, std::shared_ptr<const ViewSet>>> held_ ABSL_GUARDED_BY(held_mutex_);
};

}  // namespace daybook::projections
