#include "projections/engine/runner.h"

#include <algorithm>
#include <utility>

#include "absl/time/time.h"
#include "eventstore/core/error.h"
#include "eventstore/core/thread_name.h"
#include "projections/engine/restore.h"

namespace daybook::projections {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds kReadRetry{500};
constexpr std::size_t kEventsPerClockLook = 64;

// How far kept states lie apart once the log has `size` events. Doubles with the log from half the
// largest number of them on, so that the number grows with its logarithm only.
std::uint64_t KeepSpacing(const EngineOptions& options, std::uint64_t size) {
  std::uint64_t spacing = std::max<std::uint64_t>(options.keep_events, 1);
  while (size / spacing > std::max<std::size_t>(options.kept_states_max / 2, 1)) spacing *= 2;
  return spacing;
}

}  // namespace

Runner::Runner(const Parts& parts, std::uint64_t size, std::uint64_t kept_size)
    : parts_(parts), applied_(size), kept_size_(kept_size), stored_size_(size) {}

Runner::~Runner() { Stop().IgnoreError(); }

void Runner::Start() {
  listener_ = parts_.events.OnCommit([this](std::uint64_t size) {
    absl::MutexLock lock(&signal_mutex_);
    head_ = std::max(head_, size);
  });
  const std::uint64_t head = parts_.events.Head().size;
  {
    absl::MutexLock lock(&signal_mutex_);
    head_ = std::max(head_, head);
  }
  thread_ = std::jthread([this] { Run(); });
}

absl::Status Runner::Stop() {
  listener_.reset();
  {
    absl::MutexLock lock(&signal_mutex_);
    stop_ = true;
  }
  if (thread_.joinable()) thread_.join();
  // A batch left over from a failed write goes first, then what came after it.
  DAYBOOK_RETURN_IF_ERROR(WritePending());
  return applied_ > stored_size_.load() ? Commit() : absl::OkStatus();
}

std::string Runner::problem() {
  absl::MutexLock lock(&problem_mutex_);
  return read_problem_.empty() ? write_problem_ : read_problem_;
}

void Runner::Run() {
  eventstore::NameThread("view-runner");
  PageReader reader(parts_.events, parts_.types, parts_.options.batch_events);
  while (true) {
    std::uint64_t head = 0;
    {
      absl::MutexLock lock(&signal_mutex_);
      WaitForWork();
      if (stop_) return;
      head = head_;
    }
    if (applied_ < head) NoteRead(ReadAndApply(reader, head));
    if (CommitDue(steady_clock::now())) NoteWrite(Commit());
  }
}

void Runner::WaitForWork() {
  const auto ready = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(signal_mutex_) {
    return stop_ || (head_ > applied_ && !read_failed_);
  };
  const auto now = steady_clock::now();
  Time until = Time::max();
  if (applied_ > stored_size_.load()) until = unwritten_since_ + parts_.options.commit_interval;
  if (read_failed_) until = std::min(until, now + kReadRetry);
  if (until == Time::max()) {
    signal_mutex_.Await(absl::Condition(&ready));
  } else {
    signal_mutex_.AwaitWithTimeout(absl::Condition(&ready), absl::FromChrono(until - now));
  }
}

absl::Status Runner::ReadAndApply(PageReader& reader, std::uint64_t head) {
  DAYBOOK_ASSIGN_OR_RETURN(EventBatch * page, reader.Read(applied_, head));
  if (applied_ == stored_size_.load()) unwritten_since_ = steady_clock::now();
  page->Decode();
  Apply(page->events());
  behind_ = head - applied_ > parts_.options.commit_events;
  return absl::OkStatus();
}

// Several short holds of the lock rather than one long: a query waits for one hold at most.
void Runner::Apply(std::span<const BatchEvent> events) {
  LiveViews& live = parts_.live;
  for (std::size_t next = 0; next < events.size();) {
    const std::size_t first = next;
    {
      absl::WriterMutexLock lock(&live.mutex);
      const Time until = steady_clock::now() + parts_.options.hold_time;
      while (next < events.size()) {
        ApplyEvent(live.views, events[next]);
        CountUnknown(live.views, events[next]);
        ++next;
        if (next % kEventsPerClockLook == 0 && steady_clock::now() > until) break;
      }
      live.size += next - first;
      applied_ = live.size;
    }
    parts_.waiters.Reached(applied_);
  }
}

bool Runner::CommitDue(Time now) const {
  const std::uint64_t unwritten = applied_ - stored_size_.load();
  if (unwritten == 0) return false;
  // After a failure only time counts, or a full disk would be tried after every batch.
  if (unwritten >= parts_.options.commit_events && !write_failed_) return true;
  // Far behind, a commit by time would only write the rows that the next events change once more.
  return now - unwritten_since_ >= parts_.options.commit_interval && (write_failed_ || !behind_);
}

absl::Status Runner::Commit() {
  DAYBOOK_RETURN_IF_ERROR(WritePending());
  DAYBOOK_ASSIGN_OR_RETURN(eventstore::Checkpoint checkpoint, parts_.checkpoints.At(applied_));
  {
    // For reading: queries go on while rows are serialised (see LiveViews).
    absl::ReaderMutexLock lock(&parts_.live.mutex);
    pending_ = TakeChanges(parts_.live.views, std::move(checkpoint));
  }
  pending_->keep = applied_ - kept_size_ >= KeepSpacing(parts_.options, applied_);
  return WritePending();
}

absl::Status Runner::WritePending() {
  if (!pending_.has_value()) return absl::OkStatus();
  DAYBOOK_RETURN_IF_ERROR(parts_.store.Commit(*pending_));
  stored_size_.store(pending_->meta.checkpoint.size);
  if (pending_->keep) kept_size_ = pending_->meta.checkpoint.size;
  pending_.reset();
  return absl::OkStatus();
}

void Runner::NoteRead(const absl::Status& status) {
  read_failed_ = !status.ok();
  const std::string problem =
      status.ok() ? "" : "the views cannot read the log: " + eventstore::Message(status);
  absl::MutexLock lock(&problem_mutex_);
  if (read_problem_ == problem) return;
  read_problem_ = problem;
  parts_.options.log(status.ok() ? "the views read the log again" : problem);
}

void Runner::NoteWrite(const absl::Status& status) {
  write_failed_ = !status.ok();
  if (write_failed_) unwritten_since_ = steady_clock::now();
  const std::string problem =
      status.ok() ? "" : "the views cannot be stored: " + eventstore::Message(status);
  absl::MutexLock lock(&problem_mutex_);
  if (write_problem_ == problem) return;
  write_problem_ = problem;
  parts_.options.log(status.ok() ? "the views are stored again" : problem);
}

}  // namespace daybook::projections
