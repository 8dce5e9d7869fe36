// Reads one plan out of the view: its rows in plan order, and the updates of one action in the
// order in which leads are asked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "daybook/views/v1/rows.pb.h"
#include "projections/core/table.h"
#include "projections/views/plan_performance_view.h"
#include "projections/views/row_key.h"

namespace daybook::reports {

// Rows whose key begins with `prefix`, in key order. Pointers live as long as the view stands
// still.
template <class Row>
std::vector<const Row*> RowsUnder(const projections::Table<Row>& table, const std::string& prefix) {
  std::vector<const Row*> rows;
  const auto& all = table.rows();
  for (auto it = all.lower_bound(prefix); it != all.end() && it->first.starts_with(prefix); ++it) {
    rows.push_back(&it->second);
  }
  return rows;
}

// Everything of one plan, each list in plan order (the order in which its facts were recorded).
struct PlanReading {
  const views::v1::PlanRow* plan = nullptr;  // nullptr: the plan is not known
  std::vector<const views::v1::PriorityRow*> priorities;
  std::vector<const views::v1::CommitmentRow*> commitments;
  std::vector<const views::v1::ActionRow*> actions;
};

PlanReading ReadPlan(const views::PlanPerformanceView& view, std::string_view plan_id);

// Still consulted on: opened as a draft and not agreed.
bool IsDraft(const views::v1::PlanRow& plan);
// "draft", "agreed 2024-04-02", or "agreed" for a plan that was never a draft here.
std::string StandingOf(const views::v1::PlanRow& plan);
// What a reader of any table of the plan has to know: that it is a draft, and which of its headings
// were taken out.
std::vector<std::string> StandingNotes(const PlanReading& plan);

// One action with what was said of it.
struct ActionReading {
  const views::v1::ActionRow* action = nullptr;
  const views::v1::ActionEndRow* end = nullptr;  // nullptr: it goes on
  std::vector<const views::v1::TargetRow*> targets;
  // Of all periods; of each period the reporting lead's first, then the other leads in printed
  // order, then everybody else by id.
  std::vector<const views::v1::UpdateRow*> updates;
  std::vector<const views::v1::DeferralRow*> deferrals;
  // From whom the update is due: the lead that reports, or the first one; empty where the plan
  // prints no lead.
  std::string due_from;
};

ActionReading ReadAction(const views::PlanPerformanceView& view,
                         const views::v1::ActionRow& action);

}  // namespace daybook::reports
