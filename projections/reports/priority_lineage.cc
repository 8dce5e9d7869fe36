// Where the headings of plans come from and go to.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "projections/reports/plan_links.h"
#include "projections/reports/plan_reading.h"
#include "projections/reports/report_error.h"
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

// What is known of a heading without origins, or without successors. Of the years around it only
// those whose plans are held (by their first days) say anything.
std::string StateOf(const std::set<std::string>& held, const Period& year, bool without_origins,
                    bool without_successors) {
  const auto first = values::ParseDay(year.start_date());
  const auto holds = [&](int months) {
    return first && held.contains(IsoDay(values::AddMonths(*first, months)));
  };
  constexpr int kYear = 12;
  std::vector<std::string_view> words;
  if (without_origins) words.push_back(holds(-kYear) ? "new" : "plan before not held");
  if (!without_successors) {
    words.push_back("carried on");
  } else if (year.start_date() != *held.rbegin()) {
    words.push_back(holds(kYear) ? "dropped" : "plan after not held");
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
  table.Text("state", "What became of it");
  std::uint64_t back_loaded = 0;
  std::set<std::string> held;
  for (const PlanRow* plan : plans) held.insert(plan->fact().year().start_date());
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
      table.Cell(fact.label()).Cell(Join(lineage, origins)).Cell(Join(lineage, later));
      table.Cell(StateOf(held, plan->fact().year(), origins.empty(), later.empty()));
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
