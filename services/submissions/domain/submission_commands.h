// The rules of submissions: opening and completing a file.
//
// Decide is pure. Open and Complete load what Decide needs; they are what a command runs. `head` is
// checked at the door (services/commands/door.h), not here. How the file of a versioned dataset is
// compared and recorded is the work of application/version_keeper.h.
//
// The answer of a Decision is a serialised v1::Submission as it then stood. A request that is
// answered from the log carries the submission as it stood at the first answer: read it again with
// Load to know whether it was completed since.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "daybook/submissions/v1/submissions_service.pb.h"
#include "eventstore/core/ids.h"
#include "services/commands/caller.h"
#include "services/commands/decision.h"
#include "services/commands/door.h"
#include "services/commands/stream_loader.h"
#include "services/submissions/domain/submission_state.h"

namespace daybook::submissions {

inline constexpr std::size_t kSha256Digits = 64;

// The registered datasets: true for a name that files may have.
bool IsDataset(std::string_view name);

// `same` is the submission of this very file (empty if it never came). The file that stands gives
// its submission, whatever else is asked; a file that came before gives its submission unless
// `as_new_version`; any other is the next version.
// Of a dataset with sealed cells `request` names the scope by its opaque id, and `scope_as_sent` is
// sealed, as the reason is.
commands::Outcome Decide(const commands::Caller& caller, eventstore::CivilDay today,
                         const ScopeState& scope, const SubmissionState& same,
                         const v1::OpenSubmissionRequest& request,
                         std::string_view scope_as_sent = "");

// The opening that Decide would record; for a trial, which records none.
events::v1::SubmissionOpened MakeOpening(const commands::Caller& caller, eventstore::CivilDay today,
                                         const ScopeState& scope,
                                         const v1::OpenSubmissionRequest& request);
// Everything that is wrong with the shape of a request.
commands::Problems ShapeOf(const v1::OpenSubmissionRequest& request, eventstore::CivilDay today);
commands::Problems ShapeOf(const v1::CompleteSubmissionRequest& request);

// Of an unversioned dataset. Errors: UNKNOWN_SUBMISSION (or another agency's), WRONG_STATE
// (completed with other counts).
commands::Outcome Decide(const commands::Caller& caller, const SubmissionState& submission,
                         const v1::CompleteSubmissionRequest& request);

// Of a versioned dataset, what is decided once the file was compared with what stands. The loader
// has folded the streams of submission and scope, so that none of them changes in between.
commands::Decision Hold(const SubmissionState& submission, const events::v1::SubmissionHeld& held);
// `moved`: from how many rows of which scopes (streams) it takes. `published`: the records are.
commands::Decision Accept(const SubmissionState& submission,
                          const events::v1::VersionAccepted& accepted,
                          const std::map<std::string, std::uint32_t>& moved,
                          bool published = false);
commands::Decision Finish(const SubmissionState& submission,
                          const events::v1::SubmissionCompleted& completed);

absl::StatusOr<commands::Outcome> Open(const commands::Caller& caller, eventstore::CivilDay today,
                                       const v1::OpenSubmissionRequest& request,
                                       commands::StreamLoader& loader,
                                       std::string_view scope_as_sent = "");

// Within which the scopes of an agency's dataset have their opaque ids.
std::string ScopeSpace(std::string_view agency, std::string_view dataset);
inline constexpr std::string_view kScopePart = "scope";
inline constexpr std::string_view kReasonPart = "reason";

absl::StatusOr<commands::Outcome> Complete(const commands::Caller& caller,
                                           const v1::CompleteSubmissionRequest& request,
                                           commands::StreamLoader& loader);

// One submission; `opened` is empty when it was never opened.
absl::StatusOr<SubmissionState> Load(std::string_view submission_id,
                                     commands::StreamLoader& loader);
absl::StatusOr<ScopeState> LoadScope(std::string_view agency, std::string_view dataset,
                                     std::string_view scope, commands::StreamLoader& loader);
// Of an opened submission.
absl::StatusOr<ScopeState> LoadScopeOf(const SubmissionState& submission,
                                       commands::StreamLoader& loader);

// For contexts whose rows name a submission: nullopt when `submission_id` is empty or this agency
// opened it, else UNKNOWN_SUBMISSION. `opened` gets what was loaded.
absl::StatusOr<std::optional<commands::Rejection>> CheckOpened(const commands::Caller& caller,
                                                               std::string_view submission_id,
                                                               commands::StreamLoader& loader,
                                                               SubmissionState* opened = nullptr);

// UNKNOWN_SUBMISSION.
commands::Rejection UnknownSubmission(std::string_view field);

// The submission in the answer of a Decision; empty for an answer of another kind.
v1::Submission SubmissionInAnswer(std::string_view answer);

}  // namespace daybook::submissions
