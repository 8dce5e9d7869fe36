#include "projections/views/activities_view.h"

#include "projections/views/fact.h"
#include "projections/views/handlings.h"
#include "projections/views/row_key.h"

namespace daybook::views {

namespace actions_events = daybook::actions::events::v1;
using projections::Handling;
using projections::TypeHandling;

const std::vector<TypeHandling>& ActivitiesView::types() const {
  static const auto& types = *new std::vector<TypeHandling>(Handlings(
      {
          {"actions.ActivityRecorded", Handling::kApply},
          {"actions.ReachRecorded", Handling::kApply},
      },
      // What else happens to plans is plan-performance's.
      {"actions.ActionAdded",
       "actions.ActionCancelled",
       "actions.ActionCompleted",
       "actions.CommitmentAdded",
       "actions.FundsMoved",
       "actions.GrantAllocated",
       "actions.PlanOpened",
       "actions.PriorityAdded",
       "actions.PlanAdopted",
       "actions.PriorityReworded",
       "actions.PriorityRetired",
       "actions.ProjectMapped",
       "actions.TargetSet",
       "actions.TopSliceApplied",
       "actions.UpdateDeferred",
       "actions.UpdateSubmitted",
       "enforcement",
       "incidents",
       "measures",
       "partners",
       "referrals",
       "scrutiny",
       "submissions"}));
  return types;
}

void ActivitiesView::Apply(const projections::ViewEvent& event) {
  if (const auto* recorded = AsFact<actions_events::ActivityRecorded>(event)) {
    KeepLatest(event, *recorded, activities_.Mutable(RowKey({recorded->activity_id()})));
  } else if (const auto* reached = AsFact<actions_events::ReachRecorded>(event)) {
    KeepLatest(event, *reached,
               reaches_.Mutable(RowKey({reached->activity_id(), reached->what(),
                                        PeriodPart(reached->period()), reached->area_id()})));
  }
}

}  // namespace daybook::views
