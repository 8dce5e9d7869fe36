#include "services/submissions/application/version_keeper.h"

#include <memory>
#include <utility>

#include "eventstore/core/civil_day.h"
#include "eventstore/core/error.h"
#include "eventstore/core/ids.h"
#include "fmt/format.h"
#include "services/commands/event_id.h"
#include "services/submissions/application/batch_runner.h"

namespace daybook::submissions {

namespace ev = events::v1;
using commands::Caller;
using commands::Decision;
using commands::DraftEvent;
using commands::Outcome;
using commands::RowHash;
using commands::ScopeName;
using commands::StreamLoader;

namespace {

constexpr std::size_t kRowsPerBatch = 250;
constexpr std::size_t kTrialsMax = 64;

ScopeName ScopeOf(const SubmissionState& state) {
  return {state.agency, state.opened->dataset(), state.opened->scope()};
}

std::string MarkOf(const RowHash& row) { return ToHex(row).substr(0, 16); }

absl::Status WrongState(std::string what, std::string remedy, const std::string& key,
                        std::uint64_t number) {
  return eventstore::MakeError(absl::StatusCode::kFailedPrecondition, what,
                               {.reason = "WRONG_STATE",
                                .remedy = std::move(remedy),
                                .fields = {},
                                .metadata = {{key, std::to_string(number)}}});
}

}  // namespace

struct VersionKeeper::Work {
  Caller caller;
  const v1::CompleteSubmissionRequest& request;
  SubmissionState state;
  const commands::VersionedRows& rows;
  bool trial = false;
  std::optional<ScopeRows> scope;
  VersionPlan plan;
  std::string attempt;  // makes the request ids of this completion its own
};

const commands::VersionedRows* VersionKeeper::FamilyOf(std::string_view dataset) const {
  for (const auto* family : families_) {
    if (family->Has(dataset)) return family;
  }
  return nullptr;
}

absl::StatusOr<SubmissionState> VersionKeeper::Find(std::string_view submission_id) {
  {
    absl::MutexLock lock(&mutex_);
    if (const auto it = trials_.find(submission_id); it != trials_.end()) return it->second;
  }
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
  DAYBOOK_RETURN_IF_ERROR(stage_.Put(submission_id, staged));
  absl::MutexLock lock(&mutex_);
  if (!trials_.contains(submission_id)) waiting_.emplace(submission_id, ScopeOf(state));
  return absl::OkStatus();
}

absl::StatusOr<v1::Submission> VersionKeeper::OpenTrial(const Caller& caller,
                                                        const v1::OpenSubmissionRequest& request) {
  const eventstore::CivilDay today = eventstore::LondonDay(clock_.Now());
  if (auto problems = ShapeOf(request, today); !problems.empty()) {
    return ToStatus(commands::RejectFields(std::move(problems)));
  }
  StreamLoader loader(store_);
  DAYBOOK_ASSIGN_OR_RETURN(const ScopeState scope,
                           LoadScope(caller.agency, request.dataset(), request.scope(), loader));
  SubmissionState state;
  state.agency = caller.agency;
  state.opened = MakeOpening(caller, today, scope, request);
  // Of no file that is ever recorded: a trial and the file itself may be under way together.
  state.opened->set_submission_id(SubmissionId(caller.agency, request.dataset(), request.scope(),
                                               commands::NewEventId(clock_.Now())));
  std::string oldest;
  {
    absl::MutexLock lock(&mutex_);
    if (trials_.size() >= kTrialsMax) {
      oldest = trials_.begin()->first;
      trials_.erase(trials_.begin());
    }
    trials_.emplace(state.opened->submission_id(), state);
  }
  if (!oldest.empty()) stage_.Drop(oldest);
  v1::Submission submission = ToSubmission(state, scope);
  submission.set_dry_run(true);
  return submission;
}

absl::StatusOr<std::optional<VersionKeeper::Completed>> VersionKeeper::Complete(
    const Caller& caller, const v1::CompleteSubmissionRequest& request) {
  if (auto problems = ShapeOf(request); !problems.empty()) {
    return ToStatus(commands::RejectFields(std::move(problems)));
  }
  absl::MutexLock turn(&turn_);
  DAYBOOK_ASSIGN_OR_RETURN(SubmissionState state, Find(request.submission_id()));
  if (!state.opened || state.agency != caller.agency) {
    return ToStatus(UnknownSubmission("submission_id"));
  }
  const auto* family = FamilyOf(state.opened->dataset());
  if (family == nullptr) return std::nullopt;
  Work work{.caller = caller,
            .request = request,
            .state = std::move(state),
            .rows = *family,
            .trial = false,
            .scope = {},
            .plan = {},
            .attempt = commands::NewEventId(clock_.Now())};
  {
    absl::MutexLock lock(&mutex_);
    work.trial = trials_.contains(request.submission_id());
  }
  DAYBOOK_ASSIGN_OR_RETURN(Completed completed, Judge(work));
  return std::make_optional(std::move(completed));
}

absl::Status VersionKeeper::CheckRowsAreThere(const Work& work) const {
  DAYBOOK_ASSIGN_OR_RETURN(const std::uint64_t staged,
                           stage_.CountRows(work.request.submission_id()));
  const std::uint64_t expected = work.request.rows_read() - work.request.rows_refused();
  if (staged == expected) return absl::OkStatus();
  return WrongState(fmt::format("{} rows of the file are there, not {}", staged, expected),
                    "Send all rows again, then complete the submission; nothing is recorded twice.",
                    "rows_staged", staged);
}

absl::StatusOr<VersionKeeper::Completed> VersionKeeper::Judge(Work& work) {
  const bool has_rows = work.request.rows_read() > work.request.rows_refused();
  if (work.state.completed) {
    DAYBOOK_ASSIGN_OR_RETURN(const std::uint64_t staged,
                             stage_.CountRows(work.request.submission_id()));
    const bool mended = work.state.completed->rows_refused() > 0 && staged > 0;
    if (!mended || !has_rows) {
      Completed as_it_stands;
      DAYBOOK_ASSIGN_OR_RETURN(as_it_stands.submission, Describe(work.state));
      as_it_stands.receipt.last = work.state.last_at;
      as_it_stands.receipt.duplicate = true;
      stage_.Drop(work.request.submission_id());
      return as_it_stands;
    }
  }
  DAYBOOK_RETURN_IF_ERROR(CheckRowsAreThere(work));
  DAYBOOK_ASSIGN_OR_RETURN(ScopeRows scope,
                           ScopeRows::Load(store_, work.rows, ScopeOf(work.state)));
  work.scope.emplace(std::move(scope));
  DAYBOOK_ASSIGN_OR_RETURN(
      work.plan, MakePlan({.store = store_,
                           .rows = work.rows,
                           .stage = stage_,
                           .scope = *work.scope,
                           .opened = *work.state.opened,
                           .rows_read = work.request.rows_read(),
                           .rows_refused = work.request.rows_refused(),
                           .awaited = [&](const RowHash& row) { return IsAwaited(work, row); }}));
  const bool applying = work.state.accepted && !work.state.completed;
  const std::uint32_t confirmed = work.request.confirm_voids();
  const std::uint32_t voids = work.plan.counts.rows_voided();
  if (!applying && confirmed != 0 && confirmed != voids && VoidsTooMuch(work.plan)) {
    return WrongState(fmt::format("the file would void {} rows, not {}", voids, confirmed),
                      "Look at the file again, then confirm exactly that number.", "rows_to_void",
                      voids);
  }
  const bool held = !applying && VoidsTooMuch(work.plan) && confirmed != voids;
  if (work.trial) return AnswerTrial(work);
  if (held) return AnswerHeld(work);
  if (!applying) DAYBOOK_RETURN_IF_ERROR(Accept(work));
  DAYBOOK_RETURN_IF_ERROR(Apply(work));
  return Finish(work);
}

absl::StatusOr<bool> VersionKeeper::IsAwaited(const Work& work, const RowHash& row) {
  std::vector<std::string> others;
  {
    absl::MutexLock lock(&mutex_);
    const ScopeName own = ScopeOf(work.state);
    for (const auto& [file, name] : waiting_) {
      if (name.agency == own.agency && name.dataset == own.dataset && name.scope != own.scope) {
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

absl::StatusOr<VersionKeeper::Completed> VersionKeeper::AnswerTrial(Work& work) {
  Completed answer;
  work.state.accepted.emplace();
  *work.state.accepted->mutable_counts() = work.plan.counts;
  work.state.accepted->set_history_only(work.plan.history_only);
  answer.submission = ToSubmission(work.state, work.scope->scope());
  answer.submission.set_dry_run(true);
  const bool held =
      VoidsTooMuch(work.plan) && work.request.confirm_voids() != work.plan.counts.rows_voided();
  answer.submission.set_state(held ? "held" : "completed");
  answer.refused = std::move(work.plan.refused);
  stage_.Drop(work.request.submission_id());
  absl::MutexLock lock(&mutex_);
  trials_.erase(work.request.submission_id());
  return answer;
}

absl::StatusOr<VersionKeeper::Completed> VersionKeeper::AnswerHeld(Work& work) {
  ev::SubmissionHeld held;
  held.set_submission_id(work.request.submission_id());
  held.set_rows_to_void(work.plan.counts.rows_voided());
  held.set_rows_standing(work.plan.counts.rows_standing());
  Completed answer;
  DAYBOOK_ASSIGN_OR_RETURN(
      answer.receipt, Run(work, "hold", [&](StreamLoader& loader) -> absl::StatusOr<Outcome> {
        DAYBOOK_ASSIGN_OR_RETURN(const auto state, Load(held.submission_id(), loader));
        return Hold(state, held);
      }));
  answer.recorded = true;
  DAYBOOK_ASSIGN_OR_RETURN(work.state, Find(work.request.submission_id()));
  DAYBOOK_ASSIGN_OR_RETURN(answer.submission, Describe(work.state));
  *answer.submission.mutable_counts() = ToCounts(work.plan.counts);
  answer.refused = std::move(work.plan.refused);
  return answer;
}

absl::Status VersionKeeper::Accept(Work& work) {
  ev::VersionAccepted accepted;
  accepted.set_submission_id(work.request.submission_id());
  *accepted.mutable_counts() = work.plan.counts;
  accepted.set_history_only(work.plan.history_only);
  accepted.set_before_submission_id(work.plan.before_submission_id);
  accepted.set_after_submission_id(work.plan.after_submission_id);
  const auto decide = [&](StreamLoader& loader) -> absl::StatusOr<Outcome> {
    DAYBOOK_ASSIGN_OR_RETURN(const auto state, Load(accepted.submission_id(), loader));
    DAYBOOK_ASSIGN_OR_RETURN(const auto scope, LoadScopeOf(state, loader));
    return submissions::Accept(state, accepted, work.plan.moved);
  };
  DAYBOOK_RETURN_IF_ERROR(Run(work, "accept", decide).status());
  work.state.accepted = accepted;
  return absl::OkStatus();
}

absl::Status VersionKeeper::Apply(Work& work) {
  DAYBOOK_RETURN_IF_ERROR(ApplyRows(work));
  return ApplyStreams(work, work.plan.history_only ? work.plan.not_in_it : work.plan.gone);
}

namespace {

// A part of the file's rows on their way into the log.
struct RowBatch {
  std::vector<std::string> streams;
  std::vector<std::string> staged;
};

Outcome OutcomeOf(std::vector<DraftEvent> events) {
  Decision decision;
  decision.events = std::move(events);
  return decision;
}

}  // namespace

absl::Status VersionKeeper::ApplyRows(Work& work) {
  BatchRunner batches(runner_, {work.caller, work.attempt, KnownOfVersion(*work.state.opened)});
  auto batch = std::make_shared<RowBatch>();
  const auto send = [&] {
    if (batch->streams.empty()) return absl::OkStatus();
    const auto decide = [&work, batch](StreamLoader& loader) -> absl::StatusOr<Outcome> {
      std::vector<DraftEvent> events;
      for (std::size_t i = 0; i < batch->streams.size(); ++i) {
        const std::string& stream = batch->streams[i];
        const std::string& staged = batch->staged[i];
        DAYBOOK_ASSIGN_OR_RETURN(
            auto event, work.plan.history_only
                            ? work.rows.StateEarlier(loader, stream, staged,
                                                     work.request.submission_id(), work.plan.older)
                            : work.rows.Put(work.scope->name(), loader, stream, staged));
        if (event) events.push_back(*std::move(event));
      }
      return OutcomeOf(std::move(events));
    };
    batch = std::make_shared<RowBatch>();
    return batches.Run(decide);
  };
  std::size_t next = 0;
  absl::Status sent;
  DAYBOOK_RETURN_IF_ERROR(stage_.Scan(
      work.request.submission_id(), 0, [&](std::uint32_t number, std::string_view staged) {
        if (next == work.plan.rows.size()) return false;
        const PlannedRow& planned = work.plan.rows[next];
        if (number != planned.number) return true;
        ++next;
        const auto row = work.rows.Identify(work.scope->name(), staged);
        batch->streams.push_back(
            planned.copy == 0 ? row.stream : work.rows.AlikeStream(row.content, planned.copy));
        batch->staged.emplace_back(staged);
        if (batch->streams.size() == kRowsPerBatch) sent = send();
        return sent.ok();
      }));
  if (sent.ok()) sent = send();
  const absl::Status done = batches.Wait();
  return sent.ok() ? done : sent;
}

absl::Status VersionKeeper::ApplyStreams(Work& work, const std::vector<std::string>& streams) {
  BatchRunner batches(runner_,
                      {work.caller, work.attempt + "-gone", KnownOfVersion(*work.state.opened)});
  const auto ours = [&work](std::string_view id) { return work.scope->IsOurs(id); };
  absl::Status sent;
  for (std::size_t first = 0; first < streams.size() && sent.ok(); first += kRowsPerBatch) {
    const std::size_t end = std::min(first + kRowsPerBatch, streams.size());
    sent = batches.Run([&, first, end](StreamLoader& loader) -> absl::StatusOr<Outcome> {
      std::vector<DraftEvent> events;
      for (std::size_t i = first; i < end; ++i) {
        DAYBOOK_ASSIGN_OR_RETURN(
            auto event,
            work.plan.history_only
                ? work.rows.StateEarlier(loader, streams[i], "", work.request.submission_id(),
                                         work.plan.older)
                : work.rows.Void(loader, streams[i], work.request.submission_id(), ours));
        if (event) events.push_back(*std::move(event));
      }
      return OutcomeOf(std::move(events));
    });
  }
  const absl::Status done = batches.Wait();
  return sent.ok() ? done : sent;
}

absl::StatusOr<VersionKeeper::Completed> VersionKeeper::Finish(Work& work) {
  // Gone on with after a crash, the plan finds part of it recorded: what was accepted counts.
  const ev::VersionCounts& counts = work.state.accepted->counts();
  ev::SubmissionCompleted event;
  event.set_submission_id(work.request.submission_id());
  event.set_rows_read(counts.rows_read());
  event.set_rows_recorded(counts.rows_new() + counts.rows_changed());
  event.set_rows_unchanged(counts.rows_unchanged());
  event.set_rows_refused(counts.rows_refused());
  *event.mutable_counts() = counts;
  Completed answer;
  DAYBOOK_ASSIGN_OR_RETURN(
      answer.receipt, Run(work, "complete", [&](StreamLoader& loader) -> absl::StatusOr<Outcome> {
        DAYBOOK_ASSIGN_OR_RETURN(const auto state, Load(event.submission_id(), loader));
        return submissions::Finish(state, event);
      }));
  answer.recorded = true;
  stage_.Drop(work.request.submission_id());
  {
    absl::MutexLock lock(&mutex_);
    waiting_.erase(work.request.submission_id());
  }
  DAYBOOK_ASSIGN_OR_RETURN(work.state, Find(work.request.submission_id()));
  DAYBOOK_ASSIGN_OR_RETURN(answer.submission, Describe(work.state));
  answer.refused = std::move(work.plan.refused);
  return answer;
}

absl::StatusOr<eventstore::AppendResult> VersionKeeper::Run(
    const Work& work, const std::string& step,
    std::function<absl::StatusOr<Outcome>(StreamLoader&)> decide) {
  commands::Command command;
  command.caller = work.caller;
  command.request_id = fmt::format("{}/{}", work.attempt, step);
  command.correlation_id = work.request.head().correlation_id();
  command.decide = std::move(decide);
  return runner_.RunAndWait(std::move(command));
}

absl::StatusOr<v1::Submission> VersionKeeper::Describe(const SubmissionState& state) {
  StreamLoader loader(store_);
  DAYBOOK_ASSIGN_OR_RETURN(const ScopeState scope, LoadScopeOf(state, loader));
  v1::Submission submission = ToSubmission(state, scope);
  DAYBOOK_ASSIGN_OR_RETURN(const eventstore::Hash root, store_.RootAt(state.last_at.value + 1));
  submission.set_root(eventstore::ToHex(root));
  return submission;
}

absl::StatusOr<std::optional<v1::Submission>> VersionKeeper::Get(std::string_view submission_id) {
  DAYBOOK_ASSIGN_OR_RETURN(const SubmissionState state, Find(submission_id));
  if (!state.opened) return std::nullopt;
  {
    absl::MutexLock lock(&mutex_);
    if (trials_.contains(submission_id)) {
      v1::Submission trial = ToSubmission(state, {});
      trial.set_dry_run(true);
      return trial;
    }
  }
  DAYBOOK_ASSIGN_OR_RETURN(v1::Submission submission, Describe(state));
  return std::make_optional(std::move(submission));
}

}  // namespace daybook::submissions
