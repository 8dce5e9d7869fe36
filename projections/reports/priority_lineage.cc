// Where the headings of plans come from and go to.
#include <algorithm>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "projections/reports/plan_links.h"
#include "projections/reports/plan_reading.h"
#include "projections/reports/report_error.h"
#include "projections/views/plan_performance_view.h"
#include "proto/values/civil.h"

namespace daybook::reports {
namespace {

using views::v1::PlanRow;
using views::v1::PriorityRow;
using Ref = std::pair<std::string, std::string>;  // plan, priority

// Everything about the headings of all plans that one table needs.
struct Lineage {
  std::map<Ref, const PriorityRow*> headings;
  std::map<Ref, std::vector<Ref>> successors;
  std::map<std::string, const PlanRow*> plans;
};

Lineage ReadLineage(const ReportViews& views) {
  Lineage lineage;
  for (const auto& [key, row] : views.plans->plans().rows()) {
    if (row.has_fact()) lineage.plans[row.fact().plan_id()] = &row;
  }
  for (const auto& [key, row] : views.plans->priorities().rows()) {
    if (!row.has_fact()) continue;
    const Ref self{row.fact().plan_id(), row.fact().priority_id()};
    lineage.headings[self] = &row;
    for (const auto& origin : row.fact().derived_from()) {
      lineage.successors[{origin.plan_id(), origin.priority_id()}].push_back(self);
    }
  }
  return lineage;
}

// "2017-18: 3 High-harm repeat ASB".
std::string HeadingText(const Lineage& lineage, const Ref& ref) {
  const auto plan = lineage.plans.find(ref.first);
  const auto heading = lineage.headings.find(ref);
  const std::string year =
      plan == lineage.plans.end() ? ref.first : PeriodLabel(plan->second->fact().year());
  if (heading == lineage.headings.end()) return year + ": " + ref.second;
  const auto& fact = heading->second->fact();
  return fact.number() == 0 ? fmt::format("{}: {}", year, fact.label())
                            : fmt::format("{}: {} {}", year, fact.number(), fact.label());
}

std::string Join(const Lineage& lineage, const std::vector<Ref>& refs) {
  std::string text;
  for (const Ref& ref : refs) text += (text.empty() ? "" : "; ") + HeadingText(lineage, ref);
  return text;
}

// Plans of the partnership by year.
std::vector<const PlanRow*> PlansOf(const Lineage& lineage, const std::string& partnership_id) {
  std::vector<const PlanRow*> plans;
  for (const auto& [id, row] : lineage.plans) {
    if (row->fact().partnership_id() == partnership_id) plans.push_back(row);
  }
  std::stable_sort(plans.begin(), plans.end(), [](const PlanRow* a, const PlanRow* b) {
    return a->fact().year().start_date() < b->fact().year().start_date();
  });
  return plans;
}

// Positions of the facts that a row of the table rests on.
std::vector<std::uint64_t> FactsOf(const PlanRow& plan, const PriorityRow& row) {
  std::vector<std::uint64_t> facts = {row.origin().position()};
  if (row.has_reworded()) facts.push_back(row.reworded_origin().position());
  if (row.has_retired()) facts.push_back(row.retired_origin().position());
  if (plan.has_adopted()) facts.push_back(plan.adopted_origin().position());
  return facts;
}

// Of the headings that a row goes on from or goes on as, with their plans.
std::vector<std::uint64_t> FactsOf(const Lineage& lineage, const std::vector<Ref>& refs) {
  std::vector<std::uint64_t> facts;
  for (const Ref& ref : refs) {
    const auto heading = lineage.headings.find(ref);
    const auto plan = lineage.plans.find(ref.first);
    if (heading == lineage.headings.end() || plan == lineage.plans.end()) continue;
    const auto more = FactsOf(*plan->second, *heading->second);
    facts.insert(facts.end(), more.begin(), more.end());
  }
  return facts;
}

// The plans of a partnership by their first days: only of the years around a heading whose plans
// are held can be said what became of it, and a draft decides nothing yet.
struct HeldPlans {
  std::map<std::string, bool> draft_by_start;

  // The plan that begins so many months after that year; nullptr when it is not held.
  const bool* IsDraftAfter(const Period& year, int months) const {
    const auto first = values::ParseDay(year.start_date());
    if (!first) return nullptr;
    const auto found = draft_by_start.find(IsoDay(values::AddMonths(*first, months)));
    return found == draft_by_start.end() ? nullptr : &found->second;
  }
};

// What is known of a heading without origins, or without successors.
std::string StateOf(const HeldPlans& held, const Period& year, bool without_origins,
                    bool without_successors) {
  constexpr int kYear = 12;
  std::vector<std::string_view> words;
  if (without_origins) {
    words.push_back(held.IsDraftAfter(year, -kYear) != nullptr ? "new" : "plan before not held");
  }
  const bool* const next = held.IsDraftAfter(year, kYear);
  const bool draft = next != nullptr && *next;
  if (!without_successors) {
    words.push_back(draft ? "carried on in a draft" : "carried on");
  } else if (year.start_date() != held.draft_by_start.rbegin()->first) {
    words.push_back(next == nullptr ? "plan after not held"
                    : draft         ? "not in the draft after it"
                                    : "dropped");
  }
  return fmt::format("{}", fmt::join(words, ", "));
}

}  // namespace

absl::StatusOr<TablesAnswer> PriorityLineage(const ReportViews& views,
                                             const std::string& partnership_id,
                                             const AnswerContext& context) {
  if (partnership_id.empty()) return MissingParameter("csp");
  if (auto known = CheckPartnership(*views.names, partnership_id); !known.ok()) return known;
  const Lineage lineage = ReadLineage(views);
  const std::vector<const PlanRow*> plans = PlansOf(lineage, partnership_id);
  TableBuilder table("priority-lineage", "Where the headings of the plans come from and go to");
  table.Key("plan", "Plan").Text("year", "Plan year").KeyNumber("number", "No.");
  table.Key("heading", "Heading").Text("from", "Goes on from").Text("to", "Goes on as");
  table.Text("state", "What became of it").Text("standing", "Standing");
  std::uint64_t back_loaded = 0;
  HeldPlans held;
  for (const PlanRow* plan : plans) {
    held.draft_by_start[plan->fact().year().start_date()] = IsDraft(*plan);
  }
  for (const PlanRow* plan : plans) {
    for (const PriorityRow* row : ReadPlan(*views.plans, plan->fact().plan_id()).priorities) {
      const auto& fact = row->fact();
      if (fact.cross_cutting()) continue;
      std::vector<Ref> origins;
      for (const auto& origin : fact.derived_from()) {
        origins.emplace_back(origin.plan_id(), origin.priority_id());
      }
      const auto found = lineage.successors.find({fact.plan_id(), fact.priority_id()});
      const std::vector<Ref> later =
          found == lineage.successors.end() ? std::vector<Ref>() : found->second;
      table.Row().Cell(fact.plan_id()).Cell(PeriodLabel(plan->fact().year()));
      table.CellOr(fact.number() == 0 ? "" : std::to_string(fact.number()), marker::kNotApplicable);
      const auto own = FactsOf(*plan, *row);
      const auto next = FactsOf(lineage, later);
      table.Cell(fact.label()).RestsOn(own);
      table.Cell(Join(lineage, origins)).RestsOn(FactsOf(lineage, origins));
      table.Cell(Join(lineage, later)).RestsOn(next);
      table.Cell(StateOf(held, plan->fact().year(), origins.empty(), later.empty())).RestsOn(next);
      table.Cell(row->has_retired() ? "taken out " + row->retired().date() : StandingOf(*plan));
      table.RestsOn(own);
      if (row->origin().back_loaded()) ++back_loaded;
    }
  }
  if (table.rows() > 0) {
    table.Note(
        "A heading counts as new or dropped by what the plans say themselves "
        "(column derived_from of the dataset priorities), not by its words.");
  }
  return FinishTable(std::move(table), context, back_loaded,
                     "No plan of this partnership is held. Send them with the datasets plans and "
                     "priorities.");
}

}  // namespace daybook::reports
