#include "eventstore/rocksdb/committer.h"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "eventstore/core/error.h"
#include "eventstore/core/thread_name.h"

namespace daybook::eventstore::rocks {
namespace {

// A full disk keeps its reason: the operator can do something about it.
absl::Status Stopped(std::string_view why, std::string_view reason = reason::kStoreStopped) {
  return MakeError(absl::StatusCode::kUnavailable,
                   "the store takes no requests: " + std::string(why),
                   {.reason = std::string(reason),
                    .remedy = "Send the request again with the same request id once the store is "
                              "running.",
                    .fields = {},
                    .metadata = {}});
}

absl::Status OutcomeUnknown(const absl::Status& why) {
  return MakeError(absl::StatusCode::kUnavailable,
                   "it is not known whether the request was recorded: " + Message(why),
                   {.reason = std::string(reason::kOutcomeUnknown),
                    .remedy = "Send the request again with the same request id once the store is "
                              "running: it is recorded once.",
                    .fields = {},
                    .metadata = {}});
}

}  // namespace

Committer::Committer(Parts parts)
    : parts_(std::move(parts)), queue_(parts_.limits), thread_([this] { Run(); }) {}

Committer::~Committer() { Stop().IgnoreError(); }

void Committer::Submit(QueuedRequest request) {
  if (absl::Status status = queue_.Push(request); !status.ok()) {
    if (absl::IsResourceExhausted(status)) ++parts_.statistics->queue_full;
    request.done(std::move(status));
  }
}

absl::Status Committer::Health() const {
  DAYBOOK_RETURN_IF_ERROR(queue_.status());
  return parts_.sequencer->CheckClock();
}

void Committer::Run() {
  NameThread("committer");
  while (true) {
    std::vector<QueuedRequest> requests = queue_.Take();
    if (requests.empty()) return;
    if (failed_) {
      Fail(queue_.status(), std::move(requests), Outcome::kNothingWritten);
    } else {
      Commit(std::move(requests));
    }
  }
}

void Committer::Commit(std::vector<QueuedRequest> requests) {
  absl::StatusOr<Sequencer::Decision> decision = parts_.sequencer->Decide(requests);
  if (!decision.ok()) {
    Fail(decision.status(), std::move(requests), Outcome::kNothingWritten);
    return;
  }
  if (decision->group) {
    if (const absl::Status status = MakeDurable(*std::move(decision->group)); !status.ok()) {
      const bool unknown = applying_ || parts_.journal->may_have_written();
      Fail(status, std::move(requests), unknown ? Outcome::kUnknown : Outcome::kNothingWritten);
      return;
    }
    parts_.notify(parts_.applier->tail().size);
  }
  Count(*decision);
  answerer_->Answer(std::move(requests), std::move(decision->answers));
}

void Committer::Count(const Sequencer::Decision& decision) {
  StoreStatistics& statistics = *parts_.statistics;
  std::uint64_t recorded = 0;
  for (const absl::StatusOr<AppendResult>& answer : decision.answers) {
    if (!answer.ok()) {
      ++statistics.refused;
    } else if (answer->duplicate) {
      ++statistics.duplicates;
    } else {
      ++recorded;
    }
  }
  if (recorded == 0) return;
  statistics.requests += recorded;
  statistics.group_requests.Observe(static_cast<double>(recorded));
}

absl::Status Committer::MakeDurable(Group group) {
  const auto begin = std::chrono::steady_clock::now();
  DAYBOOK_ASSIGN_OR_RETURN(const std::uint32_t crc, parts_.journal->Append(group));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  parts_.statistics->group_write.Observe(took.count());
  parts_.statistics->bytes += group.frame.size();
  parts_.statistics->events += group.header.event_count;
  applying_ = true;
  if (parts_.fault) DAYBOOK_RETURN_IF_ERROR(parts_.fault("store.apply"));
  DAYBOOK_RETURN_IF_ERROR(parts_.applier->Apply(group, crc));
  applying_ = false;
  parts_.sequencer->Advance(std::move(group));
  parts_.publish(parts_.applier->tail());
  return absl::OkStatus();
}

void Committer::Fail(const absl::Status& why, std::vector<QueuedRequest> requests,
                     Outcome outcome) {
  if (!failed_) {
    failed_ = true;
    ++parts_.statistics->failures;
    const bool full = ErrorReason(why) == reason::kDiskFull;
    queue_.Close(Stopped(Message(why), full ? reason::kDiskFull : reason::kStoreStopped));
    parts_.failed(why);
  }
  const absl::Status answer = outcome == Outcome::kUnknown ? OutcomeUnknown(why) : queue_.status();
  std::vector<absl::StatusOr<AppendResult>> answers(requests.size(), answer);
  answerer_->Answer(std::move(requests), std::move(answers));
}

absl::Status Committer::Stop() {
  if (stopped_) return absl::OkStatus();
  stopped_ = true;
  queue_.Close(Stopped("it is closing"));
  thread_.join();
  answerer_.reset();
  if (failed_) return queue_.status();
  return MakeDurable(parts_.sequencer->Empty(FrameKind::kClosing));
}

void Committer::AbandonForTest() {
  stopped_ = true;
  queue_.Close(Stopped("it was abandoned"));
  thread_.join();
  answerer_.reset();
}

}  // namespace daybook::eventstore::rocks
