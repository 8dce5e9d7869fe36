#include "projections/engine/engine.h"

#include <atomic>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "eventstore/core/error.h"
#include "projections/engine/folded_states.h"
#include "projections/engine/live_views.h"
#include "projections/engine/position_waiters.h"
#include "projections/engine/restore.h"
#include "projections/engine/runner.h"
#include "projections/engine/type_table.h"

namespace daybook::projections {
namespace {

absl::Status BeyondHead(std::uint64_t head) {
  return eventstore::MakeError(absl::StatusCode::kOutOfRange, "the position is ahead of the log",
                               {.reason = std::string(eventstore::reason::kBeyondHead),
                                .remedy = "Use a position that this log has given.",
                                .fields = {},
                                .metadata = {{"head", std::to_string(head)}}});
}

absl::Status StillFolding(std::uint64_t size, std::uint64_t ready_size) {
  return eventstore::MakeError(
      absl::StatusCode::kDeadlineExceeded,
      "the views are folded from the log and have seen " + std::to_string(size) + " of " +
          std::to_string(ready_size) + " events",
      {.reason = std::string(reason::kViewBehind),
       .remedy = "Ask again when the views have caught up; their status says how far they are.",
       .fields = {},
       .metadata = {{"size", std::to_string(size)}}});
}

ViewStatus StatusOf(const ViewSet::Slot& slot, std::uint64_t size, std::uint64_t head) {
  ViewStatus status;
  status.name = slot.view->name();
  status.version = slot.view->version();
  status.progress = slot.progress;
  status.size = slot.progress.parked.has_value() ? slot.progress.parked->position.value : size;
  status.lag = head - status.size;
  for (const TableBase* table : slot.view->tables()) status.rows += table->size();
  return status;
}

}  // namespace

class Engine::Impl {
 public:
  Impl(eventstore::LogReader& events, ViewStore& store, ViewSetFactory factory,
       EngineOptions options, Restored restored, TypeTable types)
      : events_(events),
        options_(std::move(options)),
        types_(std::move(types)),
        checkpoints_(events),
        states_(events, store, std::move(factory), options_.folded_states_max, options_.log),
        ready_size_(events.Head().size),
        waiters_(restored.size),
        live_(std::move(restored.views), restored.size),
        runner_({.events = events,
                 .store = store,
                 .live = live_,
                 .checkpoints = checkpoints_,
                 .waiters = waiters_,
                 .types = types_,
                 .options = options_},
                restored.size, restored.kept_size) {}
  ~Impl() { StopAndFlush().IgnoreError(); }

  void Start() {
    absl::MutexLock lock(&lifecycle_mutex_);
    runner_.Start();
  }

  absl::Status StopAndFlush() {
    absl::MutexLock lock(&lifecycle_mutex_);
    absl::Status flushed = runner_.Stop();
    waiters_.Close();
    return flushed;
  }

  void WaitForAsync(eventstore::Position position, Deadline deadline,
                    std::function<void(absl::Status)> done) {
    // Most ask for what is there already: no need to ask the log, which may be far away.
    bool reached = false;
    {
      absl::ReaderMutexLock lock(&live_.mutex);
      reached = position.value < live_.size;
    }
    if (reached) return done(absl::OkStatus());
    const std::uint64_t head = events_.Head().size;
    if (position.value >= head) return done(BeyondHead(head));
    waiters_.Wait(position.value + 1, deadline, std::move(done));
  }

  std::uint64_t ready_size() const { return ready_size_.load(); }
  void RaiseReadySize(std::uint64_t size) {
    std::uint64_t ready = ready_size_.load();
    while (ready < size && !ready_size_.compare_exchange_weak(ready, size)) {
    }
  }

  absl::Status Query(const AsOf& as_of, const ReadViews& read) {
    if (!as_of.known_on.has_value()) {
      absl::ReaderMutexLock lock(&live_.mutex);
      if (const auto ready = ready_size(); !as_of.recorded_size && live_.size < ready) {
        return StillFolding(live_.size, ready);
      }
      if (as_of.recorded_size.value_or(live_.size) == live_.size) {
        DAYBOOK_ASSIGN_OR_RETURN(eventstore::Checkpoint checkpoint, checkpoints_.At(live_.size));
        return read(live_.views, {std::move(checkpoint), std::nullopt, live_.views.totals()});
      }
    }
    const std::uint64_t head = events_.Head().size;
    const std::uint64_t size = as_of.recorded_size.value_or(head);
    if (size > head) return BeyondHead(head);
    DAYBOOK_ASSIGN_OR_RETURN(const std::shared_ptr<const ViewSet> state,
                             states_.Get(size, as_of.known_on));
    DAYBOOK_ASSIGN_OR_RETURN(eventstore::Checkpoint checkpoint, checkpoints_.At(size));
    return read(*state, {std::move(checkpoint), as_of.known_on, state->totals()});
  }

  EngineStatus status() {
    EngineStatus status;
    status.stored_size = runner_.stored_size();
    status.problem = runner_.problem();
    absl::ReaderMutexLock lock(&live_.mutex);
    status.head = events_.Head();  // after the lock, so that no view is ahead of it
    status.views.log = status.head.log;
    status.views.size = live_.size;
    if (auto checkpoint = checkpoints_.At(live_.size); checkpoint.ok()) {
      status.views = *std::move(checkpoint);
    }
    for (const ViewSet::Slot& slot : live_.views.slots()) {
      status.view_status.push_back(StatusOf(slot, live_.size, status.head.size));
    }
    return status;
  }

 private:
  // In order of use: what stands below uses what stands above.
  eventstore::LogReader& events_;
  const EngineOptions options_;
  const TypeTable types_;
  Checkpoints checkpoints_;
  FoldedStates states_;
  std::atomic<std::uint64_t> ready_size_;
  PositionWaiters waiters_;
  LiveViews live_;
  absl::Mutex lifecycle_mutex_;  // guards: Start and Stop of runner_, one at a time
  Runner runner_;
};

absl::StatusOr<std::unique_ptr<Engine>> Engine::Open(eventstore::LogReader& events,
                                                     ViewStore& store, ViewSetFactory factory,
                                                     EngineOptions options) {
  if (!options.log) options.log = [](std::string_view) {};
  DAYBOOK_ASSIGN_OR_RETURN(TypeTable types, TypeTable::Make(ViewSet(factory())));
  DAYBOOK_ASSIGN_OR_RETURN(Restored restored,
                           Restore(events, store, factory, options.kept_states_max, options.log));
  return std::unique_ptr<Engine>(
      new Engine(std::make_unique<Impl>(events, store, std::move(factory), std::move(options),
                                        std::move(restored), std::move(types))));
}

Engine::Engine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Engine::~Engine() = default;

void Engine::Start() { impl_->Start(); }

absl::Status Engine::StopAndFlush() { return impl_->StopAndFlush(); }

void Engine::WaitForAsync(eventstore::Position position, Deadline deadline,
                          std::function<void(absl::Status)> done) {
  impl_->WaitForAsync(position, deadline, std::move(done));
}

std::uint64_t Engine::ready_size() const { return impl_->ready_size(); }

void Engine::RaiseReadySize(std::uint64_t size) { impl_->RaiseReadySize(size); }

absl::Status Engine::Query(const AsOf& as_of, const ReadViews& read) {
  return impl_->Query(as_of, read);
}

EngineStatus Engine::status() { return impl_->status(); }

}  // namespace daybook::projections
