// Views that can be made anew while they answer: a second engine folds the log into a store of its
// own, and takes the place of the first one when it has seen as much. Nobody sees half of it, an
// answer for now never goes back, and who waits for a position goes on waiting over the change.
//
// What is it for, when views whose code changed are folded anew at a start anyway? For an operator
// who doubts what is on the disk, and for the promise that views are a pure function of the log:
// the new ones are held against those that they replace, at one position.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "eventstore/core/log_reader.h"
#include "projections/core/view_set.h"
#include "projections/engine/engine.h"
#include "projections/engine/view_reader.h"
#include "projections/store/view_shelf.h"

namespace daybook::projections {

namespace reason {
inline constexpr std::string_view kRebuildRunning = "REBUILD_RUNNING";  // FAILED_PRECONDITION
}  // namespace reason

struct RebuildStatus {
  struct Running {
    std::uint64_t generation = 0;
    std::uint64_t size = 0;  // events that the new views have seen
    std::uint64_t head = 0;  // of the log
  };
  struct Outcome {
    std::uint64_t generation = 0;  // of the new views
    bool changed_over = false;     // they answer now
    // Where they were compared with those before them, and the views whose rows were not the same.
    std::uint64_t size = 0;
    std::vector<std::string> differing;
    std::string problem;  // why they do not answer, or why they were not compared; empty = well
  };

  std::uint64_t generation = 0;  // of the views that answer; 1 and up
  std::optional<Running> running;
  std::optional<Outcome> last;  // of this process; none while one runs
};

class RebuildableViews final : public ViewReader {
 public:
  // Opens the serving generation of the shelf, takes leftovers of others away, and starts. Errors
  // of the shelf and of Engine::Open. `events` and `shelf` must outlive it.
  static absl::StatusOr<std::unique_ptr<RebuildableViews>> Open(eventstore::LogReader& events,
                                                                ViewShelf& shelf,
                                                                ViewSetFactory factory,
                                                                EngineOptions options = {});
  ~RebuildableViews() override;  // StopAndFlush
  RebuildableViews(const RebuildableViews&) = delete;
  RebuildableViews& operator=(const RebuildableViews&) = delete;

  // Begins to make the views anew beside those that answer, and returns the number of the new
  // generation. They take the place once they have seen what the old ones have, can be written, and
  // park nowhere that the old ones do not; otherwise the old ones stay and `last` says why. Takes
  // the memory and the disk of the views once more. REBUILD_RUNNING (FAILED_PRECONDITION) while one
  // is under way, SHUTTING_DOWN, errors of the shelf.
  absl::StatusOr<std::uint64_t> StartRebuild();
  RebuildStatus rebuild_status();

  // As Engine::StopAndFlush; a rebuild under way is given up. No call may be running when this is
  // destroyed.
  absl::Status StopAndFlush();

  // Callbacks must not call this either: hand on to another thread.
  void WaitForAsync(eventstore::Position position, Deadline deadline,
                    std::function<void(absl::Status)> done) override;
  std::uint64_t ready_size() const override;
  absl::Status Query(const AsOf& as_of, const ReadViews& read) override;
  EngineStatus status() override;

 private:
  struct Generation {
    std::uint64_t number = 0;
    std::unique_ptr<ViewStore> store;
    std::unique_ptr<Engine> engine;
    std::shared_ptr<absl::Notification> closed;  // after the engine and the store
  };
  // Whoever reads holds it, so that it outlives the reading.
  using Held = std::shared_ptr<Generation>;
  struct Waiter {
    eventstore::Position position;
    Deadline deadline;
    std::function<void(absl::Status)> done;
  };

  RebuildableViews(eventstore::LogReader& events, ViewShelf& shelf, ViewSetFactory factory,
                   EngineOptions options);
  absl::StatusOr<Held> OpenGeneration(std::uint64_t number);
  Held Serving() const ABSL_LOCKS_EXCLUDED(mutex_);
  // The waiter was refused by that generation, which stopped: it waits on elsewhere, or not.
  void WaitOn(std::uint64_t refused_by, absl::Status refusal, Waiter waiter)
      ABSL_LOCKS_EXCLUDED(mutex_);

  void Rebuild() ABSL_LOCKS_EXCLUDED(start_mutex_, mutex_);
  absl::Status CatchUp(Engine& next) ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Status ChangeOver(const Held& next, RebuildStatus::Outcome& outcome)
      ABSL_LOCKS_EXCLUDED(mutex_);
  // Sets size and differing.
  absl::Status Compare(Generation& before, Generation& after, RebuildStatus::Outcome& outcome);
  void Retire(Held generation) ABSL_LOCKS_EXCLUDED(mutex_);

  eventstore::LogReader& events_;
  ViewShelf& shelf_;  // of whoever opens, and then of the rebuild
  const ViewSetFactory factory_;
  const EngineOptions options_;

  absl::Mutex start_mutex_ ABSL_ACQUIRED_BEFORE(mutex_);  // one start or stop at a time
  mutable absl::Mutex mutex_;                             // held for moments
  Held serving_ ABSL_GUARDED_BY(mutex_);
  Held next_ ABSL_GUARDED_BY(mutex_);              // while a rebuild runs
  bool changing_ ABSL_GUARDED_BY(mutex_) = false;  // who is refused waits for the change to be over
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<Waiter> postponed_ ABSL_GUARDED_BY(mutex_);
  std::optional<RebuildStatus::Outcome> last_ ABSL_GUARDED_BY(mutex_);
  bool rebuilding_ ABSL_GUARDED_BY(mutex_) = false;
  std::jthread thread_ ABSL_GUARDED_BY(start_mutex_);
};

}  // namespace daybook::projections
