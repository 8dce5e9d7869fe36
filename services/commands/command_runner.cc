#include "services/commands/command_runner.h"

#include <set>
#include <string>
#include <utility>
#include <variant>

#include "absl/synchronization/notification.h"
#include "eventstore/core/error.h"
#include "eventstore/core/refusals.h"
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

void CollectKeys(const eventstore::NewEvent& event, std::set<std::string>& keys) {
  for (const eventstore::SealedPart& part : event.parts) keys.insert(part.key_id);
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
    if (absl::Status checked = CheckKnown(command, **known); !checked.ok()) {
      return Finish(attempt, std::move(checked));
    }
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
  if (absl::Status added = AddSealedDigest(command, request); !added.ok()) {
    return Finish(attempt, std::move(added));
  }
  Append(attempt, std::move(request));
}

void CommandRunner::Append(const std::shared_ptr<Attempt>& attempt, AppendRequest request) {
  store_.AppendAsync(std::move(request), [this, attempt](absl::StatusOr<AppendResult> result) {
    if (IsConflict(result.status()) && attempt->number < kAttemptsMax) return Retry(attempt);
    // The same id came twice at once: this one is looked at as any other that is known.
    if (result.ok() && result->duplicate && attempt->command.NeedsCheck()) return Retry(attempt);
    Finish(attempt, std::move(result));
  });
}

absl::Status CommandRunner::AddSealedDigest(const Command& command, AppendRequest& request) {
  if (command.sealed.empty()) return absl::OkStatus();
  const std::string recorded = command.sealed.Recorded(request.answer);
  std::set<std::string> keys;
  for (const eventstore::StreamWrite& write : request.writes) {
    for (const eventstore::NewEvent& event : write.events) CollectKeys(event, keys);
  }
  // Without a part nothing was sealed, and nothing without a key may be kept of it.
  if (recorded.empty() || keys.empty()) return absl::OkStatus();
  DAYBOOK_ASSIGN_OR_RETURN(const auto digest, sealer_.DigestUnder(keys, recorded));
  request.sealed_digest = digest.value_or("");
  return absl::OkStatus();
}

absl::Status CommandRunner::CheckKnown(const Command& command, const AppendResult& known) {
  if (command.check_known) DAYBOOK_RETURN_IF_ERROR(command.check_known(known));
  if (command.sealed.empty() || known.sealed_digest.empty()) return absl::OkStatus();
  std::set<std::string> keys;
  DAYBOOK_RETURN_IF_ERROR(
      store_.ReadAll({.from = known.first, .limit = known.last.value - known.first.value + 1},
                     [&keys](const eventstore::RecordedEvent& recorded) {
                       CollectKeys(recorded.event, keys);
                       return true;
                     }));
  DAYBOOK_ASSIGN_OR_RETURN(const auto digest,
                           sealer_.DigestUnder(keys, command.sealed.Recorded(known.answer)));
  const bool same = !digest || *digest == known.sealed_digest;
  return same ? absl::OkStatus() : eventstore::RequestIdReused();
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
