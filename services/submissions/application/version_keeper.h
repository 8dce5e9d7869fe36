// Files of versioned datasets, from their rows to the record: rows are kept aside, compared when
// the file is complete, and only the differences are recorded.
//
// One file is compared and recorded at a time. Whatever is broken off goes on when the file is
// completed again: what is recorded already is found to stand. Rows that wait are lost with the
// process; the sender is told how many there are (WRONG_STATE) and sends them again.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "eventstore/core/clock.h"
#include "eventstore/core/event_store.h"
#include "eventstore/staging/row_stage.h"
#include "services/commands/command_runner.h"
#include "services/commands/versioned_rows.h"
#include "services/submissions/application/trials.h"
#include "services/submissions/application/version_plan.h"
#include "services/submissions/domain/submission_commands.h"

namespace daybook::submissions {

// Thread-safe. Owns nothing that it is given; all of it must outlive it.
class VersionKeeper {
 public:
  VersionKeeper(eventstore::EventStore& store, commands::CommandRunner& runner,
                staging::RowStage& stage, const eventstore::Clock& clock,
                std::vector<const commands::VersionedRows*> families)
      : store_(store),
        runner_(runner),
        stage_(stage),
        clock_(clock),
        families_(std::move(families)) {}

  // Keeps rows of a file that this agency opened for this dataset. UNKNOWN_SUBMISSION,
  // INVALID_FIELD (another dataset); those of the stage.
  absl::Status Keep(const commands::Caller& caller, std::string_view submission_id,
                    std::string_view dataset, std::span<const commands::RowToKeep> rows);

  // Opens a trial: rows are kept and compared, and nothing is recorded. INVALID_FIELD and the like,
  // also for a dataset that is not versioned.
  absl::StatusOr<v1::Submission> OpenTrial(const commands::Caller& caller,
                                           const v1::OpenSubmissionRequest& request);

  struct Completed {
    v1::Submission submission;
    std::vector<types::v1::RowResult> refused;
    std::vector<types::v1::RowResult> erased;
    std::optional<eventstore::AppendResult> receipt;  // of its last event; none for a trial
  };
  // `frame` is the command without its decision. The answer is remembered under its request id, as
  // that of any command. nullopt when the submission is of a dataset that is not versioned. Takes
  // as long as the file is large; not to be called on a thread that decides commands.
  absl::StatusOr<std::optional<Completed>> Complete(const commands::Command& frame,
                                                    const v1::CompleteSubmissionRequest& request);

  // As it stands now, trials included; nullopt when it is not known.
  absl::StatusOr<std::optional<v1::Submission>> Get(std::string_view submission_id);

 private:
  struct Work;  // one completion

  const commands::VersionedRows* FamilyOf(std::string_view dataset) const;
  absl::StatusOr<SubmissionState> Find(std::string_view submission_id);
  absl::Status CheckRowsAreThere(const Work& work) const;
  Months MonthsOf(const SubmissionState& state) ABSL_LOCKS_EXCLUDED(mutex_);
  absl::StatusOr<bool> IsAwaited(const Work& work, const Months& months,
                                 const commands::RowHash& row) ABSL_LOCKS_EXCLUDED(mutex_);
  absl::StatusOr<Completed> Judge(Work& work) ABSL_EXCLUSIVE_LOCKS_REQUIRED(turn_);
  absl::Status CheckSender(const Work& work, const Months& months);
  absl::Status Compare(Work& work) ABSL_EXCLUSIVE_LOCKS_REQUIRED(turn_);
  absl::StatusOr<std::optional<Completed>> AnsweredBefore(const Work& work);
  absl::StatusOr<Completed> AnswerAsItStands(const Work& work) ABSL_EXCLUSIVE_LOCKS_REQUIRED(turn_);
  absl::StatusOr<Completed> AnswerTrial(Work& work) ABSL_EXCLUSIVE_LOCKS_REQUIRED(turn_);
  absl::StatusOr<Completed> AnswerHeld(Work& work) ABSL_EXCLUSIVE_LOCKS_REQUIRED(turn_);
  absl::Status Accept(Work& work) ABSL_EXCLUSIVE_LOCKS_REQUIRED(turn_);
  absl::StatusOr<Completed> Finish(Work& work, const events::v1::VersionCounts& counts)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(turn_);
  void Forget(const std::string& submission_id) ABSL_LOCKS_EXCLUDED(mutex_);  // its rows
  using Decide = std::function<absl::StatusOr<commands::Decision>(commands::StreamLoader&)>;
  absl::StatusOr<Completed> RunLast(Work& work, Decide decide) ABSL_EXCLUSIVE_LOCKS_REQUIRED(turn_);
  absl::StatusOr<Completed> ToCompleted(eventstore::AppendResult result,
                                        const SubmissionState& state);
  absl::StatusOr<v1::Submission> Describe(const SubmissionState& state);

  eventstore::EventStore& store_;
  commands::CommandRunner& runner_;
  staging::RowStage& stage_;
  const eventstore::Clock& clock_;
  const std::vector<const commands::VersionedRows*> families_;

  absl::Mutex turn_;  // guards: Complete, one file at a time compared and recorded
  Trials trials_;
  absl::Mutex mutex_;
  struct Waiting {
    commands::ScopeName scope;
    Months months;  // of its rows
    bool trial = false;
  };
  // Files of which rows wait.
  std::map<std::string, Waiting, std::less<>> waiting_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace daybook::submissions
