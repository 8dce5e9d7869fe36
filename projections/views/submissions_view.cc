#include "projections/views/submissions_view.h"

#include "eventstore/core/civil_day.h"
#include "projections/views/fact.h"
#include "projections/views/handlings.h"
#include "projections/views/row_key.h"

namespace daybook::views {

namespace in = incidents::events::v1;
namespace re = referrals::events::v1;
namespace su = submissions::events::v1;
using projections::Handling;
using projections::TypeHandling;

const std::vector<TypeHandling>& SubmissionsView::types() const {
  static const auto& types = *new std::vector<TypeHandling>(Handlings(
      {
          {"incidents.IncidentRecorded", Handling::kApply},
          {"incidents.IncidentRevised", Handling::kApply},
          {"incidents.IncidentStatedEarlier", Handling::kApply},
          {"incidents.IncidentVoided", Handling::kApply},
          {"referrals.ReferralReceived", Handling::kApply},
          {"referrals.ReferralRevised", Handling::kApply},
          {"referrals.ReferralStatedEarlier", Handling::kApply},
          {"referrals.ReferralVoided", Handling::kApply},
          {"submissions.SubmissionCompleted", Handling::kApply},
          {"submissions.SubmissionHeld", Handling::kApply},
          {"submissions.SubmissionOpened", Handling::kApply},
          {"submissions.VersionAccepted", Handling::kApply},
      },
      {"actions", "measures", "partners", "referrals.ReferralStatusChanged", "scrutiny",
       "submissions.RowsMovedAway", "submissions.ReadingRuleKept", "submissions.ReadingRuleRevoked",
       "enforcement"}));
  return types;
}

SubmissionsView::Looks SubmissionsView::LooksOf(const in::IncidentRecorded& incident) {
  const auto& place = incident.published_place();
  return {incident.month(),
          incident.type(),
          incident.outcome(),
          incident.district(),
          {place.longitude(), place.latitude(), place.location(), place.lsoa_code()}};
}

SubmissionsView::Looks SubmissionsView::LooksOf(const re::ReferralReceived& referral) {
  return {referral.month(), referral.service_id(), referral.status(), referral.area_id(), {}};
}

template <class Fact, class Revised, class Voided, class Earlier>
bool SubmissionsView::ApplyFact(const projections::ViewEvent& event,
                                const Fact& (Revised::*now)() const) {
  if (const auto* recorded = AsFact<Fact>(event)) {
    Count(recorded->submission_id(), std::nullopt, LooksOf(*recorded));
  } else if (const auto* revised = AsFact<Revised>(event)) {
    const Fact& is = (revised->*now)();
    std::optional<Looks> before;
    if (revised->has_before()) before = LooksOf(revised->before());
    Count(is.submission_id(), before, LooksOf(is));
  } else if (const auto* voided = AsFact<Voided>(event)) {
    Count(voided->submission_id(), LooksOf(voided->before()), std::nullopt);
  } else if (const auto* earlier = AsFact<Earlier>(event)) {
    ApplyEarlier(*earlier);
  } else {
    return false;
  }
  return true;
}

void SubmissionsView::Apply(const projections::ViewEvent& event) {
  if (ApplySubmission(event)) return;
  if (ApplyFact<in::IncidentRecorded, in::IncidentRevised, in::IncidentVoided,
                in::IncidentStatedEarlier>(event, &in::IncidentRevised::incident)) {
    return;
  }
  ApplyFact<re::ReferralReceived, re::ReferralRevised, re::ReferralVoided,
            re::ReferralStatedEarlier>(event, &re::ReferralRevised::referral);
}

bool SubmissionsView::ApplySubmission(const projections::ViewEvent& event) {
  if (const auto* opened = AsFact<su::SubmissionOpened>(event)) {
    // It stands in two streams.
    v1::SubmissionRow& row = submissions_.Mutable(opened->submission_id());
    *row.mutable_opened() = *opened;
    row.set_agency(event.recorded->agency);
    row.set_opened_day(eventstore::LondonDay(event.recorded->record_time).days);
  } else if (const auto* held = AsFact<su::SubmissionHeld>(event)) {
    *submissions_.Mutable(held->submission_id()).mutable_held() = *held;
  } else if (const auto* accepted = AsFact<su::VersionAccepted>(event)) {
    ApplyAccepted(*accepted);
  } else if (const auto* completed = AsFact<su::SubmissionCompleted>(event)) {
    *submissions_.Mutable(completed->submission_id()).mutable_completed() = *completed;
  } else {
    return false;
  }
  return true;
}

void SubmissionsView::ApplyAccepted(const su::VersionAccepted& accepted) {
  v1::SubmissionRow& row = submissions_.Mutable(accepted.submission_id());
  row.clear_held();
  *row.mutable_accepted() = accepted;
}

template <class Earlier>
void SubmissionsView::ApplyEarlier(const Earlier& earlier) {
  std::optional<Looks> before, stated, later;
  if (earlier.has_before()) before = LooksOf(earlier.before());
  if (earlier.has_stated()) stated = LooksOf(earlier.stated());
  if (earlier.has_later()) later = LooksOf(earlier.later());
  Count(earlier.submission_id(), before, stated);
  // What the version after it was compared with so far is not the one before it any more.
  Count(earlier.until_submission_id(), before, later, -1);
  Count(earlier.until_submission_id(), stated, later);
}

v1::RevisionRow& SubmissionsView::RowOf(std::string_view submission_id, std::string_view month) {
  MakeRowKey({submission_id, month}, key_);
  v1::RevisionRow& row = revisions_.Mutable(key_);
  if (row.submission_id().empty()) {
    row.set_submission_id(std::string(submission_id));
    row.set_month(std::string(month));
  }
  return row;
}

namespace {

std::uint64_t Plus(std::uint64_t count, std::int64_t sign) {
  return count + static_cast<std::uint64_t>(sign);
}

}  // namespace

void SubmissionsView::Count(const std::string& submission_id, const std::optional<Looks>& before,
                            const std::optional<Looks>& after, std::int64_t sign) {
  if (submission_id.empty() || (!before && !after)) return;
  if (!before) {
    v1::RevisionRow& row = RowOf(submission_id, after->month);
    return row.set_added(Plus(row.added(), sign));
  }
  if (!after) {
    v1::RevisionRow& row = RowOf(submission_id, before->month);
    return row.set_removed(Plus(row.removed(), sign));
  }
  const bool moved = before->month != after->month;
  const bool type = before->type != after->type;
  const bool outcome = before->outcome != after->outcome;
  const bool district = before->district != after->district;
  const bool place = before->place != after->place;
  if (!moved && !type && !outcome && !district && !place) return;
  if (moved) {
    v1::RevisionRow& left = RowOf(submission_id, before->month);
    left.set_moved_out(Plus(left.moved_out(), sign));
  }
  v1::RevisionRow& row = RowOf(submission_id, after->month);
  if (moved) row.set_moved_in(Plus(row.moved_in(), sign));
  if (!moved) row.set_changed(Plus(row.changed(), sign));
  if (type) row.set_changed_type(Plus(row.changed_type(), sign));
  if (outcome) row.set_changed_outcome(Plus(row.changed_outcome(), sign));
  if (district) row.set_changed_district(Plus(row.changed_district(), sign));
  if (place) row.set_changed_place(Plus(row.changed_place(), sign));
}

}  // namespace daybook::views
