#include "services/submissions/domain/submission_commands.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "eventstore/core/error.h"
#include "services/commands/door.h"

namespace daybook::submissions {

namespace ev = events::v1;
using commands::Caller;
using commands::Decision;
using commands::Outcome;
using commands::Problems;
using commands::Rejection;

namespace {

constexpr std::size_t kScopeBytesMax = 120;
constexpr std::size_t kSha256Digits = 64;
constexpr std::size_t kIdDigits = 32;
constexpr std::string_view kWhole = "whole";

constexpr std::array<std::string_view, 20> kDatasets = {
    "organisations", "successions",     "areas",   "partnerships", "members",   "measures",
    "breaks",        "observations",    "figures", "plan",         "plans",     "priorities",
    "commitments",   "actions",         "targets", "updates",      "incidents", "incident-returns",
    "referrals",     "police-uk-street"};

bool IsScope(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view("-_./").find(c) != std::string_view::npos;
  });
}

Problems ShapeOf(const v1::OpenSubmissionRequest& request) {
  Problems problems;
  if (request.dataset().empty()) {
    problems.push_back(commands::MissingField("dataset"));
  } else if (!IsDataset(request.dataset())) {
    problems.push_back(commands::UnknownValue("dataset", "a registered dataset"));
  }
  commands::RequireText("scope", request.scope(), kScopeBytesMax, problems);
  if (!IsScope(request.scope())) {
    problems.push_back(commands::InvalidField(
        "scope", "holds other characters than lower-case letters, digits and -_./",
        "Name the periods and areas that the file is complete for, for example "
        "essex-police/2018-10."));
  }
  if (!request.kind().empty() && request.kind() != kWhole) {
    problems.push_back(
        commands::UnknownValue("kind", "\"whole\": other kinds are not accepted yet"));
  }
  commands::CheckDay("extract_date", request.extract_date(), problems);
  if (request.sha256().empty()) {
    problems.push_back(commands::MissingField("sha256"));
  } else if (!commands::IsLowerHex(request.sha256(), kSha256Digits)) {
    problems.push_back(commands::InvalidField("sha256", "is not 64 lower-case hexadecimal digits",
                                              "Send the SHA-256 of the file's bytes."));
  }
  return problems;
}

Problems ShapeOf(const v1::CompleteSubmissionRequest& request) {
  Problems problems;
  if (request.submission_id().empty()) {
    problems.push_back(commands::MissingField("submission_id"));
  }
  const auto check = [&](std::string_view field, std::uint32_t rows) {
    if (rows > request.rows_read()) {
      problems.push_back(commands::InvalidField(field, "is more than the rows read",
                                                "Count every row of the file once."));
    }
  };
  check("rows_recorded", request.rows_recorded());
  check("rows_unchanged", request.rows_unchanged());
  check("rows_refused", request.rows_refused());
  return problems;
}

bool TookNothing(const SubmissionState& submission) {
  return submission.completed.has_value() && submission.completed->rows_recorded() == 0;
}

bool SameCounts(const ev::SubmissionCompleted& a, const ev::SubmissionCompleted& b) {
  return a.rows_read() == b.rows_read() && a.rows_recorded() == b.rows_recorded() &&
         a.rows_unchanged() == b.rows_unchanged() && a.rows_refused() == b.rows_refused();
}

// What was refused may be sent again once what refused it is mended; nothing else may.
std::optional<Rejection> CheckAnotherAttempt(const ev::SubmissionCompleted& stands,
                                             const ev::SubmissionCompleted& event) {
  if (stands.rows_refused() > 0 && stands.rows_read() == event.rows_read()) return std::nullopt;
  Rejection rejection;
  rejection.reason = "WRONG_STATE";
  rejection.message = stands.rows_refused() > 0
                          ? "The submission was completed before with another number of rows."
                          : "The submission was completed before without a refused row.";
  rejection.remedy = "Read it with GetSubmission; there is nothing more to send.";
  return rejection;
}

Decision AsItStands(const SubmissionState& submission) {
  Decision decision;
  decision.answer = ToSubmission(submission).SerializeAsString();
  return decision;
}

}  // namespace

bool IsDataset(std::string_view name) {
  return std::find(kDatasets.begin(), kDatasets.end(), name) != kDatasets.end();
}

Outcome Decide(const Caller& caller, const ScopeState& scope, const SubmissionState& same,
               const SubmissionState& latest, const v1::OpenSubmissionRequest& request) {
  if (Problems problems = ShapeOf(request); !problems.empty()) {
    return commands::RejectFields(std::move(problems));
  }
  if (same.opened.has_value()) return AsItStands(same);
  if (!scope.versions.empty() && !TookNothing(latest)) {
    Rejection rejection;
    rejection.reason = "SUBMISSION_DIFFERS";
    rejection.message = "Another file of this agency, dataset and scope was accepted before.";
    rejection.remedy =
        "Send the file that was accepted, or name a scope of its own for what this file adds; new "
        "versions of a file are not accepted yet.";
    rejection.metadata = {{"submission_id", scope.versions.back().submission_id()},
                          {"version", std::to_string(scope.versions.back().version())}};
    return rejection;
  }
  SubmissionState opened{
      .agency = caller.agency, .opened = ev::SubmissionOpened(), .completed = {}};
  ev::SubmissionOpened& event = *opened.opened;
  event.set_submission_id(
      SubmissionId(caller.agency, request.dataset(), request.scope(), request.sha256()));
  event.set_dataset(request.dataset());
  event.set_scope(request.scope());
  event.set_kind(std::string(kWhole));
  event.set_version(static_cast<std::uint32_t>(scope.versions.size()) + 1);
  event.set_extract_date(request.extract_date());
  event.set_sha256(request.sha256());

  Decision decision = AsItStands(opened);
  decision.events.push_back(
      commands::MakeDraft(SubmissionStream(event.submission_id()), event, {}));
  decision.events.push_back(commands::MakeDraft(
      ScopeStream(caller.agency, request.dataset(), request.scope()), event, {}));
  return decision;
}

Outcome Decide(const Caller& caller, const SubmissionState& submission,
               const v1::CompleteSubmissionRequest& request) {
  if (Problems problems = ShapeOf(request); !problems.empty()) {
    return commands::RejectFields(std::move(problems));
  }
  if (!submission.opened.has_value() || submission.agency != caller.agency) {
    return UnknownSubmission("submission_id");
  }
  ev::SubmissionCompleted event;
  event.set_submission_id(request.submission_id());
  event.set_rows_read(request.rows_read());
  event.set_rows_recorded(request.rows_recorded());
  event.set_rows_unchanged(request.rows_unchanged());
  event.set_rows_refused(request.rows_refused());
  if (submission.completed.has_value()) {
    if (SameCounts(*submission.completed, event)) return AsItStands(submission);
    if (auto rejection = CheckAnotherAttempt(*submission.completed, event)) return *rejection;
  }
  SubmissionState completed = submission;
  completed.completed = event;
  ++completed.attempts;
  Decision decision = AsItStands(completed);
  decision.events.push_back(
      commands::MakeDraft(SubmissionStream(request.submission_id()), event, {}));
  return decision;
}

absl::StatusOr<SubmissionState> Load(std::string_view submission_id,
                                     commands::StreamLoader& loader) {
  SubmissionState state;
  if (!commands::IsLowerHex(submission_id, kIdDigits)) return state;
  const auto count = loader.Fold(
      SubmissionStream(submission_id),
      [&](const google::protobuf::Message& event, const eventstore::RecordedEvent& recorded) {
        Evolve(state, event, recorded);
      });
  if (!count.ok()) return count.status();
  return state;
}

absl::StatusOr<Outcome> Open(const Caller& caller, const v1::OpenSubmissionRequest& request,
                             commands::StreamLoader& loader) {
  ScopeState scope;
  const auto evolve = [&](const google::protobuf::Message& event,
                          const eventstore::RecordedEvent&) { Evolve(scope, event); };
  const auto count =
      loader.Fold(ScopeStream(caller.agency, request.dataset(), request.scope()), evolve);
  if (!count.ok()) return count.status();
  DAYBOOK_ASSIGN_OR_RETURN(
      const SubmissionState same,
      Load(SubmissionId(caller.agency, request.dataset(), request.scope(), request.sha256()),
           loader));
  SubmissionState latest;
  if (!scope.versions.empty()) {
    DAYBOOK_ASSIGN_OR_RETURN(latest, Load(scope.versions.back().submission_id(), loader));
  }
  return Decide(caller, scope, same, latest, request);
}

absl::StatusOr<Outcome> Complete(const Caller& caller, const v1::CompleteSubmissionRequest& request,
                                 commands::StreamLoader& loader) {
  DAYBOOK_ASSIGN_OR_RETURN(const SubmissionState state, Load(request.submission_id(), loader));
  return Decide(caller, state, request);
}

absl::StatusOr<std::optional<Rejection>> CheckOpened(const Caller& caller,
                                                     std::string_view submission_id,
                                                     commands::StreamLoader& loader) {
  if (submission_id.empty()) return std::optional<Rejection>();
  DAYBOOK_ASSIGN_OR_RETURN(const SubmissionState state, Load(submission_id, loader));
  if (state.opened.has_value() && state.agency == caller.agency) return std::optional<Rejection>();
  return std::optional<Rejection>(UnknownSubmission("head.submission_id"));
}

Rejection UnknownSubmission(std::string_view field) {
  Rejection rejection;
  rejection.code = absl::StatusCode::kNotFound;
  rejection.reason = "UNKNOWN_SUBMISSION";
  rejection.message = "The submission was never opened by this agency.";
  rejection.remedy = "Open the submission first, or correct its id.";
  rejection.problems.push_back({.field = std::string(field),
                                .reason = "UNKNOWN_SUBMISSION",
                                .description = "was never opened by this agency",
                                .remedy = rejection.remedy});
  return rejection;
}

v1::Submission SubmissionInAnswer(std::string_view answer) {
  v1::Submission submission;
  if (!submission.ParseFromArray(answer.data(), static_cast<int>(answer.size()))) {
    submission.Clear();
  }
  return submission;
}

}  // namespace daybook::submissions
