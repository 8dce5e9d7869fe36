#include "services/submissions/domain/submission_state.h"

#include <algorithm>

#include "eventstore/core/ids.h"
#include "eventstore/merkle/hash.h"
#include "proto/values/civil.h"
#include "services/commands/event_as.h"
#include "services/commands/stream_name.h"

namespace daybook::submissions {

namespace ev = events::v1;

namespace {

std::string_view StateOf(const SubmissionState& state) {
  if (state.held) return "held";
  if (state.IsRefused()) return "refused";
  if (state.completed) return "completed";
  return state.accepted ? "applying" : "open";
}

}  // namespace

void Evolve(SubmissionState& state, const google::protobuf::Message& event,
            const eventstore::RecordedEvent& recorded) {
  if (const auto* opened = commands::EventAs<ev::SubmissionOpened>(event)) {
    state.agency = recorded.agency;
    state.opened = *opened;
    state.opened_at = recorded.position;
  } else if (const auto* held = commands::EventAs<ev::SubmissionHeld>(event)) {
    state.held = *held;
  } else if (const auto* accepted = commands::EventAs<ev::VersionAccepted>(event)) {
    state.held.reset();
    state.completed.reset();
    if (!state.accepted) state.accepted_at = recorded.position;
    state.accepted = *accepted;
  } else if (const auto* completed = commands::EventAs<ev::SubmissionCompleted>(event)) {
    state.completed = *completed;
    ++state.attempts;
  } else {
    return;
  }
  state.last_at = recorded.position;
}

const ScopeState::Version* ScopeState::Find(std::string_view submission_id) const {
  const auto it = std::find_if(versions.begin(), versions.end(), [&](const Version& version) {
    return version.opened.submission_id() == submission_id;
  });
  return it == versions.end() ? nullptr : &*it;
}

bool ScopeState::Version::Covers(std::string_view month) const {
  return accepted && std::ranges::find(accepted->months(), month) != accepted->months().end();
}

bool ScopeState::Version::Touches(const Months& months) const {
  if (!accepted) return false;
  const auto is_wanted = [&](const std::string& month) { return months.contains(month); };
  return std::ranges::any_of(accepted->months(), is_wanted) ||
         std::ranges::any_of(accepted->left_months(), is_wanted);
}

const ScopeState::Version* ScopeState::Latest() const {
  const Version* latest = nullptr;
  for (const Version& version : versions) {
    if (!version.accepted) continue;
    if (latest == nullptr || latest->order() < version.order()) latest = &version;
  }
  return latest;
}

const ScopeState::Version* ScopeState::Superseding(const VersionOrder& order, Months months) const {
  std::vector<const Version*> later;
  for (const Version& other : versions) {
    if (other.accepted && other.opened.kind() == kWholeFile && other.order() > order) {
      later.push_back(&other);
    }
  }
  std::ranges::sort(later, std::greater<>(), [](const Version* other) { return other->order(); });
  const Version* latest = nullptr;
  for (const Version* other : later) {
    const std::size_t covered =
        std::erase_if(months, [other](const std::string& month) { return other->Covers(month); });
    if (latest == nullptr && covered > 0) latest = other;
  }
  return months.empty() ? latest : nullptr;
}

const ScopeState::Version* ScopeState::Before(const VersionOrder& order,
                                              const Months& months) const {
  const Version* before = nullptr;
  for (const Version& version : versions) {
    if (!version.Touches(months) || version.order() >= order) continue;
    if (before == nullptr || before->order() < version.order()) before = &version;
  }
  return before;
}

const ScopeState::Version* ScopeState::After(const VersionOrder& order,
                                             const Months& months) const {
  const Version* after = nullptr;
  for (const Version& version : versions) {
    if (!version.Touches(months) || version.order() <= order) continue;
    if (after == nullptr || version.order() < after->order()) after = &version;
  }
  return after;
}

Months ScopeState::TouchedWith(const Months& months) const {
  Months touched = months;
  for (const Version& version : versions) {
    if (!version.Touches(months)) continue;
    touched.insert(version.accepted->months().begin(), version.accepted->months().end());
    touched.insert(version.accepted->left_months().begin(), version.accepted->left_months().end());
  }
  return touched;
}

void Evolve(ScopeState& state, const google::protobuf::Message& event,
            const eventstore::RecordedEvent& recorded) {
  if (const auto* opened = commands::EventAs<ev::SubmissionOpened>(event)) {
    state.versions.push_back(
        {.opened = *opened, .opened_at = recorded.position, .accepted = {}, .accepted_at = {}});
  } else if (const auto* accepted = commands::EventAs<ev::VersionAccepted>(event)) {
    for (ScopeState::Version& version : state.versions) {
      if (version.opened.submission_id() != accepted->submission_id()) continue;
      version.accepted = *accepted;
      version.accepted_at = recorded.position;
    }
  } else if (const auto* moved = commands::EventAs<ev::RowsMovedAway>(event)) {
    state.took_rows.push_back(moved->submission_id());
  }
}

std::string SubmissionStream(std::string_view submission_id) {
  return commands::StreamName("submission", {submission_id});
}

std::string ScopeStream(std::string_view agency, std::string_view dataset, std::string_view scope) {
  return commands::StreamName("scope", {agency, dataset, scope});
}

std::string PublishedStream(std::string_view dataset, std::string_view scope) {
  return commands::StreamName("published", {dataset, scope});
}

std::string SubmissionId(std::string_view agency, std::string_view dataset, std::string_view scope,
                         std::string_view sha256, std::string_view kind, std::uint32_t again) {
  merkle::Hasher hasher;
  for (const std::string_view part : {agency, dataset, scope, sha256}) {
    hasher.Update(std::to_string(part.size())).Update(":").Update(part);
  }
  if (kind != kWholeFile) hasher.Update("kind:").Update(kind);
  if (again > 0) hasher.Update("again:").Update(std::to_string(again));
  return eventstore::ToHex(hasher.Finish()).substr(0, 32);
}

eventstore::Known KnownOfVersion(const ev::SubmissionOpened& opened) {
  const auto day = values::ParseDay(opened.extract_date());
  if (!day || opened.as_new_version()) return {};
  return {.precision = eventstore::KnownPrecision::kDay, .day = *day};
}

namespace {

// Of which it says something, or would, were it not held.
Months SaidMonths(const SubmissionState& state) {
  Months months;
  if (state.accepted) {
    months.insert(state.accepted->months().begin(), state.accepted->months().end());
  } else if (state.held) {
    for (const auto& month : state.held->months()) {
      if (month.rows_voided() > 0) months.insert(month.month());
    }
  }
  return months;
}

void SetStanding(const SubmissionState& state, const ScopeState& scope,
                 v1::Submission& submission) {
  if (scope.Latest() == nullptr) {
    // Of a dataset that is not versioned, or nothing was accepted yet.
    const bool last = !scope.versions.empty() &&
                      scope.versions.back().opened.submission_id() == submission.submission_id();
    return submission.set_current(last && !state.IsRefused());
  }
  const auto* over =
      scope.Superseding({state.opened->order_day(), state.opened->version()}, SaidMonths(state));
  submission.set_current(state.accepted && over == nullptr);
  if (over != nullptr) submission.set_superseded_by(over->opened.version());
}

}  // namespace

v1::Submission ToSubmission(const SubmissionState& state, const ScopeState& scope) {
  v1::Submission submission;
  if (!state.opened.has_value()) return submission;
  submission.set_submission_id(state.opened->submission_id());
  submission.set_agency(state.agency);
  submission.set_dataset(state.opened->dataset());
  submission.set_scope(state.opened->scope());
  submission.set_kind(state.opened->kind());
  submission.set_version(state.opened->version());
  submission.set_extract_date(state.opened->extract_date());
  submission.set_sha256(state.opened->sha256());
  submission.set_reason(state.opened->reason());
  *submission.mutable_answers() = state.opened->answers();
  submission.set_marking(state.opened->marking());
  submission.set_state(std::string(StateOf(state)));
  submission.set_position(state.last_at.value);
  if (state.held) {
    submission.mutable_counts()->set_rows_voided(state.held->rows_to_void());
    submission.mutable_counts()->set_rows_standing(state.held->rows_standing());
    *submission.mutable_counts()->mutable_months() = state.held->months();
  }
  if (state.accepted) {
    *submission.mutable_counts() = state.accepted->counts();
    submission.set_history_only(state.accepted->history_only());
  } else if (state.completed && state.completed->has_counts()) {
    *submission.mutable_counts() = state.completed->counts();
  }
  SetStanding(state, scope, submission);
  if (!state.completed.has_value()) return submission;
  submission.set_completed(true);
  submission.set_rows_read(state.completed->rows_read());
  submission.set_rows_recorded(state.completed->rows_recorded());
  submission.set_rows_unchanged(state.completed->rows_unchanged());
  submission.set_rows_refused(state.completed->rows_refused());
  submission.set_attempts(state.attempts);
  return submission;
}

}  // namespace daybook::submissions
