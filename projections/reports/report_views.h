// What every report is made from: the views at one position, how true that is, and today.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "daybook/reports/v1/reports_service.pb.h"
#include "eventstore/core/ids.h"
#include "projections/core/as_of.h"
#include "projections/core/view_set.h"

namespace daybook::views {
class ActivitiesView;
class EnforcementView;
class IncidentTrendView;
class PlanPerformanceView;
class ReferralTrendView;
class RegisterView;
class ReturnedFiguresView;
class ScrutinyView;
class SubmissionsView;
}  // namespace daybook::views

namespace daybook::reports {

// Pointers into a ViewSet: live no longer than the query that gave it.
struct ReportViews {
  const views::RegisterView* names = nullptr;
  const views::PlanPerformanceView* plans = nullptr;
  const views::ReferralTrendView* referrals = nullptr;
  const views::IncidentTrendView* incidents = nullptr;
  const views::SubmissionsView* submissions = nullptr;
  const views::ReturnedFiguresView* returned = nullptr;
  const views::ScrutinyView* scrutiny = nullptr;
  const views::EnforcementView* enforcement = nullptr;
  const views::ActivitiesView* activities = nullptr;

  // What was left out of each view, where the set says it; the context's counts of all views
  // together stand in otherwise.
  std::optional<projections::KnownCounts> plan_counts = std::nullopt;
  std::optional<projections::KnownCounts> referral_counts = std::nullopt;
  std::optional<projections::KnownCounts> incident_counts = std::nullopt;
};

// The views of a set. VIEW_PARKED (UNAVAILABLE) when one of them stopped.
absl::StatusOr<ReportViews> ViewsOf(const projections::ViewSet& set);

// The same for every report of one request.
struct AnswerContext {
  projections::Truth truth;
  // "Today" for overdue and silent: a parameter, never the clock.
  eventstore::CivilDay today;
  // Whether the tables shall leave the partnership: then a renderer says what their counts are sums
  // of (release.h).
  bool for_release = false;
};

// The context with the counts of the one view that a report rests on.
AnswerContext ContextOfView(AnswerContext context,
                            const std::optional<projections::KnownCounts>& counts);

// The wire form of how true an answer is; `back_loaded` counts the facts in this answer.
v1::Truth TruthOf(const AnswerContext& context, std::uint64_t back_loaded);

// What an answer as known on a day has to say about that: nothing when no day was asked for.
// `nothing_found` is true when the answer shows no fact at all.
void AddKnownNotes(const AnswerContext& context, bool nothing_found, std::uint64_t back_loaded,
                   google::protobuf::RepeatedPtrField<std::string>* notes);

}  // namespace daybook::reports
