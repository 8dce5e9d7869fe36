// The current views, shared by the one runner that changes them and the queries that read them.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "eventstore/core/error.h"
#include "eventstore/core/ids.h"
#include "eventstore/core/log_reader.h"
#include "projections/core/view_set.h"

namespace daybook::projections {

// Only the runner takes the lock for writing, so what only the runner touches (which rows are
// dirty) needs no lock from it. absl::Mutex lets a waiting writer in before later readers.
struct LiveViews {
  LiveViews(ViewSet restored, std::uint64_t restored_size)
      : views(std::move(restored)), size(restored_size) {}

  absl::Mutex mutex;
  ViewSet views ABSL_GUARDED_BY(mutex);
  std::uint64_t size ABSL_GUARDED_BY(mutex);  // the views have seen the first `size` events
};

// Checkpoints of one log by size; the last one asked for is kept. Thread-safe.
class Checkpoints {
 public:
  explicit Checkpoints(eventstore::LogReader& events) : events_(events), log_(events.Head().log) {}

  absl::StatusOr<eventstore::Checkpoint> At(std::uint64_t size) ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    if (last_.has_value() && last_->size == size) return *last_;
    DAYBOOK_ASSIGN_OR_RETURN(const eventstore::Hash root, events_.RootAt(size));
    last_ = eventstore::Checkpoint{.log = log_, .size = size, .root = root};
    return *last_;
  }

 private:
  eventstore::LogReader& events_;
  const eventstore::LogIdentity log_;
  absl::Mutex mutex_;
  std::optional<eventstore::Checkpoint> last_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace daybook::projections
