// Picks, from the updates of an action, the figure that answers a target.
#pragma once

#include <string_view>
#include <vector>

#include "daybook/types/v1/types.pb.h"
#include "projections/reports/plan_progress.h"
#include "projections/reports/plan_reading.h"

namespace daybook::reports {

// Which report is asked for.
struct PlanScope {
  types::v1::Period year;
  types::v1::Period period;  // a quarter of the year, or the year
  bool due = true;           // the period is over: what was not reported is missing
};

// A figure's own period lies outside the plan year: accepted, marked, counted for no target.
bool IsOutsideYear(const actions::events::v1::Measurement& measurement,
                   const types::v1::Period& year);

// True for figures of what happened; booked and planned ones answer no target.
bool IsActual(const actions::events::v1::Measurement& measurement);

// Evidence for every target of the action, in their order.
//
// A cumulative count is the sum of the updates of the year so far, one organisation a period
// (sources are never added); a figure whose own period covers others stands in for them (figures
// "to date"). Everything else is read from the updates of the period alone.
std::vector<TargetEvidence> EvidenceOf(const ActionReading& action, const PlanScope& scope);

// The updates of exactly this period, in the order in which leads are asked.
std::vector<const views::v1::UpdateRow*> UpdatesOf(const ActionReading& action,
                                                   const types::v1::Period& period);

}  // namespace daybook::reports
