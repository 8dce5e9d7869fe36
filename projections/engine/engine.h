// The projection engine: folds the log into the views of one process, keeps them current, answers
// queries at one position, and carries rows and checkpoint over a restart.
//
// One runner thread reads the log in order and applies bounded batches; all views share one
// checkpoint, so an answer that joins two of them is true at one position. An append is visible in
// memory as soon as its batch is applied; rows and checkpoint reach the view store together, a
// moment later, in one batch. What a crash takes from the view store is folded again from the log.
//
// Thread-safe. Callbacks of WaitForAsync run on the engine's threads and must not block.
// The event store and the view store must outlive the engine.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "eventstore/core/ids.h"
#include "eventstore/core/log_reader.h"
#include "projections/core/as_of.h"
#include "projections/core/view_set.h"
#include "projections/store/view_store.h"

namespace daybook::projections {

struct EngineOptions {
  // Events read and decoded at once.
  std::size_t batch_events = 1024;
  // Longest time that readers are kept out at once.
  std::chrono::microseconds hold_time{5000};
  // The view store is written after so many events or so long after the first unwritten one.
  std::uint64_t commit_events = 65536;
  std::chrono::milliseconds commit_interval{200};
  // Folded past states held in memory for the next query of the same AsOf.
  std::size_t folded_states_max = 4;
  // A commit is kept for queries of the past once so many events came since the last kept one. The
  // distance doubles as the log grows, so that about `kept_states_max` states are on the disk.
  std::uint64_t keep_events = 65536;
  std::size_t kept_states_max = 512;
  // One line a lifecycle event, none an event of the log. May be empty. Any thread.
  std::function<void(std::string_view line)> log;
};

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

class Engine {
 public:
  using Deadline = std::chrono::steady_clock::time_point;
  using ReadViews = std::function<absl::Status(const ViewSet&, const Truth&)>;

  // Loads what the view store holds. A checkpoint that this log cannot have issued (another log,
  // another incarnation, another history), a view whose version changed, that came or went, and
  // rows that do not read drop everything stored; the runner then folds the log from its start.
  // INTERNAL when two views, or two tables of one, share a name or a view names an event type that
  // is not registered; otherwise errors of the two stores.
  static absl::StatusOr<std::unique_ptr<Engine>> Open(eventstore::LogReader& events,
                                                      ViewStore& store, ViewSetFactory factory,
                                                      EngineOptions options = {});
  ~Engine();  // StopAndFlush
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Starts the runner: catch up, then live. Once.
  void Start();

  // Stops the runner after the batch in hand, writes what is not yet in the view store, and refuses
  // everything that waits with SHUTTING_DOWN. Queries go on. Idempotent.
  absl::Status StopAndFlush();

  // Waits until the event at `position` is in the views. VIEW_BEHIND (DEADLINE_EXCEEDED) when the
  // deadline passes first, BEYOND_HEAD (OUT_OF_RANGE) at once when the log has no such event,
  // SHUTTING_DOWN.
  absl::Status WaitFor(eventstore::Position position, Deadline deadline);

  // The same without blocking: `done` is called exactly once, here when the answer is already
  // known, else on a thread of the engine.
  void WaitForAsync(eventstore::Position position, Deadline deadline,
                    std::function<void(absl::Status)> done);

  // The size of the log when this was opened. Until the views have seen it (they may be folded from
  // the start of the log), there is no answer for now: nobody sees half-built views, nor older ones
  // after a restart than before.
  std::uint64_t ready_size() const;

  // Calls `read` with the views as they were at one position, on the calling thread, and returns
  // what it returns. Nothing of the views may be kept after it. For now (`as_of` empty) this is
  // quick, and `read` should be, for the runner waits meanwhile; VIEW_BEHIND below ready_size(). A
  // past size loads the kept state before it and folds the events since. As known on a day folds
  // the log from its start (linear). The last few results are held. So do not call it with an AsOf
  // on a thread that must not block. BEYOND_HEAD when as_of.recorded_size is ahead of the log.
  // `read` must not call the engine.
  absl::Status Query(const AsOf& as_of, const ReadViews& read);

  EngineStatus status();

 private:
  class Impl;
  explicit Engine(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace daybook::projections
