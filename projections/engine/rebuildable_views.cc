#include "projections/engine/rebuildable_views.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/core/thread_name.h"
#include "projections/core/fingerprint.h"

namespace daybook::projections {
namespace {

using std::chrono::steady_clock;

// How often a rebuild looks whether the old views went on meanwhile.
constexpr std::chrono::seconds kLook{1};
// Longest time that the change waits for the last events; readers wait for them after that.
constexpr std::chrono::seconds kLastEvents{10};

bool HasReason(const absl::Status& status, std::string_view reason) {
  return !status.ok() && eventstore::ErrorReason(status) == reason;
}

absl::Status RebuildRunning() {
  return eventstore::MakeError(
      absl::StatusCode::kFailedPrecondition, "the views are being made anew already",
      {.reason = std::string(reason::kRebuildRunning),
       .remedy = "Wait for it: the status of the views says how far it is.",
       .fields = {},
       .metadata = {}});
}

absl::Status Stopping() {
  return eventstore::MakeError(absl::StatusCode::kUnavailable, "the server is stopping",
                               {.reason = std::string(reason::kShuttingDown),
                                .remedy = "Ask again when it is back.",
                                .fields = {},
                                .metadata = {}});
}

// What keeps new views from taking the place of those before them.
absl::Status FitToServe(const EngineStatus& before, const EngineStatus& after) {
  if (!after.problem.empty()) return absl::UnavailableError(after.problem);
  for (std::size_t i = 0; i < after.view_status.size(); ++i) {
    const auto& parked = after.view_status[i].progress.parked;
    if (parked.has_value() && !before.view_status[i].progress.parked.has_value()) {
      return absl::DataLossError("the new view " + after.view_status[i].name +
                                 " stopped at position " + std::to_string(parked->position.value) +
                                 ", where the one before went on: " + parked->why);
    }
  }
  return absl::OkStatus();
}

using Fingerprints = std::map<std::string, eventstore::Hash, std::less<>>;

absl::StatusOr<Fingerprints> FingerprintsAt(Engine& engine, std::uint64_t size) {
  Fingerprints prints;
  AsOf as_of;
  as_of.recorded_size = size;
  DAYBOOK_RETURN_IF_ERROR(engine.Query(as_of, [&prints](const ViewSet& views, const Truth&) {
    for (const ViewSet::Slot& slot : views.slots()) {
      prints.emplace(slot.view->name(), Fingerprint(*slot.view));
    }
    return absl::OkStatus();
  }));
  return prints;
}

}  // namespace

RebuildableViews::RebuildableViews(eventstore::LogReader& events, ViewShelf& shelf,
                                   ViewSetFactory factory, EngineOptions options)
    : events_(events), shelf_(shelf), factory_(std::move(factory)), options_(std::move(options)) {}

absl::StatusOr<std::unique_ptr<RebuildableViews>> RebuildableViews::Open(
    eventstore::LogReader& events, ViewShelf& shelf, ViewSetFactory factory,
    EngineOptions options) {
  if (!options.log) options.log = [](std::string_view) {};
  std::unique_ptr<RebuildableViews> views(
      new RebuildableViews(events, shelf, std::move(factory), std::move(options)));
  // First the store, whose lock keeps another process from what is tidied after it.
  DAYBOOK_ASSIGN_OR_RETURN(Held serving, views->OpenGeneration(shelf.serving()));
  DAYBOOK_RETURN_IF_ERROR(shelf.RemoveOthers(serving->number));
  serving->engine->Start();
  const absl::MutexLock lock(&views->mutex_);
  views->serving_ = std::move(serving);
  return views;
}

RebuildableViews::~RebuildableViews() { StopAndFlush().IgnoreError(); }

absl::StatusOr<RebuildableViews::Held> RebuildableViews::OpenGeneration(std::uint64_t number) {
  auto closed = std::make_shared<absl::Notification>();
  const Held generation(new Generation, [closed](Generation* ended) {
    delete ended;
    closed->Notify();
  });
  generation->number = number;
  generation->closed = std::move(closed);
  DAYBOOK_ASSIGN_OR_RETURN(generation->store, shelf_.Open(number));
  DAYBOOK_ASSIGN_OR_RETURN(generation->engine,
                           Engine::Open(events_, *generation->store, factory_, options_));
  return generation;
}

RebuildableViews::Held RebuildableViews::Serving() const {
  const absl::MutexLock lock(&mutex_);
  return serving_;
}

absl::StatusOr<std::uint64_t> RebuildableViews::StartRebuild() {
  const absl::MutexLock start(&start_mutex_);
  {
    const absl::MutexLock lock(&mutex_);
    if (closed_) return Stopping();
    if (rebuilding_) return RebuildRunning();
  }
  if (thread_.joinable()) thread_.join();  // of the last one, which has ended
  const std::uint64_t serving = Serving()->number;
  DAYBOOK_RETURN_IF_ERROR(shelf_.RemoveOthers(serving));
  DAYBOOK_ASSIGN_OR_RETURN(Held next, OpenGeneration(serving + 1));
  options_.log("generation " + std::to_string(next->number) + " is made beside generation " +
               std::to_string(serving));
  next->engine->Start();
  {
    const absl::MutexLock lock(&mutex_);
    rebuilding_ = true;
    last_.reset();
    next_ = std::move(next);
  }
  thread_ = std::jthread([this] { Rebuild(); });
  return serving + 1;
}

RebuildStatus RebuildableViews::rebuild_status() {
  RebuildStatus status;
  Held next;
  {
    const absl::MutexLock lock(&mutex_);
    status.generation = serving_->number;
    status.last = last_;
    next = next_;
  }
  if (next != nullptr) {
    const EngineStatus now = next->engine->status();
    status.running = {.generation = next->number, .size = now.views.size, .head = now.head.size};
  }
  return status;
}

absl::Status RebuildableViews::StopAndFlush() {
  const absl::MutexLock start(&start_mutex_);
  Held next;
  {
    const absl::MutexLock lock(&mutex_);
    closed_ = true;
    next = next_;
  }
  if (next != nullptr) next->engine->StopAndFlush().IgnoreError();
  next.reset();
  if (thread_.joinable()) thread_.join();
  const Held serving = Serving();
  return serving == nullptr ? absl::OkStatus() : serving->engine->StopAndFlush();
}

void RebuildableViews::WaitForAsync(eventstore::Position position, Deadline deadline,
                                    std::function<void(absl::Status)> done) {
  const Held held = Serving();
  held->engine->WaitForAsync(
      position, deadline,
      [this, number = held->number, position, deadline,
       done = std::move(done)](absl::Status status) mutable {
        if (!HasReason(status, reason::kShuttingDown)) {
          return done(std::move(status));
        }
        WaitOn(number, std::move(status), {position, deadline, std::move(done)});
      });
}

void RebuildableViews::WaitOn(std::uint64_t refused_by, absl::Status refusal, Waiter waiter) {
  bool stopped_for_good = false;
  {
    const absl::MutexLock lock(&mutex_);
    if (changing_) return postponed_.push_back(std::move(waiter));
    stopped_for_good = serving_->number == refused_by;
  }
  if (stopped_for_good) return waiter.done(std::move(refusal));
  WaitForAsync(waiter.position, waiter.deadline, std::move(waiter.done));
}

std::uint64_t RebuildableViews::ready_size() const { return Serving()->engine->ready_size(); }

absl::Status RebuildableViews::Query(const AsOf& as_of, const ReadViews& read) {
  return Serving()->engine->Query(as_of, read);
}

EngineStatus RebuildableViews::status() { return Serving()->engine->status(); }

void RebuildableViews::Rebuild() {
  eventstore::NameThread("view-rebuild");
  Held before = Serving();
  Held next;
  {
    const absl::MutexLock lock(&mutex_);
    next = next_;
  }
  RebuildStatus::Outcome outcome;
  outcome.generation = next->number;
  absl::Status done = CatchUp(*next->engine);
  if (done.ok()) done = ChangeOver(next, outcome);
  if (outcome.changed_over && done.ok()) done = Compare(*before, *next, outcome);
  if (!done.ok()) outcome.problem = eventstore::Message(done);
  options_.log("generation " + std::to_string(next->number) +
               (outcome.changed_over ? " answers now" : " was given up") +
               (outcome.problem.empty() ? "" : ": " + outcome.problem));
  for (const std::string& view : outcome.differing) {
    options_.log("the view " + view + " had other rows before, at size " +
                 std::to_string(outcome.size));
  }
  const std::uint64_t stays = outcome.changed_over ? next->number : before->number;
  Held leaves = outcome.changed_over ? std::move(before) : std::move(next);
  before.reset();
  next.reset();
  {
    const absl::MutexLock lock(&mutex_);
    last_ = std::move(outcome);
    next_.reset();
  }
  Retire(std::move(leaves));
  if (const auto removed = shelf_.RemoveOthers(stays); !removed.ok()) {
    options_.log(eventstore::Message(removed));  // tried again by the next rebuild or start
  }
  const absl::MutexLock lock(&mutex_);
  rebuilding_ = false;
}

absl::Status RebuildableViews::CatchUp(Engine& next) {
  absl::Status reached;
  do {
    const std::uint64_t size = Serving()->engine->status().views.size;
    if (size == 0) break;
    reached = next.WaitFor({size - 1}, steady_clock::now() + kLook);
  } while (HasReason(reached, reason::kViewBehind));
  DAYBOOK_RETURN_IF_ERROR(reached);
  return FitToServe(Serving()->engine->status(), next.status());
}

absl::Status RebuildableViews::ChangeOver(const Held& next, RebuildStatus::Outcome& outcome) {
  DAYBOOK_RETURN_IF_ERROR(shelf_.Serve(next->number));
  const Held before = Serving();
  {
    const absl::MutexLock lock(&mutex_);
    changing_ = true;
  }
  // Stands still from here on, so that nobody sees it at a size which the new one has not reached.
  // What it could not write any more is of no use to anyone.
  before->engine->StopAndFlush().IgnoreError();
  const std::uint64_t size = before->engine->status().views.size;
  next->engine->RaiseReadySize(size);
  if (size > 0) {
    next->engine->WaitFor({size - 1}, steady_clock::now() + kLastEvents).IgnoreError();
  }
  std::vector<Waiter> postponed;
  {
    const absl::MutexLock lock(&mutex_);
    serving_ = next;
    changing_ = false;
    postponed.swap(postponed_);
  }
  for (Waiter& waiter : postponed) {
    WaitForAsync(waiter.position, waiter.deadline, std::move(waiter.done));
  }
  outcome.changed_over = true;
  outcome.size = size;
  return absl::OkStatus();
}

absl::Status RebuildableViews::Compare(Generation& before, Generation& after,
                                       RebuildStatus::Outcome& outcome) {
  DAYBOOK_ASSIGN_OR_RETURN(const Fingerprints old_rows,
                           FingerprintsAt(*before.engine, outcome.size));
  DAYBOOK_ASSIGN_OR_RETURN(const Fingerprints new_rows,
                           FingerprintsAt(*after.engine, outcome.size));
  for (const auto& [view, print] : new_rows) {
    const auto old_print = old_rows.find(view);
    if (old_print == old_rows.end() || old_print->second != print) {
      outcome.differing.push_back(view);
    }
  }
  return absl::OkStatus();
}

// Ends when nobody reads it any more and it is closed.
void RebuildableViews::Retire(Held generation) {
  const std::shared_ptr<absl::Notification> closed = generation->closed;
  generation.reset();
  closed->WaitForNotification();
}

}  // namespace daybook::projections
