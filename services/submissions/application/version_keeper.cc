#include "services/submissions/application/version_keeper.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_join.h"
#include "eventstore/core/civil_day.h"
#include "eventstore/core/error.h"
#include "eventstore/core/ids.h"
#include "fmt/format.h"
#include "services/commands/event_as.h"
#include "services/commands/event_id.h"
#include "services/submissions/application/version_recorder.h"

namespace daybook::submissions {

namespace ev = events::v1;
using commands::Caller;
using commands::Outcome;
using commands::RowHash;
using commands::ScopeName;
using commands::StreamLoader;

namespace {

ScopeName ScopeOf(const SubmissionState& state) {
  return {state.agency, state.opened->dataset(), state.opened->scope()};
}

std::string MarkOf(const RowHash& row) { return ToHex(row).substr(0, 16); }

absl::Status WrongState(const std::string& what, std::string remedy, const std::string& key,
                        std::uint64_t number) {
  return eventstore::MakeError(absl::StatusCode::kFailedPrecondition, what,
                               {.reason = "WRONG_STATE",
                                .remedy = std::move(remedy),
                                .fields = {},
                                .metadata = {{key, std::to_string(number)}}});
}

}  // namespace

struct VersionKeeper::Work {
  const commands::Command& frame;
  const v1::CompleteSubmissionRequest& request;
  SubmissionState state;
  const commands::VersionedRows& rows;
  bool trial = false;
  std::optional<ScopeRows> scope;
  VersionPlan plan;
  std::string attempt;  // makes the request ids of this completion's steps its own

  // Accepted, and broken off before all of it was recorded.
  bool IsApplying() const { return state.accepted && !state.completed; }
  bool IsRefused() const {
    const auto& counts = plan.counts;
    return !state.accepted && counts.rows_read() > 0 && counts.rows_refused() == counts.rows_read();
  }
  bool IsHeld() const {
    return !IsApplying() && VoidsTooMuch(plan) && request.confirm_voids() != plan.gone.size();
  }
};

const commands::VersionedRows* VersionKeeper::FamilyOf(std::string_view dataset) const {
  for (const auto* family : families_) {
    if (family->Has(dataset)) return family;
  }
  return nullptr;
}

absl::StatusOr<SubmissionState> VersionKeeper::Find(std::string_view submission_id) {
  if (auto trial = trials_.Find(submission_id)) return *std::move(trial);
  StreamLoader loader(store_);
  return Load(submission_id, loader);
}

absl::Status VersionKeeper::Keep(const Caller& caller, std::string_view submission_id,
                                 std::string_view dataset,
                                 std::span<const commands::RowToKeep> rows) {
  DAYBOOK_ASSIGN_OR_RETURN(const SubmissionState state, Find(submission_id));
  if (!state.opened || state.agency != caller.agency) {
    return ToStatus(UnknownSubmission("head.submission_id"));
  }
  if (state.opened->dataset() != dataset) {
    return ToStatus(commands::RejectFields({commands::InvalidField(
        "dataset", "is not that of the submission", "Send rows of the dataset that was opened.")}));
  }
  std::vector<staging::StagedRow> staged;
  staged.reserve(rows.size());
  for (const commands::RowToKeep& row : rows) {
    std::string mark;
    if (!row.stream.empty()) mark = MarkOf(commands::HashRow({row.stream}));
    staged.push_back({row.number, row.staged, std::move(mark)});
  }
  const bool trial = trials_.TakesRows(submission_id);
  {
    absl::MutexLock lock(&mutex_);
    Waiting& waiting =
        waiting_.try_emplace(std::string(submission_id), Waiting{ScopeOf(state), {}, trial})
            .first->second;
    for (const commands::RowToKeep& row : rows) waiting.months.insert(row.month);
  }
  return stage_.Put(submission_id, staged);
}

absl::StatusOr<v1::Submission> VersionKeeper::OpenTrial(const Caller& caller,
                                                        const v1::OpenSubmissionRequest& request) {
  const eventstore::CivilDay today = eventstore::LondonDay(clock_.Now());
  auto problems = ShapeOf(request, today);
  if (problems.empty() && FamilyOf(request.dataset()) == nullptr) {
    problems.push_back(commands::InvalidField(
        "dry_run", "rows of this dataset are recorded as they come",
        "Try with a ledger of its own, or send the file: what it says twice changes nothing."));
  }
  if (!problems.empty()) return ToStatus(commands::RejectFields(std::move(problems)));
  StreamLoader loader(store_);
  DAYBOOK_ASSIGN_OR_RETURN(const ScopeState scope,
                           LoadScope(caller.agency, request.dataset(), request.scope(), loader));
  SubmissionState state;
  state.agency = caller.agency;
  state.opened = MakeOpening(caller, today, scope, request);
  // Of no file that is ever recorded: a trial and the file itself may be under way together.
  state.opened->set_submission_id(SubmissionId(caller.agency, request.dataset(), request.scope(),
                                               commands::NewEventId(clock_.Now())));
  if (const auto displaced = trials_.Open(state)) Forget(*displaced);
  v1::Submission submission = ToSubmission(state, scope);
  submission.set_dry_run(true);
  submission.set_versioned(true);
  return submission;
}

absl::StatusOr<std::optional<VersionKeeper::Completed>> VersionKeeper::Complete(
    const commands::Command& frame, const v1::CompleteSubmissionRequest& request) {
  if (auto problems = ShapeOf(request); !problems.empty()) {
    return ToStatus(commands::RejectFields(std::move(problems)));
  }
  absl::MutexLock turn(&turn_);
  DAYBOOK_ASSIGN_OR_RETURN(SubmissionState state, Find(request.submission_id()));
  if (!state.opened || state.agency != frame.caller.agency) {
    return ToStatus(UnknownSubmission("submission_id"));
  }
  const auto* family = FamilyOf(state.opened->dataset());
  if (family == nullptr) return std::nullopt;
  Work work{.frame = frame,
            .request = request,
            .state = std::move(state),
            .rows = *family,
            .trial = trials_.Has(request.submission_id()),
            .scope = {},
            .plan = {},
            .attempt = commands::NewEventId(clock_.Now())};
  DAYBOOK_ASSIGN_OR_RETURN(auto before, AnsweredBefore(work));
  if (before) return before;
  DAYBOOK_ASSIGN_OR_RETURN(Completed completed, Judge(work));
  return std::make_optional(std::move(completed));
}

// A retry whose first answer was lost on its way.
absl::StatusOr<std::optional<VersionKeeper::Completed>> VersionKeeper::AnsweredBefore(
    const Work& work) {
  if (work.trial) {
    auto said = trials_.AnswerOf(work.request.submission_id());
    if (!said) return std::nullopt;
    return std::make_optional(Completed{
        std::move(said->submission), std::move(said->refused), std::move(said->erased), {}});
  }
  DAYBOOK_ASSIGN_OR_RETURN(
      auto result,
      store_.FindRequest(work.frame.caller.agency, work.frame.request_id, work.frame.fingerprint));
  if (!result) return std::nullopt;
  result->duplicate = true;
  DAYBOOK_ASSIGN_OR_RETURN(Completed answer, ToCompleted(*std::move(result), work.state));
  return std::make_optional(std::move(answer));
}

absl::Status VersionKeeper::CheckRowsAreThere(const Work& work) const {
  DAYBOOK_ASSIGN_OR_RETURN(const std::uint64_t staged,
                           stage_.CountRows(work.request.submission_id()));
  const std::uint64_t expected = work.request.rows_read() - work.request.rows_refused();
  if (staged == expected) return absl::OkStatus();
  return WrongState(
      fmt::format("{} rows of the file are there, not {}", staged, expected),
      "Send all rows again, then complete the submission; nothing is recorded twice. Rows that "
      "you read and could not send are counted in rows_refused.",
      "rows_staged", staged);
}

absl::StatusOr<VersionKeeper::Completed> VersionKeeper::Judge(Work& work) {
  if (work.state.completed) {
    // Sent once more, what refused rows of it may be mended; else there is nothing to do.
    DAYBOOK_ASSIGN_OR_RETURN(const std::uint64_t staged,
                             stage_.CountRows(work.request.submission_id()));
    if (staged == 0 || work.state.completed->rows_refused() == 0) return AnswerAsItStands(work);
  }
  DAYBOOK_RETURN_IF_ERROR(CheckRowsAreThere(work));
  DAYBOOK_RETURN_IF_ERROR(Compare(work));
  const std::uint32_t confirmed = work.request.confirm_voids();
  const std::size_t voids = work.plan.gone.size();
  if (work.IsHeld() && confirmed != 0) {
    return WrongState(fmt::format("the file would void {} rows, not {}", voids, confirmed),
                      "Look at the file again, then confirm exactly that number.", "rows_to_void",
                      voids);
  }
  if (work.trial) return AnswerTrial(work);
  if (work.IsHeld()) return AnswerHeld(work);
  // Refused whole it is no version: what was current stays so.
  if (work.IsRefused()) return Finish(work, work.plan.counts);
  if (!work.IsApplying()) DAYBOOK_RETURN_IF_ERROR(Accept(work));
  DAYBOOK_RETURN_IF_ERROR(RecordDifferences({.runner = runner_,
                                             .rows = work.rows,
                                             .stage = stage_,
                                             .scope = *work.scope,
                                             .opened = *work.state.opened,
                                             .plan = work.plan,
                                             .caller = work.frame.caller,
                                             .attempt = work.attempt}));
  // Gone on with after a crash, the plan finds part of it recorded: what was accepted counts.
  return Finish(work, work.state.accepted->counts());
}

// Published records that two agencies send would count twice.
absl::Status VersionKeeper::CheckSender(const Work& work, const Months& months) {
  const ScopeName own = ScopeOf(work.state);
  if (!work.rows.IsPublished(own.dataset)) return absl::OkStatus();
  std::map<std::string, Months> sent;  // by agency
  const auto note = [&](const google::protobuf::Message& event,
                        const eventstore::RecordedEvent& recorded) {
    const auto* accepted = commands::EventAs<ev::VersionAccepted>(event);
    if (accepted == nullptr || recorded.agency == own.agency) return;
    for (const std::string& month : accepted->months()) {
      if (months.contains(month)) sent[recorded.agency].insert(month);
    }
  };
  StreamLoader loader(store_);
  DAYBOOK_RETURN_IF_ERROR(loader.Fold(PublishedStream(own.dataset, own.scope), note).status());
  if (sent.empty()) return absl::OkStatus();
  const auto& [agency, theirs] = *sent.begin();
  return eventstore::MakeError(
      absl::StatusCode::kFailedPrecondition,
      fmt::format("{} sent these records of {} before", agency, absl::StrJoin(theirs, ", ")),
      {.reason = "SERIES_OWNED",
       .remedy =
           fmt::format("They are stored already and count once. Leave those months to {0}, or "
                       "send the file for it: --agency {0}.",
                       agency),
       .fields = {},
       .metadata = {{"agency", agency}}});
}

absl::Status VersionKeeper::Compare(Work& work) {
  const Months months = MonthsOf(work.state);
  DAYBOOK_RETURN_IF_ERROR(CheckSender(work, months));
  DAYBOOK_ASSIGN_OR_RETURN(ScopeRows scope,
                           ScopeRows::Load(store_, work.rows, ScopeOf(work.state), months));
  work.scope.emplace(std::move(scope));
  DAYBOOK_ASSIGN_OR_RETURN(
      work.plan,
      MakePlan({.store = store_,
                .rows = work.rows,
                .stage = stage_,
                .scope = *work.scope,
                .opened = *work.state.opened,
                .rows_read = work.request.rows_read(),
                .rows_refused = work.request.rows_refused(),
                .accepted_before = work.state.completed && work.state.accepted
                                       ? std::optional(work.state.accepted_at)
                                       : std::nullopt,
                .awaited = [&](const RowHash& row) { return IsAwaited(work, months, row); }}));
  return absl::OkStatus();
}

// In which the file has rows, and those that its sender says it covers.
Months VersionKeeper::MonthsOf(const SubmissionState& state) {
  Months months = FileCoverage(*state.opened).months();
  absl::MutexLock lock(&mutex_);
  const auto it = waiting_.find(state.opened->submission_id());
  if (it != waiting_.end()) months.insert(it->second.months.begin(), it->second.months.end());
  return months;
}

// Of files that share a month with this one each has its own word on the row.
absl::StatusOr<bool> VersionKeeper::IsAwaited(const Work& work, const Months& months,
                                              const RowHash& row) {
  std::vector<std::string> others;
  {
    absl::MutexLock lock(&mutex_);
    const ScopeName own = ScopeOf(work.state);
    for (const auto& [file, waiting] : waiting_) {
      const bool is_apart = std::ranges::none_of(
          waiting.months, [&months](const std::string& month) { return months.contains(month); });
      if (!waiting.trial && is_apart && waiting.scope.agency == own.agency &&
          waiting.scope.dataset == own.dataset) {
        others.push_back(file);
      }
    }
  }
  for (const std::string& file : others) {
    DAYBOOK_ASSIGN_OR_RETURN(const bool holds, stage_.HoldsMark(file, MarkOf(row)));
    if (holds) return true;
  }
  return false;
}

absl::StatusOr<VersionKeeper::Completed> VersionKeeper::AnswerAsItStands(const Work& work) {
  Forget(work.request.submission_id());
  Completed answer;
  DAYBOOK_ASSIGN_OR_RETURN(answer.submission, Describe(work.state));
  eventstore::AppendResult& receipt = answer.receipt.emplace();
  receipt.duplicate = true;
  receipt.first = receipt.last = work.state.last_at;
  DAYBOOK_RETURN_IF_ERROR(store_.ReadAll({.from = receipt.last, .limit = 1},
                                         [&](const eventstore::RecordedEvent& event) {
                                           receipt.record_time = event.record_time;
                                           return false;
                                         }));
  return answer;
}

absl::StatusOr<VersionKeeper::Completed> VersionKeeper::AnswerTrial(Work& work) {
  const bool held = work.IsHeld();
  const bool refused = work.IsRefused();
  work.state.accepted.emplace();
  *work.state.accepted->mutable_counts() = work.plan.counts;
  work.state.accepted->set_history_only(work.plan.history_only);
  Completed answer;
  answer.submission = ToSubmission(work.state, work.scope->scope());
  answer.submission.set_dry_run(true);
  answer.submission.set_versioned(true);
  answer.submission.set_state(held ? "held" : refused ? "refused" : "completed");
  if (refused) answer.submission.set_current(false);
  answer.refused = std::move(work.plan.refused);
  answer.erased = std::move(work.plan.erased);
  Forget(work.request.submission_id());
  trials_.Answered(work.request.submission_id(),
                   {answer.submission, answer.refused, answer.erased});
  return answer;
}

absl::StatusOr<VersionKeeper::Completed> VersionKeeper::AnswerHeld(Work& work) {
  ev::SubmissionHeld held;
  held.set_submission_id(work.request.submission_id());
  held.set_rows_to_void(static_cast<std::uint32_t>(work.plan.gone.size()));
  held.set_rows_standing(work.plan.counts.rows_standing());
  *held.mutable_months() = work.plan.counts.months();
  return RunLast(work, [held](StreamLoader& loader) -> absl::StatusOr<commands::Decision> {
    DAYBOOK_ASSIGN_OR_RETURN(const auto state, Load(held.submission_id(), loader));
    return Hold(state, held);
  });
}

absl::Status VersionKeeper::Accept(Work& work) {
  ev::VersionAccepted accepted;
  accepted.set_submission_id(work.request.submission_id());
  *accepted.mutable_counts() = work.plan.counts;
  accepted.set_history_only(work.plan.history_only);
  *accepted.mutable_months() = {work.plan.months.begin(), work.plan.months.end()};
  *accepted.mutable_left_months() = {work.plan.left_months.begin(), work.plan.left_months.end()};
  accepted.set_before_submission_id(work.plan.before_submission_id);
  accepted.set_after_submission_id(work.plan.after_submission_id);
  commands::Command command;
  command.caller = work.frame.caller;
  command.request_id = fmt::format("{}/accept", work.attempt);
  command.correlation_id = work.frame.correlation_id;
  command.decide = [&](StreamLoader& loader) -> absl::StatusOr<Outcome> {
    DAYBOOK_ASSIGN_OR_RETURN(const auto state, Load(accepted.submission_id(), loader));
    DAYBOOK_ASSIGN_OR_RETURN(const auto scope, LoadScopeOf(state, loader));
    return submissions::Accept(state, accepted, work.plan.moved,
                               work.rows.IsPublished(state.opened->dataset()));
  };
  DAYBOOK_RETURN_IF_ERROR(runner_.RunAndWait(std::move(command)).status());
  work.state.accepted = accepted;
  return absl::OkStatus();
}

absl::StatusOr<VersionKeeper::Completed> VersionKeeper::Finish(Work& work,
                                                               const ev::VersionCounts& counts) {
  ev::SubmissionCompleted event;
  event.set_submission_id(work.request.submission_id());
  event.set_rows_read(counts.rows_read());
  event.set_rows_recorded(counts.rows_new() + counts.rows_changed());
  event.set_rows_unchanged(counts.rows_unchanged());
  event.set_rows_refused(counts.rows_refused());
  *event.mutable_counts() = counts;
  auto answer = RunLast(work, [event](StreamLoader& loader) -> absl::StatusOr<commands::Decision> {
    DAYBOOK_ASSIGN_OR_RETURN(const auto state, Load(event.submission_id(), loader));
    return submissions::Finish(state, event);
  });
  if (answer.ok()) Forget(work.request.submission_id());
  return answer;
}

void VersionKeeper::Forget(const std::string& submission_id) {
  stage_.Drop(submission_id);
  absl::MutexLock lock(&mutex_);
  waiting_.erase(submission_id);
}

// The step that answers the request: under its id, with what was answered kept beside it.
absl::StatusOr<VersionKeeper::Completed> VersionKeeper::RunLast(Work& work, Decide decide) {
  v1::CompleteSubmissionResponse said;
  *said.mutable_submission()->mutable_counts() = work.plan.counts;
  for (auto& row : work.plan.refused) *said.add_refused() = std::move(row);
  for (auto& row : work.plan.erased) *said.add_erased() = std::move(row);
  commands::Command command = work.frame;
  command.known = {};
  command.decide = [decide = std::move(decide), answer = said.SerializeAsString()](
                       StreamLoader& loader) -> absl::StatusOr<Outcome> {
    DAYBOOK_ASSIGN_OR_RETURN(commands::Decision decision, decide(loader));
    decision.answer = answer;
    return decision;
  };
  DAYBOOK_ASSIGN_OR_RETURN(eventstore::AppendResult result, runner_.RunAndWait(std::move(command)));
  DAYBOOK_ASSIGN_OR_RETURN(const SubmissionState state, Find(work.request.submission_id()));
  return ToCompleted(std::move(result), state);
}

// What was answered under a request id, with the submission as it stands now.
absl::StatusOr<VersionKeeper::Completed> VersionKeeper::ToCompleted(eventstore::AppendResult result,
                                                                    const SubmissionState& state) {
  v1::CompleteSubmissionResponse said;
  if (!said.ParseFromString(result.answer))
    return absl::DataLossError("the answer kept beside the request cannot be read");
  Completed answer;
  DAYBOOK_ASSIGN_OR_RETURN(answer.submission, Describe(state));
  // A hold says on the ledger how many it would void; the rest is known to those who sent it.
  if (state.held) *answer.submission.mutable_counts() = said.submission().counts();
  answer.refused.assign(said.refused().begin(), said.refused().end());
  answer.erased.assign(said.erased().begin(), said.erased().end());
  answer.receipt = std::move(result);
  return answer;
}

absl::StatusOr<v1::Submission> VersionKeeper::Describe(const SubmissionState& state) {
  StreamLoader loader(store_);
  DAYBOOK_ASSIGN_OR_RETURN(const ScopeState scope, LoadScopeOf(state, loader));
  v1::Submission submission = ToSubmission(state, scope);
  submission.set_versioned(FamilyOf(state.opened->dataset()) != nullptr);
  DAYBOOK_ASSIGN_OR_RETURN(const eventstore::Hash root, store_.RootAt(state.last_at.value + 1));
  submission.set_root(eventstore::ToHex(root));
  return submission;
}

absl::StatusOr<std::optional<v1::Submission>> VersionKeeper::Get(std::string_view submission_id) {
  if (const auto trial = trials_.Find(submission_id)) {
    v1::Submission submission = ToSubmission(*trial, {});
    submission.set_dry_run(true);
    submission.set_versioned(true);
    return std::make_optional(std::move(submission));
  }
  DAYBOOK_ASSIGN_OR_RETURN(const SubmissionState state, Find(submission_id));
  if (!state.opened) return std::nullopt;
  DAYBOOK_ASSIGN_OR_RETURN(v1::Submission submission, Describe(state));
  return std::make_optional(std::move(submission));
}

}  // namespace daybook::submissions
