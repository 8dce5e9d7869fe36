// The one common way of a command:
//   known request? -> load -> fold -> decide -> seal -> append -> answer,
// with a bounded retry when another writer came between.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "eventstore/core/event_store.h"
#include "services/commands/caller.h"
#include "services/commands/decision.h"
#include "services/commands/fingerprint.h"
#include "services/commands/part_sealer.h"
#include "services/commands/stream_loader.h"

namespace daybook::commands {

struct Command {
  Caller caller;
  std::string request_id;
  std::string correlation_id;
  eventstore::Known known;
  // ContentOf() the validated request: by the fingerprint a retry is known, and by what is sealed,
  // as long as its keys are there.
  eventstore::Hash fingerprint{};
  SealedContent sealed = {};
  // Loads what it needs and decides. Called again with a fresh loader after a conflict, so it must
  // not change anything outside. A status (not a Rejection) is a failure of the store.
  std::function<absl::StatusOr<Outcome>(StreamLoader&)> decide;
  // What else must be so of a request that was answered before; optional.
  std::function<absl::Status(const eventstore::AppendResult&)> check_known = {};

  bool NeedsCheck() const { return check_known != nullptr || !sealed.empty(); }
};

using CommandCallback = std::function<void(absl::StatusOr<eventstore::AppendResult>)>;

// Runs work off the caller's thread; implemented by services/runtime's pool.
class Executor {
 public:
  virtual ~Executor() = default;
  virtual void Execute(std::function<void()> work) = 0;
};

// Thread-safe. Does not own what it is given; all of it must outlive the runner, and the runner
// every command that was given to it.
class CommandRunner {
 public:
  static constexpr int kAttemptsMax = 32;

  CommandRunner(eventstore::EventStore& store, PartSealer& sealer, Executor& executor)
      : store_(store), sealer_(sealer), executor_(executor) {}

  // Loads, decides and queues the append on the executor; `done` is called exactly once, on the
  // committer's or an executor's thread, and must not block. Errors: those of the store, of the
  // rejection, and REVISION_CONFLICT when every attempt met another writer.
  //
  // A request that is known by its id and fingerprint is answered as then. What is sealed of it
  // must be the same, too (REQUEST_ID_REUSED): it was digested under the keys of all parts that the
  // request sealed. Once one of them was destroyed the id and the fingerprint alone decide.
  //
  // A decision without events is answered as a duplicate: its position is that of the log's last
  // event, where the facts stand already, and nothing is remembered of the request.
  void Run(Command command, CommandCallback done);

  // The same, waiting for the answer. Not on the committer's thread, nor on the executor's own.
  absl::StatusOr<eventstore::AppendResult> RunAndWait(Command command);

  // The same for a caller that is on the executor already: loads and decides before it returns.
  void RunHere(Command command, CommandCallback done);

 private:
  struct Attempt;

  void RunAttempt(const std::shared_ptr<Attempt>& attempt) ABSL_LOCKS_EXCLUDED(mutex_);
  void Append(const std::shared_ptr<Attempt>& attempt, eventstore::AppendRequest request);
  absl::StatusOr<eventstore::AppendResult> NothingNew(std::string answer);
  absl::Status CheckKnown(const Command& command, const eventstore::AppendResult& known);
  absl::Status AddSealedDigest(const Command& command, eventstore::AppendRequest& request);
  void Finish(const std::shared_ptr<Attempt>& attempt,
              absl::StatusOr<eventstore::AppendResult> result) ABSL_LOCKS_EXCLUDED(mutex_);

  // Commands that met another writer try again one at a time: a session whose messages all write to
  // one stream would otherwise use up its attempts against itself.
  void Retry(const std::shared_ptr<Attempt>& attempt) ABSL_LOCKS_EXCLUDED(mutex_);
  void StartNextRetry() ABSL_LOCKS_EXCLUDED(mutex_);

  eventstore::EventStore& store_;
  PartSealer& sealer_;
  Executor& executor_;

  absl::Mutex mutex_;
  std::deque<std::shared_ptr<Attempt>> retries_ ABSL_GUARDED_BY(mutex_);
  bool retrying_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace daybook::commands
