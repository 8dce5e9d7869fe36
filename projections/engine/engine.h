// The projection engine: folds the log into the views of one process, keeps them current, answers
// queries at one position, and carries rows and checkpoint over a restart.
//
// One runner thread reads the log in order and applies bounded batches; all views share one
// checkpoint, so an answer that joins two of them is true at one position. An append is visible in
// memory as soon as its batch is applied; rows and checkpoint reach the view store together, a
// moment later, in one batch. What a crash takes from the view store is folded again from the log.
//
// Thread-safe. The event store and the view store must outlive the engine.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "eventstore/core/ids.h"
#include "eventstore/core/log_reader.h"
#include "projections/core/view_set.h"
#include "projections/engine/view_reader.h"
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

class Engine final : public ViewReader {
 public:
  // Loads what the view store holds. A checkpoint that this log cannot have issued (another log,
  // another incarnation, another history), a view whose version changed, that came or went, and
  // rows that do not read drop everything stored; the runner then folds the log from its start.
  // INTERNAL when two views, or two tables of one, share a name or a view names an event type that
  // is not registered; otherwise errors of the two stores.
  static absl::StatusOr<std::unique_ptr<Engine>> Open(eventstore::LogReader& events,
                                                      ViewStore& store, ViewSetFactory factory,
                                                      EngineOptions options = {});
  ~Engine() override;  // StopAndFlush
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Starts the runner: catch up, then live. Once.
  void Start();

  // Stops the runner after the batch in hand, writes what is not yet in the view store, and refuses
  // everything that waits with SHUTTING_DOWN. Queries go on. Idempotent.
  absl::Status StopAndFlush();

  // The larger of the size of the log when this was opened and what RaiseReadySize asked for.
  std::uint64_t ready_size() const override;
  // For an engine that takes the place of another one, which answered up to `size`.
  void RaiseReadySize(std::uint64_t size);

  void WaitForAsync(eventstore::Position position, Deadline deadline,
                    std::function<void(absl::Status)> done) override;
  absl::Status Query(const AsOf& as_of, const ReadViews& read) override;
  EngineStatus status() override;

 private:
  class Impl;
  explicit Engine(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace daybook::projections
