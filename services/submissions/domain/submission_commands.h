// The rules of submissions: opening and completing a file.
//
// Decide is pure. Open and Complete load what Decide needs; they are what a command runs. `head` is
// checked at the door (services/commands/door.h), not here.
//
// The answer of a Decision is a serialised v1::Submission as it then stood. A request that is
// answered from the log carries the submission as it stood at the first answer: read it again with
// Load to know whether it was completed since.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "daybook/submissions/v1/submissions_service.pb.h"
#include "services/commands/caller.h"
#include "services/commands/decision.h"
#include "services/commands/stream_loader.h"
#include "services/submissions/domain/submission_state.h"

namespace daybook::submissions {

// The registered datasets: true for a name that files may have.
bool IsDataset(std::string_view name);

// `same` is the submission of this very file (empty if it never came), `latest` that of the scope's
// highest version (empty if there is none). The same file gives the same submission; another one is
// refused with SUBMISSION_DIFFERS unless the latest was completed without a recorded row.
commands::Outcome Decide(const commands::Caller& caller, const ScopeState& scope,
                         const SubmissionState& same, const SubmissionState& latest,
                         const v1::OpenSubmissionRequest& request);

// Errors: UNKNOWN_SUBMISSION (or another agency's), WRONG_STATE (completed with other counts).
commands::Outcome Decide(const commands::Caller& caller, const SubmissionState& submission,
                         const v1::CompleteSubmissionRequest& request);

absl::StatusOr<commands::Outcome> Open(const commands::Caller& caller,
                                       const v1::OpenSubmissionRequest& request,
                                       commands::StreamLoader& loader);

absl::StatusOr<commands::Outcome> Complete(const commands::Caller& caller,
                                           const v1::CompleteSubmissionRequest& request,
                                           commands::StreamLoader& loader);

// One submission; `opened` is empty when it was never opened.
absl::StatusOr<SubmissionState> Load(std::string_view submission_id,
                                     commands::StreamLoader& loader);

// For contexts whose rows name a submission: nullopt when `submission_id` is empty or this agency
// opened it, else UNKNOWN_SUBMISSION.
absl::StatusOr<std::optional<commands::Rejection>> CheckOpened(const commands::Caller& caller,
                                                               std::string_view submission_id,
                                                               commands::StreamLoader& loader);

// UNKNOWN_SUBMISSION.
commands::Rejection UnknownSubmission(std::string_view field);

// The submission in the answer of a Decision; empty for an answer of another kind.
v1::Submission SubmissionInAnswer(std::string_view answer);

}  // namespace daybook::submissions
