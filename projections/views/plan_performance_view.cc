#include "projections/views/plan_performance_view.h"

#include <utility>

#include "projections/views/fact.h"
#include "projections/views/handlings.h"
#include "projections/views/row_key.h"

namespace daybook::views {
namespace {

using projections::Handling;
using projections::TypeHandling;
using projections::ViewEvent;
namespace actions_events = daybook::actions::events::v1;

// What is held beside the fact of a row: the one known last holds, as for the fact.
template <class Fact>
void KeepBeside(const ViewEvent& event, const Fact& fact, bool held, Fact* kept,
                v1::Origin* kept_origin) {
  v1::Origin origin = OriginOf(event);
  if (held && !Supersedes(origin, *kept_origin)) return;
  *kept = fact;
  *kept_origin = std::move(origin);
}

// A heading that is worded otherwise is the same heading, whichever of the two was known first.
void TakeWording(v1::PriorityRow& row) {
  if (!row.has_fact() || !row.has_reworded()) return;
  row.mutable_fact()->set_label(row.reworded().label());
  row.mutable_fact()->set_number(row.reworded().number());
}

// What an action ended by is decided as any other fact: the one known last holds.
v1::ActionEndRow* RowToEnd(const ViewEvent& event, v1::ActionEndRow& row) {
  const v1::Origin origin = OriginOf(event);
  if (row.has_origin() && !Supersedes(origin, row.origin())) return nullptr;
  row.Clear();
  *row.mutable_origin() = origin;
  return &row;
}

}  // namespace

const std::vector<TypeHandling>& PlanPerformanceView::types() const {
  static const auto& types = *new std::vector<TypeHandling>(Handlings(
      {
          {"actions.ActionAdded", Handling::kApply},
          {"actions.ActionCancelled", Handling::kApply},
          {"actions.ActionCompleted", Handling::kApply},
          {"actions.CommitmentAdded", Handling::kApply},
          {"actions.FundsMoved", Handling::kApply},
          {"actions.GrantAllocated", Handling::kApply},
          {"actions.PlanAdopted", Handling::kApply},
          {"actions.PlanOpened", Handling::kApply},
          {"actions.PriorityAdded", Handling::kApply},
          {"actions.PriorityRetired", Handling::kApply},
          {"actions.PriorityReworded", Handling::kApply},
          {"actions.ProjectMapped", Handling::kApply},
          {"actions.TargetSet", Handling::kApply},
          {"actions.TopSliceApplied", Handling::kApply},
          {"actions.UpdateDeferred", Handling::kApply},
          {"actions.UpdateSubmitted", Handling::kApply},
      },
      {"actions.ActivityRecorded", "actions.ReachRecorded", "incidents", "measures", "partners",
       "referrals", "scrutiny", "submissions", "enforcement"}));
  return types;
}

void PlanPerformanceView::Apply(const ViewEvent& event) {
  if (!ApplyPlan(event) && !ApplyDraft(event) && !ApplyMoney(event)) ApplyProgress(event);
}

bool PlanPerformanceView::ApplyPlan(const ViewEvent& event) {
  if (const auto* plan = AsFact<actions_events::PlanOpened>(event)) {
    KeepLatest(event, *plan, plans_.Mutable(RowKey({plan->plan_id()})));
  } else if (const auto* priority = AsFact<actions_events::PriorityAdded>(event)) {
    v1::PriorityRow& row =
        priorities_.Mutable(RowKey({priority->plan_id(), priority->priority_id()}));
    KeepLatest(event, *priority, row);
    TakeWording(row);
  } else if (const auto* commitment = AsFact<actions_events::CommitmentAdded>(event)) {
    KeepLatest(event, *commitment,
               commitments_.Mutable(RowKey({commitment->plan_id(), commitment->commitment_id()})));
  } else if (const auto* action = AsFact<actions_events::ActionAdded>(event)) {
    KeepLatest(event, *action, actions_.Mutable(RowKey({action->plan_id(), action->action_id()})));
  } else if (const auto* target = AsFact<actions_events::TargetSet>(event)) {
    KeepLatest(
        event, *target,
        targets_.Mutable(RowKey({target->plan_id(), target->action_id(), target->target_id()})));
  } else if (const auto* project = AsFact<actions_events::ProjectMapped>(event)) {
    KeepLatest(event, *project,
               projects_.Mutable(RowKey({project->plan_id(), project->project_id()})));
  } else {
    return false;
  }
  return true;
}

bool PlanPerformanceView::ApplyDraft(const ViewEvent& event) {
  if (const auto* adopted = AsFact<actions_events::PlanAdopted>(event)) {
    v1::PlanRow& row = plans_.Mutable(RowKey({adopted->plan_id()}));
    const bool held = row.has_adopted();
    KeepBeside(event, *adopted, held, row.mutable_adopted(), row.mutable_adopted_origin());
  } else if (const auto* reworded = AsFact<actions_events::PriorityReworded>(event)) {
    v1::PriorityRow& row =
        priorities_.Mutable(RowKey({reworded->plan_id(), reworded->priority_id()}));
    const bool held = row.has_reworded();
    KeepBeside(event, *reworded, held, row.mutable_reworded(), row.mutable_reworded_origin());
    TakeWording(row);
  } else if (const auto* retired = AsFact<actions_events::PriorityRetired>(event)) {
    v1::PriorityRow& row =
        priorities_.Mutable(RowKey({retired->plan_id(), retired->priority_id()}));
    const bool held = row.has_retired();
    KeepBeside(event, *retired, held, row.mutable_retired(), row.mutable_retired_origin());
  } else {
    return false;
  }
  return true;
}

bool PlanPerformanceView::ApplyMoney(const ViewEvent& event) {
  if (const auto* allocated = AsFact<actions_events::GrantAllocated>(event)) {
    KeepLatest(event, *allocated, funds_.Mutable(RowKey({allocated->fund_id()})));
  } else if (const auto* taken = AsFact<actions_events::TopSliceApplied>(event)) {
    *funds_.Mutable(RowKey({taken->fund_id()})).mutable_top_slice() = *taken;
  } else if (const auto* moved = AsFact<actions_events::FundsMoved>(event)) {
    KeepLatest(event, *moved, fund_entries_.Mutable(RowKey({moved->fund_id(), moved->entry_id()})));
  } else {
    return false;
  }
  return true;
}

bool PlanPerformanceView::ApplyProgress(const ViewEvent& event) {
  if (const auto* update = AsFact<actions_events::UpdateSubmitted>(event)) {
    ApplyUpdate(event, *update);
  } else if (const auto* deferred = AsFact<actions_events::UpdateDeferred>(event)) {
    KeepLatest(
        event, *deferred,
        deferrals_.Mutable(RowKey({deferred->plan_id(), deferred->action_id(),
                                   PeriodPart(deferred->period()), deferred->organisation_id()})));
  } else if (const auto* cancelled = AsFact<actions_events::ActionCancelled>(event)) {
    v1::ActionEndRow& row = ends_.Mutable(RowKey({cancelled->plan_id(), cancelled->action_id()}));
    if (v1::ActionEndRow* end = RowToEnd(event, row); end != nullptr) {
      end->set_cancelled_date(cancelled->date());
      end->set_cancelled_reason(cancelled->reason());
    }
  } else if (const auto* completed = AsFact<actions_events::ActionCompleted>(event)) {
    v1::ActionEndRow& row = ends_.Mutable(RowKey({completed->plan_id(), completed->action_id()}));
    if (v1::ActionEndRow* end = RowToEnd(event, row); end != nullptr) {
      end->set_completed_date(completed->date());
    }
  } else {
    return false;
  }
  return true;
}

void PlanPerformanceView::ApplyUpdate(const ViewEvent& event,
                                      const actions_events::UpdateSubmitted& update) {
  v1::UpdateRow& row =
      updates_.Mutable(RowKey({update.plan_id(), update.action_id(), PeriodPart(update.period()),
                               update.organisation_id()}));
  if (row.has_fact()) row.set_replaced(row.replaced() + 1);
  if (!KeepLatest(event, update, row)) return;
  row.clear_narrative_part();
  for (const eventstore::SealedPart& part : event.recorded->event.parts) {
    if (part.name == kNarrativePart) row.set_narrative_part(part.name);
  }
}

}  // namespace daybook::views
