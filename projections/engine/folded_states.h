// The last few past states that somebody asked for, folded from the log.
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
#include "eventstore/core/event_store.h"
#include "eventstore/core/ids.h"
#include "projections/core/view_set.h"

namespace daybook::projections {

// Thread-safe. One fold at a time, so that a burst of questions does not take the memory of as many
// states; those who ask for the same state wait for the one fold.
class FoldedStates {
 public:
  // `events` must outlive this. Keeps at most `states_max` states, at least one.
  FoldedStates(eventstore::EventStore& events, ViewSetFactory factory, std::size_t states_max);

  // The views after the first `size` events, as known on `known_on` where it is set. Never changed
  // again, so many may read it. BEYOND_HEAD when the log is shorter.
  absl::StatusOr<std::shared_ptr<const ViewSet>> Get(std::uint64_t size,
                                                     std::optional<eventstore::CivilDay> known_on);

 private:
  using Key = std::pair<std::uint64_t, std::optional<eventstore::CivilDay>>;

  std::shared_ptr<const ViewSet> FindKept(const Key& key);

  eventstore::EventStore& events_;
  const ViewSetFactory factory_;
  const std::size_t states_max_;
  absl::Mutex fold_mutex_ ABSL_ACQUIRED_BEFORE(kept_mutex_);  // held while folding
  absl::Mutex kept_mutex_;                                    // held for moments only
  std::list<std::pair<Key, std::shared_ptr<const ViewSet>>> kept_ ABSL_GUARDED_BY(kept_mutex_);
};

}  // namespace daybook::projections
