#include "projections/views/returned_figures_view.h"

namespace daybook::views {

using projections::Handling;
using projections::TypeHandling;

const std::vector<TypeHandling>& ReturnedFiguresView::types() const {
  static const auto& types = *new std::vector<TypeHandling>{
      {"actions.ActionAdded", Handling::kIgnore},
      {"actions.ActionCancelled", Handling::kIgnore},
      {"actions.ActionCompleted", Handling::kIgnore},
      {"actions.CommitmentAdded", Handling::kIgnore},
      {"actions.PlanOpened", Handling::kIgnore},
      {"actions.PriorityAdded", Handling::kIgnore},
      {"actions.TargetSet", Handling::kIgnore},
      {"actions.UpdateDeferred", Handling::kIgnore},
      {"actions.UpdateSubmitted", Handling::kIgnore},
      {"incidents.IncidentRecorded", Handling::kIgnore},
      {"incidents.IncidentRevised", Handling::kIgnore},
      {"incidents.IncidentStatedEarlier", Handling::kIgnore},
      {"incidents.IncidentVoided", Handling::kIgnore},
      {"measures.DimensionDefined", Handling::kIgnore},
      {"measures.FigurePublished", Handling::kApply},
      {"measures.MeasureDefined", Handling::kReference},
      {"measures.ObservationRecorded", Handling::kApply},
      {"measures.SeriesBreakDeclared", Handling::kIgnore},  // the register keeps the breaks
      {"measures.TableReleased", Handling::kApply},
      {"partners.AreaRegistered", Handling::kIgnore},
      {"partners.MembershipEnded", Handling::kIgnore},
      {"partners.MembershipGranted", Handling::kIgnore},
      {"partners.OrganisationAliasAdded", Handling::kIgnore},
      {"partners.OrganisationRegistered", Handling::kIgnore},
      {"partners.OrganisationSucceeded", Handling::kIgnore},
      {"partners.PartnershipRegistered", Handling::kIgnore},
      {"referrals.ReferralReceived", Handling::kIgnore},
      {"referrals.ReferralRevised", Handling::kIgnore},
      {"referrals.ReferralStatedEarlier", Handling::kIgnore},
      {"referrals.ReferralStatusChanged", Handling::kIgnore},
      {"referrals.ReferralVoided", Handling::kIgnore},
      {"scrutiny.AssessmentApproved", Handling::kIgnore},
      {"scrutiny.AssessmentOpened", Handling::kIgnore},
      {"scrutiny.ResolutionPassed", Handling::kIgnore},
      {"scrutiny.ResponseGiven", Handling::kIgnore},
      {"scrutiny.RiskRanked", Handling::kIgnore},
      {"scrutiny.SectionSubmitted", Handling::kIgnore},
      {"submissions.RowsMovedAway", Handling::kIgnore},
      {"submissions.SubmissionCompleted", Handling::kIgnore},
      {"submissions.SubmissionHeld", Handling::kIgnore},
      {"submissions.SubmissionOpened", Handling::kIgnore},
      {"submissions.VersionAccepted", Handling::kIgnore},
  };
  return types;
}

}  // namespace daybook::views
