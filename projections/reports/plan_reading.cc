#include "projections/reports/plan_reading.h"

#include <algorithm>
#include <tuple>

namespace daybook::reports {
namespace {

using views::RowKey;

template <class Row>
void SortByPosition(std::vector<const Row*>& rows) {
  std::sort(rows.begin(), rows.end(), [](const Row* a, const Row* b) {
    return a->origin().position() < b->origin().position();
  });
}

std::string DueFrom(const actions::events::v1::ActionAdded& action) {
  for (const auto& lead : action.leads()) {
    if (lead.reports()) return lead.organisation_id();
  }
  return action.leads().empty() ? std::string() : action.leads(0).organisation_id();
}

// Smaller is asked first.
int LeadRank(const actions::events::v1::ActionAdded& action, const std::string& due_from,
             const std::string& organisation_id) {
  if (organisation_id == due_from) return -1;
  for (int i = 0; i < action.leads_size(); ++i) {
    if (action.leads(i).organisation_id() == organisation_id) return i;
  }
  return action.leads_size();
}

}  // namespace

PlanReading ReadPlan(const views::PlanPerformanceView& view, std::string_view plan_id) {
  const std::string prefix = RowKey({plan_id});
  PlanReading reading;
  const auto* plan = view.plans().Find(prefix);
  // As known on a day, something may be known of a plan that is not known itself.
  if (plan == nullptr || !plan->has_fact()) return reading;
  reading.plan = plan;
  reading.priorities = RowsUnder(view.priorities(), prefix);
  std::erase_if(reading.priorities, [](const auto* row) { return !row->has_fact(); });
  reading.commitments = RowsUnder(view.commitments(), prefix);
  reading.actions = RowsUnder(view.actions(), prefix);
  SortByPosition(reading.priorities);
  SortByPosition(reading.commitments);
  SortByPosition(reading.actions);
  return reading;
}

bool IsDraft(const views::v1::PlanRow& plan) { return plan.fact().draft() && !plan.has_adopted(); }

std::string StandingOf(const views::v1::PlanRow& plan) {
  if (IsDraft(plan)) return "draft";
  return plan.has_adopted() ? "agreed " + plan.adopted().date() : "agreed";
}

std::vector<std::string> StandingNotes(const PlanReading& plan) {
  std::vector<std::string> notes;
  if (IsDraft(*plan.plan)) {
    notes.emplace_back("This plan is a draft: it was not agreed by the time of this report.");
  }
  for (const auto* row : plan.priorities) {
    if (!row->has_retired()) continue;
    notes.push_back("The heading " + row->fact().label() + " was taken out of the plan on " +
                    row->retired().date() + ".");
  }
  return notes;
}

ActionReading ReadAction(const views::PlanPerformanceView& view,
                         const views::v1::ActionRow& action) {
  const std::string prefix = RowKey({action.fact().plan_id(), action.fact().action_id()});
  ActionReading reading;
  reading.action = &action;
  reading.end = view.ends().Find(prefix);
  reading.targets = RowsUnder(view.targets(), prefix);
  SortByPosition(reading.targets);
  reading.updates = RowsUnder(view.updates(), prefix);
  reading.deferrals = RowsUnder(view.deferrals(), prefix);
  reading.due_from = DueFrom(action.fact());
  const auto order = [&](const views::v1::UpdateRow* row) {
    return std::tuple(row->fact().period().start_date(), row->fact().period().end_date(),
                      LeadRank(action.fact(), reading.due_from, row->fact().organisation_id()),
                      row->fact().organisation_id());
  };
  std::sort(reading.updates.begin(), reading.updates.end(),
            [&](const auto* a, const auto* b) { return order(a) < order(b); });
  return reading;
}

}  // namespace daybook::reports
