#include "projections/views/incident_trend_view.h"

#include "daybook/incidents/events/v1/events.pb.h"
#include "projections/views/fact.h"
#include "projections/views/row_key.h"

namespace daybook::views {

using projections::Handling;
using projections::TypeHandling;

const std::vector<TypeHandling>& IncidentTrendView::types() const {
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
      {"incidents.IncidentRecorded", Handling::kApply},
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
      {"referrals.ReferralReceived", Handling::kIgnore},
      {"referrals.ReferralStatusChanged", Handling::kIgnore},
      {"submissions.SubmissionCompleted", Handling::kIgnore},
      {"submissions.SubmissionOpened", Handling::kIgnore},
  };
  return types;
}

void IncidentTrendView::Apply(const projections::ViewEvent& event) {
  const auto* incident = AsFact<incidents::events::v1::IncidentRecorded>(event);
  if (incident == nullptr) {
    series_.Apply(event);
    return;
  }
  MakeRowKey({incident->dataset(), incident->force_id(), incident->month(), incident->type(),
              incident->district()},
             key_);
  v1::IncidentCellRow& row = cells_.Mutable(key_);
  if (row.count() == 0) {
    row.set_dataset(incident->dataset());
    row.set_force_id(incident->force_id());
    row.set_month(incident->month());
    row.set_type(incident->type());
    row.set_district(incident->district());
  }
  row.set_count(row.count() + 1);
  if (event.back_loaded) row.set_back_loaded(row.back_loaded() + 1);
}

std::vector<projections::TableBase*> IncidentTrendView::tables() {
  std::vector<projections::TableBase*> tables = series_.tables();
  tables.push_back(&cells_);
  return tables;
}

}  // namespace daybook::views
