#include "projections/reports/report_views.h"

#include "eventstore/core/error.h"
#include "projections/reports/dates.h"
#include "projections/views/activities_view.h"
#include "projections/views/enforcement_view.h"
#include "projections/views/incident_trend_view.h"
#include "projections/views/plan_performance_view.h"
#include "projections/views/referral_trend_view.h"
#include "projections/views/register_view.h"
#include "projections/views/returned_figures_view.h"
#include "projections/views/scrutiny_view.h"
#include "projections/views/submissions_view.h"

namespace daybook::reports {

absl::StatusOr<ReportViews> ViewsOf(const projections::ViewSet& set) {
  ReportViews found;
  DAYBOOK_ASSIGN_OR_RETURN(found.names, set.Get<views::RegisterView>());
  DAYBOOK_ASSIGN_OR_RETURN(found.plans, set.Get<views::PlanPerformanceView>());
  DAYBOOK_ASSIGN_OR_RETURN(found.referrals, set.Get<views::ReferralTrendView>());
  DAYBOOK_ASSIGN_OR_RETURN(found.incidents, set.Get<views::IncidentTrendView>());
  DAYBOOK_ASSIGN_OR_RETURN(found.submissions, set.Get<views::SubmissionsView>());
  DAYBOOK_ASSIGN_OR_RETURN(found.returned, set.Get<views::ReturnedFiguresView>());
  DAYBOOK_ASSIGN_OR_RETURN(found.scrutiny, set.Get<views::ScrutinyView>());
  DAYBOOK_ASSIGN_OR_RETURN(found.enforcement, set.Get<views::EnforcementView>());
  DAYBOOK_ASSIGN_OR_RETURN(found.activities, set.Get<views::ActivitiesView>());
  found.plan_counts = set.CountsOf(views::PlanPerformanceView::kName);
  found.referral_counts = set.CountsOf(views::ReferralTrendView::kName);
  found.incident_counts = set.CountsOf(views::IncidentTrendView::kName);
  return found;
}

AnswerContext ContextOfView(AnswerContext context,
                            const std::optional<projections::KnownCounts>& counts) {
  if (counts) context.truth.counts = *counts;
  return context;
}

v1::Truth TruthOf(const AnswerContext& context, std::uint64_t back_loaded) {
  const projections::Truth& truth = context.truth;
  v1::Truth wire;
  types::v1::Checkpoint* checkpoint = wire.mutable_checkpoint();
  checkpoint->set_log_id(truth.checkpoint.log.log_id);
  checkpoint->set_incarnation(truth.checkpoint.log.incarnation);
  checkpoint->set_size(truth.checkpoint.size);
  checkpoint->set_root(truth.checkpoint.root.data(), truth.checkpoint.root.size());
  if (truth.known_on) wire.set_known_on(IsoDay(*truth.known_on));
  wire.set_not_yet_known(truth.counts.not_yet_known);
  wire.set_known_unknown(truth.counts.known_unknown);
  wire.set_back_loaded(back_loaded);
  return wire;
}

void AddKnownNotes(const AnswerContext& context, bool nothing_found, std::uint64_t back_loaded,
                   google::protobuf::RepeatedPtrField<std::string>* notes) {
  const projections::Truth& truth = context.truth;
  if (truth.known_on) {
    const std::string day = IsoDay(*truth.known_on);
    if (nothing_found) {
      *notes->Add() = "Nothing of this was known to the partnership by " + day + ".";
    }
    *notes->Add() =
        "As known on " + day + ": " + std::to_string(truth.counts.not_yet_known) +
        " facts that became known later are left out" +
        (truth.counts.known_unknown == 0 ? std::string()
                                         : ", and " + std::to_string(truth.counts.known_unknown) +
                                               " of which nobody knows when they were received") +
        ".";
  }
  if (back_loaded > 0) {
    *notes->Add() = "Loaded later than known: " + std::to_string(back_loaded) +
                    " facts of this answer were recorded after the day on which they were known.";
  }
}

}  // namespace daybook::reports
