// What those who ask have of the views: to wait for a position, and to read at one.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "eventstore/core/ids.h"
#include "projections/core/as_of.h"
#include "projections/core/view_set.h"

namespace daybook::projections {

struct ViewStatus {
  std::string name;
  std::uint32_t version = 0;
  std::uint64_t size = 0;  // events applied or skipped; stands still for a parked view
  std::uint64_t lag = 0;   // events of the log not seen yet
  std::uint64_t rows = 0;
  ViewProgress progress;
};

struct EngineStatus {
  eventstore::Checkpoint head;    // of the log
  eventstore::Checkpoint views;   // everything below is in the views (in memory)
  std::uint64_t stored_size = 0;  // everything below is in the view store too
  std::string problem;  // why reading the log or writing the view store fails; empty = well
  std::vector<ViewStatus> view_status;  // in the order of the factory
};

// Thread-safe. Callbacks of WaitForAsync run on threads of the implementation and must not block.
class ViewReader {
 public:
  using Deadline = std::chrono::steady_clock::time_point;
  using ReadViews = std::function<absl::Status(const ViewSet&, const Truth&)>;

  virtual ~ViewReader() = default;

  // Waits until the event at `position` is in the views. VIEW_BEHIND (DEADLINE_EXCEEDED) when the
  // deadline passes first, BEYOND_HEAD (OUT_OF_RANGE) at once when the log has no such event,
  // SHUTTING_DOWN.
  absl::Status WaitFor(eventstore::Position position, Deadline deadline);

  // The same without blocking: `done` is called exactly once, here when the answer is already
  // known, else on another thread.
  virtual void WaitForAsync(eventstore::Position position, Deadline deadline,
                            std::function<void(absl::Status)> done) = 0;

  // Until the views have seen so many events, there is no answer for now: nobody sees half-built
  // views, nor older ones than somebody saw before.
  virtual std::uint64_t ready_size() const = 0;

  // Calls `read` with the views as they were at one position, on the calling thread, and returns
  // what it returns. Nothing of the views may be kept after it. For now (`as_of` empty) this is
  // quick, and `read` should be, for the views wait meanwhile; VIEW_BEHIND below ready_size(). A
  // past size loads the kept state before it and folds the events since. As known on a day folds
  // the log from its start (linear). The last few results are held. So do not call it with an AsOf
  // on a thread that must not block. BEYOND_HEAD when as_of.recorded_size is ahead of the log.
  // `read` must not call back.
  virtual absl::Status Query(const AsOf& as_of, const ReadViews& read) = 0;

  virtual EngineStatus status() = 0;
};

}  // namespace daybook::projections
