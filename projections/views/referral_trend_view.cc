#include "projections/views/referral_trend_view.h"

#include "daybook/referrals/events/v1/events.pb.h"
#include "projections/views/fact.h"
#include "projections/views/row_key.h"

namespace daybook::views {

using projections::Handling;
using projections::TypeHandling;

const std::vector<TypeHandling>& ReferralTrendView::types() const {
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
      {"measures.FigurePublished", Handling::kApply},
      {"measures.MeasureDefined", Handling::kReference},
      {"measures.ObservationRecorded", Handling::kApply},
      {"measures.SeriesBreakDeclared", Handling::kIgnore},  // the register keeps the breaks
      {"partners.AreaRegistered", Handling::kIgnore},
      {"partners.MembershipEnded", Handling::kIgnore},
      {"partners.MembershipGranted", Handling::kIgnore},
      {"partners.OrganisationAliasAdded", Handling::kIgnore},
      {"partners.OrganisationRegistered", Handling::kIgnore},
      {"partners.OrganisationSucceeded", Handling::kIgnore},
      {"partners.PartnershipRegistered", Handling::kIgnore},
      {"referrals.ReferralReceived", Handling::kApply},
      {"referrals.ReferralStatusChanged", Handling::kIgnore},
      {"submissions.RowsMovedAway", Handling::kIgnore},
      {"submissions.SubmissionCompleted", Handling::kIgnore},
      {"submissions.SubmissionHeld", Handling::kIgnore},
      {"submissions.SubmissionOpened", Handling::kIgnore},
      {"submissions.VersionAccepted", Handling::kIgnore},
  };
  return types;
}

void ReferralTrendView::Apply(const projections::ViewEvent& event) {
  const auto* referral = AsFact<referrals::events::v1::ReferralReceived>(event);
  if (referral == nullptr) {
    series_.Apply(event);
    return;
  }
  const std::string& agency = event.recorded->agency;
  v1::ReferralCellRow& row = cells_.Mutable(
      RowKey({referral->service_id(), agency, referral->area_id(), referral->month()}));
  row.set_service_id(referral->service_id());
  row.set_agency(agency);
  row.set_area_id(referral->area_id());
  row.set_month(referral->month());
  row.set_count(row.count() + 1);
  if (event.back_loaded) row.set_back_loaded(row.back_loaded() + 1);
}

std::vector<projections::TableBase*> ReferralTrendView::tables() {
  std::vector<projections::TableBase*> tables = series_.tables();
  tables.push_back(&cells_);
  return tables;
}

}  // namespace daybook::views
