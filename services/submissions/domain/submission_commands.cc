#include "services/submissions/domain/submission_commands.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_split.h"
#include "eventstore/core/error.h"
#include "proto/registry/prescribed_items.h"
#include "proto/values/civil.h"
#include "proto/values/names.h"
#include "services/commands/door.h"
#include "services/commands/sealed_fields.h"
#include "services/submissions/domain/reading_answers.h"

namespace daybook::submissions {

namespace ev = events::v1;
using commands::Caller;
using commands::Decision;
using commands::Outcome;
using commands::Problems;
using commands::Rejection;

namespace {

constexpr std::size_t kScopeBytesMax = 120;
constexpr std::size_t kIdDigits = 32;
constexpr std::size_t kReasonBytesMax = 500;
constexpr std::array<std::string_view, 3> kKinds = {kWholeFile, "additions", "corrections"};
// Each between spaces; those of prescribed information beside them.
constexpr std::string_view kDatasets =
    " organisations successions areas partnerships members dimensions measures breaks "
    "harm-weights activities reaches "
    "observations figures plan plans plan-adoptions priorities priority-changes commitments "
    "actions targets updates projects "
    "grants top-slices fund-entries orders order-reviews breaches breach-steps tasks "
    "task-ends penalties penalty-ends resolutions responses assessments assessment-sections "
    "assessment-approvals risk-ranks incidents referrals police-uk-street "
    "police-uk-api ";

std::string KindOf(const v1::OpenSubmissionRequest& request) {
  return request.kind().empty() ? std::string(kWholeFile) : request.kind();
}

std::vector<std::string> DatasetNames() {
  std::vector<std::string> names = absl::StrSplit(std::string(kDatasets), ' ', absl::SkipEmpty());
  for (const auto& prescribed : registry::PrescribedDatasets()) names.emplace_back(prescribed.name);
  return names;
}

bool IsScope(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view("-_./").find(c) != std::string_view::npos;
  });
}

void CheckCoverage(const v1::OpenSubmissionRequest& request, Problems& problems) {
  constexpr int kYearsMax = 50;
  if (request.covers_from().empty() && request.covers_to().empty()) return;
  const auto refuse = [&](std::string_view field, std::string_view what) {
    problems.push_back(commands::InvalidField(
        field, what, "Give the first and the last month that a whole file covers, as YYYY-MM."));
  };
  const auto first = values::ParseMonth(request.covers_from());
  const auto last = values::ParseMonth(request.covers_to());
  if (!first) refuse("covers_from", "is no month");
  if (!last) refuse("covers_to", "is no month");
  if (KindOf(request) != kWholeFile) refuse("covers_from", "is of whole files only");
  if (!first || !last) return;
  if (*last < *first || values::AddMonths(*first, 12 * kYearsMax) < *last) {
    refuse("covers_to", "is before the first month, or fifty years after it");
  }
}

}  // namespace

Problems ShapeOf(const v1::OpenSubmissionRequest& request, eventstore::CivilDay today) {
  Problems problems;
  if (request.dataset().empty()) {
    problems.push_back(commands::MissingField("dataset"));
  } else if (!IsDataset(request.dataset())) {
    problems.push_back(
        commands::UnknownValue("dataset", "a dataset that files may have (`daybook list datasets`)",
                               values::NearestOf(request.dataset(), DatasetNames())));
  }
  commands::RequireText("scope", request.scope(), kScopeBytesMax, problems);
  if (!IsScope(request.scope())) {
    problems.push_back(commands::InvalidField(
        "scope", "holds other characters than lower-case letters, digits and -_./",
        "Name the periods and areas that the file is complete for, for example "
        "essex-police/2018-10."));
  }
  if (!request.kind().empty() &&
      std::find(kKinds.begin(), kKinds.end(), request.kind()) == kKinds.end()) {
    problems.push_back(commands::UnknownValue("kind", "whole, additions or corrections"));
  }
  const auto extract = commands::CheckDay("extract_date", request.extract_date(), problems);
  if (extract && *extract > today) {
    problems.push_back(commands::InvalidField("extract_date", "the day is in the future",
                                              "Give the day on which the file was made."));
  }
  CheckCoverage(request, problems);
  CheckAnswers(request.answers(), problems);
  CheckMarking(request.marking(), problems);
  commands::CheckText("reason", request.reason(), kReasonBytesMax, problems);
  if (request.as_new_version() && request.reason().empty()) {
    problems.push_back(commands::MissingField("reason"));
  }
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

namespace {

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
  decision.answer = ToSubmission(submission, {}).SerializeAsString();
  return decision;
}

Decision AnswerWith(std::string_view submission_id) {
  v1::Submission submission;
  submission.set_submission_id(std::string(submission_id));
  Decision decision;
  decision.answer = submission.SerializeAsString();
  return decision;
}

std::string StreamOfScope(const SubmissionState& submission) {
  return ScopeStream(submission.agency, submission.opened->dataset(), submission.opened->scope());
}

}  // namespace

bool IsDataset(std::string_view name) {
  if (registry::IsPrescribed(name)) return true;
  return name.find(' ') == std::string_view::npos &&
         kDatasets.find(" " + std::string(name) + " ") != std::string_view::npos;
}

namespace {

// What is said to be covered, and how the file was read, are part of what it says.
std::string IdOf(const Caller& caller, const v1::OpenSubmissionRequest& request,
                 std::uint32_t again = 0) {
  std::string covers;
  if (!request.covers_from().empty()) covers = request.covers_from() + ".." + request.covers_to();
  return SubmissionId(caller.agency, request.dataset(), request.scope(),
                      request.sha256() + covers + AnswersText(request.answers()), KindOf(request),
                      again);
}

bool SaysTheSame(const ev::SubmissionOpened& opened, const v1::OpenSubmissionRequest& request) {
  return opened.sha256() == request.sha256() && opened.kind() == KindOf(request) &&
         opened.covers_from() == request.covers_from() &&
         opened.covers_to() == request.covers_to() &&
         SameAnswers(opened.answers(), request.answers());
}

// The latest version that is this file and stands: is not superseded, or, where it is to stand as a
// new version, has nothing after it.
const ScopeState::Version* StandingAs(const ScopeState& scope,
                                      const v1::OpenSubmissionRequest& request) {
  const auto stands = [&](const ScopeState::Version& version) {
    if (!version.accepted || !SaysTheSame(version.opened, request)) return false;
    const Months months(version.accepted->months().begin(), version.accepted->months().end());
    return (request.as_new_version() ? scope.After(version.order(), months)
                                     : scope.Superseding(version.order(), months)) == nullptr;
  };
  const auto it = std::find_if(scope.versions.rbegin(), scope.versions.rend(), stands);
  return it == scope.versions.rend() ? nullptr : &*it;
}

}  // namespace

ev::SubmissionOpened MakeOpening(const Caller& caller, eventstore::CivilDay today,
                                 const ScopeState& scope,
                                 const v1::OpenSubmissionRequest& request) {
  ev::SubmissionOpened event;
  event.set_version(static_cast<std::uint32_t>(scope.versions.size()) + 1);
  event.set_submission_id(IdOf(caller, request, request.as_new_version() ? event.version() : 0));
  event.set_dataset(request.dataset());
  event.set_scope(request.scope());
  event.set_kind(KindOf(request));
  event.set_extract_date(request.extract_date());
  event.set_covers_from(request.covers_from());
  event.set_covers_to(request.covers_to());
  event.set_sha256(request.sha256());
  *event.mutable_answers() = request.answers();
  event.set_marking(request.marking());
  event.set_as_new_version(request.as_new_version());
  if (!commands::HasSealedCells(request.dataset())) event.set_reason(request.reason());
  const std::string now = values::FormatDay(today);
  event.set_order_day(request.extract_date().empty() ? now : request.extract_date());
  if (request.as_new_version()) {
    // It stands in place of the latest, however late that one's extract is.
    event.set_order_day(now);
    if (const auto* latest = scope.Latest()) {
      event.set_order_day(std::max(now, latest->opened.order_day()));
    }
  }
  return event;
}

namespace {

// The opening in the stream of the file, with what of it is sealed.
commands::DraftEvent DraftOpening(const ev::SubmissionOpened& event,
                                  const v1::OpenSubmissionRequest& request,
                                  std::string_view scope_as_sent) {
  commands::DraftEvent draft =
      commands::MakeDraft(SubmissionStream(event.submission_id()), event, {});
  if (!commands::HasSealedCells(event.dataset())) return draft;
  draft.retention_dataset = event.dataset();
  const auto seal = [&draft](std::string_view name, std::string_view text) {
    if (text.empty()) return;
    draft.parts.push_back(
        {.name = std::string(name), .plaintext = std::string(text), .subject_ref = ""});
  };
  seal(kScopePart, scope_as_sent);
  seal(kReasonPart, request.reason());
  return draft;
}

}  // namespace

std::string ScopeSpace(std::string_view agency, std::string_view dataset) {
  return std::string("scopes/").append(agency).append("/").append(dataset);
}

Outcome Decide(const Caller& caller, eventstore::CivilDay today, const ScopeState& scope,
               const SubmissionState& same, const v1::OpenSubmissionRequest& request,
               std::string_view scope_as_sent) {
  if (Problems problems = ShapeOf(request, today); !problems.empty()) {
    return commands::RejectFields(std::move(problems));
  }
  if (const auto* stands = StandingAs(scope, request)) {
    return AnswerWith(stands->opened.submission_id());
  }
  if (same.opened.has_value() && !request.as_new_version()) return AsItStands(same);
  SubmissionState opened;
  opened.agency = caller.agency;
  opened.opened = MakeOpening(caller, today, scope, request);
  Decision decision = AsItStands(opened);
  const ev::SubmissionOpened& event = *opened.opened;
  decision.events.push_back(DraftOpening(event, request, scope_as_sent));
  decision.events.push_back(commands::MakeDraft(StreamOfScope(opened), event, {}));
  return decision;
}

Decision Hold(const SubmissionState& submission, const ev::SubmissionHeld& held) {
  Decision decision = AsItStands(submission);
  if (submission.held && submission.held->rows_to_void() == held.rows_to_void() &&
      submission.held->rows_standing() == held.rows_standing()) {
    return decision;
  }
  decision.events.push_back(commands::MakeDraft(SubmissionStream(held.submission_id()), held, {}));
  return decision;
}

Decision Accept(const SubmissionState& submission, const ev::VersionAccepted& accepted,
                const std::map<std::string, std::uint32_t>& moved, bool published) {
  Decision decision = AsItStands(submission);
  decision.events.push_back(
      commands::MakeDraft(SubmissionStream(accepted.submission_id()), accepted, {}));
  decision.events.push_back(commands::MakeDraft(StreamOfScope(submission), accepted, {}));
  if (published) {
    decision.events.push_back(commands::MakeDraft(
        PublishedStream(submission.opened->dataset(), submission.opened->scope()), accepted, {}));
  }
  for (const auto& [stream, rows] : moved) {
    ev::RowsMovedAway away;
    away.set_submission_id(accepted.submission_id());
    away.set_to_scope(submission.opened->scope());
    away.set_rows(rows);
    decision.events.push_back(commands::MakeDraft(stream, away, {}));
  }
  return decision;
}

Decision Finish(const SubmissionState& submission, const ev::SubmissionCompleted& completed) {
  Decision decision = AsItStands(submission);
  decision.events.push_back(
      commands::MakeDraft(SubmissionStream(completed.submission_id()), completed, {}));
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

absl::StatusOr<ScopeState> LoadScope(std::string_view agency, std::string_view dataset,
                                     std::string_view scope, commands::StreamLoader& loader) {
  ScopeState state;
  const auto evolve = [&](const google::protobuf::Message& event,
                          const eventstore::RecordedEvent& recorded) {
    Evolve(state, event, recorded);
  };
  DAYBOOK_RETURN_IF_ERROR(loader.Fold(ScopeStream(agency, dataset, scope), evolve).status());
  return state;
}

absl::StatusOr<ScopeState> LoadScopeOf(const SubmissionState& submission,
                                       commands::StreamLoader& loader) {
  return LoadScope(submission.agency, submission.opened->dataset(), submission.opened->scope(),
                   loader);
}

absl::StatusOr<Outcome> Open(const Caller& caller, eventstore::CivilDay today,
                             const v1::OpenSubmissionRequest& request,
                             commands::StreamLoader& loader, std::string_view scope_as_sent) {
  DAYBOOK_ASSIGN_OR_RETURN(const ScopeState scope,
                           LoadScope(caller.agency, request.dataset(), request.scope(), loader));
  DAYBOOK_ASSIGN_OR_RETURN(const SubmissionState same, Load(IdOf(caller, request), loader));
  if (request.as_new_version()) {
    // It gets an id, and a stream, of its own.
    const auto opening = MakeOpening(caller, today, scope, request);
    DAYBOOK_RETURN_IF_ERROR(loader.Count(SubmissionStream(opening.submission_id())).status());
  }
  return Decide(caller, today, scope, same, request, scope_as_sent);
}

absl::StatusOr<Outcome> Complete(const Caller& caller, const v1::CompleteSubmissionRequest& request,
                                 commands::StreamLoader& loader) {
  DAYBOOK_ASSIGN_OR_RETURN(const SubmissionState state, Load(request.submission_id(), loader));
  return Decide(caller, state, request);
}

absl::StatusOr<std::optional<Rejection>> CheckOpened(const Caller& caller,
                                                     std::string_view submission_id,
                                                     commands::StreamLoader& loader,
                                                     SubmissionState* opened) {
  if (submission_id.empty()) return std::optional<Rejection>();
  DAYBOOK_ASSIGN_OR_RETURN(SubmissionState state, Load(submission_id, loader));
  if (!state.opened.has_value() || state.agency != caller.agency) {
    return std::optional<Rejection>(UnknownSubmission("head.submission_id"));
  }
  if (opened != nullptr) *opened = std::move(state);
  return std::optional<Rejection>();
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
