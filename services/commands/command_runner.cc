#include "services/commands/command_runner.h"

#include <utility>
#include <variant>

#include "absl/synchronization/notification.h"
#include "eventstore/core/error.h"
#include "services/commands/prepare_writes.h"

namespace daybook::commands {

using eventstore::AppendRequest;
using eventstore::AppendResult;

struct CommandRunner::Attempt {
  Command command;
  CommandCallback done;
  int number = 0;        // attempts begun
  bool in_turn = false;  // it is the one that tries again
};

namespace {

bool IsConflict(const absl::Status& status) {
  return absl::IsAborted(status) &&
         eventstore::ErrorReason(status) == eventstore::reason::kRevisionConflict;
}

AppendRequest FrameOf(const Command& command) {
  AppendRequest request;
  request.agency = command.caller.agency;
  request.actor = command.caller.actor;
  request.request_id = command.request_id;
  request.fingerprint = command.fingerprint;
  request.correlation_id = command.correlation_id;
  return request;
}

}  // namespace

void CommandRunner::Run(Command command, CommandCallback done) {
  auto attempt = std::make_shared<Attempt>();
  attempt->command = std::move(command);
  attempt->done = std::move(done);
  executor_.Execute([this, attempt] { RunAttempt(attempt); });
}

void CommandRunner::RunHere(Command command, CommandCallback done) {
  auto attempt = std::make_shared<Attempt>();
  attempt->command = std::move(command);
  attempt->done = std::move(done);
  RunAttempt(attempt);
}

absl::StatusOr<AppendResult> CommandRunner::RunAndWait(Command command) {
  absl::StatusOr<AppendResult> result = absl::UnknownError("no answer");
  absl::Notification answered;
  RunHere(std::move(command), [&](absl::StatusOr<AppendResult> answer) {
    result = std::move(answer);
    answered.Notify();
  });
  answered.WaitForNotification();
  return result;
}

void CommandRunner::RunAttempt(const std::shared_ptr<Attempt>& attempt) {
  const Command& command = attempt->command;
  ++attempt->number;
  auto known = store_.FindRequest(command.caller.agency, command.request_id, command.fingerprint);
  if (!known.ok()) return Finish(attempt, known.status());
  if (known->has_value()) {
    (*known)->duplicate = true;
    return Finish(attempt, **std::move(known));
  }
  StreamLoader loader(store_);
  auto outcome = command.decide(loader);
  if (!outcome.ok()) return Finish(attempt, outcome.status());
  if (const auto* rejection = std::get_if<Rejection>(&*outcome)) {
    return Finish(attempt, ToStatus(*rejection));
  }
  auto& decision = std::get<Decision>(*outcome);
  if (decision.events.empty()) return Finish(attempt, NothingNew(std::move(decision.answer)));

  AppendRequest request = FrameOf(command);
  request.answer = std::move(decision.answer);
  auto writes = PrepareWrites(std::move(decision.events), command, loader, sealer_);
  if (!writes.ok()) return Finish(attempt, writes.status());
  request.writes = *std::move(writes);
  Append(attempt, std::move(request));
}

void CommandRunner::Append(const std::shared_ptr<Attempt>& attempt, AppendRequest request) {
  store_.AppendAsync(std::move(request), [this, attempt](absl::StatusOr<AppendResult> result) {
    if (IsConflict(result.status()) && attempt->number < kAttemptsMax) return Retry(attempt);
    Finish(attempt, std::move(result));
  });
}

absl::StatusOr<AppendResult> CommandRunner::NothingNew(std::string answer) {
  AppendResult result;
  result.answer = std::move(answer);
  result.duplicate = true;
  eventstore::ReadAllOptions last;
  last.direction = eventstore::Direction::kBackward;
  last.limit = 1;
  DAYBOOK_RETURN_IF_ERROR(store_.ReadAll(last, [&](eventstore::RecordedEvent& event) {
    result.first = result.last = event.position;
    result.record_time = event.record_time;
    return false;
  }));
  return result;
}

void CommandRunner::Finish(const std::shared_ptr<Attempt>& attempt,
                           absl::StatusOr<AppendResult> result) {
  // The answer comes last: after it the runner may be gone.
  if (std::exchange(attempt->in_turn, false)) StartNextRetry();
  attempt->done(std::move(result));
}

void CommandRunner::Retry(const std::shared_ptr<Attempt>& attempt) {
  if (attempt->in_turn) {
    executor_.Execute([this, attempt] { RunAttempt(attempt); });
    return;
  }
  {
    absl::MutexLock lock(&mutex_);
    retries_.push_back(attempt);
    if (std::exchange(retrying_, true)) return;
  }
  StartNextRetry();
}

void CommandRunner::StartNextRetry() {
  std::shared_ptr<Attempt> next;
  {
    absl::MutexLock lock(&mutex_);
    retrying_ = !retries_.empty();
    if (!retrying_) return;
    next = std::move(retries_.front());
    retries_.pop_front();
  }
  next->in_turn = true;
  executor_.Execute([this, next] { RunAttempt(next); });
}

}  // namespace daybook::commands
