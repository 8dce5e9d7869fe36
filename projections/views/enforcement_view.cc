#include "projections/views/enforcement_view.h"

#include "projections/views/fact.h"
#include "projections/views/handlings.h"
#include "projections/views/row_key.h"

namespace daybook::views {

namespace enforcement_events = daybook::enforcement::events::v1;
using projections::Handling;
using projections::TypeHandling;

namespace {

// Adds the fact behind those of its day and before; what came later stands later.
template <class Fact, class Day>
void AddInOrder(const Fact& fact, const Day& day, google::protobuf::RepeatedPtrField<Fact>* facts) {
  *facts->Add() = fact;
  for (int at = facts->size() - 1; at > 0 && day((*facts)[at]) < day((*facts)[at - 1]); --at) {
    facts->SwapElements(at, at - 1);
  }
}

}  // namespace

const std::vector<TypeHandling>& EnforcementView::types() const {
  static const auto& types = *new std::vector<TypeHandling>(Handlings(
      {{"enforcement.BreachRecorded", Handling::kApply},
       {"enforcement.OrderMade", Handling::kApply},
       {"enforcement.OrderReviewed", Handling::kApply},
       {"enforcement.PenaltyIssued", Handling::kApply},
       {"enforcement.PenaltySettled", Handling::kApply},
       {"enforcement.StepTaken", Handling::kApply},
       {"enforcement.TaskActioned", Handling::kApply},
       {"enforcement.TaskRaised", Handling::kApply}},
      {"actions", "incidents", "measures", "partners", "referrals", "scrutiny", "submissions"}));
  return types;
}

void EnforcementView::Apply(const projections::ViewEvent& event) {
  if (const auto* made = AsFact<enforcement_events::OrderMade>(event)) {
    KeepLatest(event, *made, orders_.Mutable(RowKey({made->order_id()})));
  } else if (const auto* reviewed = AsFact<enforcement_events::OrderReviewed>(event)) {
    AddInOrder(
        *reviewed, [](const auto& fact) { return fact.reviewed_date(); },
        orders_.Mutable(RowKey({reviewed->order_id()})).mutable_reviews());
  } else if (const auto* breach = AsFact<enforcement_events::BreachRecorded>(event)) {
    KeepLatest(
        event, *breach,
        breaches_.Mutable(RowKey({breach->order_id(), breach->subject(), breach->breach_id()})));
  } else if (const auto* step = AsFact<enforcement_events::StepTaken>(event)) {
    AddInOrder(
        *step, [](const auto& fact) { return fact.taken_date(); },
        breaches_.Mutable(RowKey({step->order_id(), step->subject(), step->breach_id()}))
            .mutable_steps());
  } else {
    ApplyDuty(event);
  }
}

void EnforcementView::ApplyDuty(const projections::ViewEvent& event) {
  if (const auto* raised = AsFact<enforcement_events::TaskRaised>(event)) {
    KeepLatest(event, *raised, tasks_.Mutable(RowKey({raised->task_id()})));
  } else if (const auto* actioned = AsFact<enforcement_events::TaskActioned>(event)) {
    *tasks_.Mutable(RowKey({actioned->task_id()})).mutable_actioned() = *actioned;
  } else if (const auto* issued = AsFact<enforcement_events::PenaltyIssued>(event)) {
    KeepLatest(event, *issued, penalties_.Mutable(RowKey({issued->penalty_id()})));
  } else if (const auto* settled = AsFact<enforcement_events::PenaltySettled>(event)) {
    *penalties_.Mutable(RowKey({settled->penalty_id()})).mutable_settled() = *settled;
  }
}

}  // namespace daybook::views
