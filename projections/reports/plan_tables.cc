#include "projections/reports/plan_tables.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

#include "projections/reports/dates.h"
#include "projections/reports/table_builder.h"

namespace daybook::reports {
namespace {

using update_word::kLeftToPartner;
using update_word::kSilent;
constexpr std::string_view kNotPrinted = "[x] the plan prints none, or nothing was reported.";

using Actions = google::protobuf::RepeatedPtrField<v1::ActionProgress>;

template <class Words>
std::string Joined(const Words& words, std::string_view separator) {
  std::string joined;
  for (const std::string& word : words) {
    if (!joined.empty()) joined += separator;
    joined += word;
  }
  return joined;
}

std::string TitleOf(const v1::GetPlanPerformanceResponse& plan) {
  return plan.title() + ", " + PeriodLabel(plan.period());
}

// One line for all targets of an action: what, how far, how it stands.
std::string TargetsInWords(const v1::ActionProgress& action) {
  std::vector<std::string> words;
  for (const v1::TargetProgress& target : action.targets()) {
    std::string line = target.target() + ": ";
    if (!target.actual().empty()) line += target.actual() + ", ";
    words.push_back(line + target.status());
  }
  return Joined(words, " AND ");
}

v1::Table ActionsTable(const PlanAnswer& answer, int& narrative_column) {
  const v1::GetPlanPerformanceResponse& plan = answer.response;
  TableBuilder table("plan-performance", TitleOf(plan));
  table.Key("action_id", "No").Text("priority", "Priority").Text("objective", "Objective");
  table.Text("action", "Action").Text("outcome", "Outcome").Text("leads", "Leads");
  table.Text("deadline", "Deadline").Text("update_due_from", "Update due from");
  table.Text("update", "Update").Text("state", "State").Text("left_to", "Left to");
  table.Text("targets", "Targets").Text("status", "Status").Text("measurements", "Figures");
  table.Text("narrative", "Update in words").AsideNumber("position", "Position");
  constexpr int kNarrativeColumn = 14;
  narrative_column = kNarrativeColumn;
  for (const v1::ActionProgress& action : plan.actions()) {
    table.Row().Cell(action.action_id()).Cell(action.priority()).Cell(action.objective());
    table.Cell(action.action()).Cell(action.outcome());
    table.CellOr(Joined(action.leads(), "; "), marker::kNotAvailable);
    table.CellOr(action.deadline(), marker::kNotAvailable);
    table.CellOr(action.update_due_from(), marker::kNotAvailable);
    table.Cell(action.update()).Cell(action.state()).Cell(action.left_to());
    table.Cell(TargetsInWords(action)).Cell(action.status());
    table.Cell(Joined(action.measurements(), "; ")).Cell(action.narrative());
    table.CellOr(action.has_update_position() ? std::to_string(action.update_position()) : "",
                 marker::kNotApplicable);
  }
  table.Note(kNotPrinted);
  for (const std::string& note : plan.notes()) table.Note(note);
  return table.Take();
}

v1::Table TargetsTable(const v1::GetPlanPerformanceResponse& plan) {
  TableBuilder table("plan-targets", "Targets: " + TitleOf(plan));
  table.Key("action_id", "No").Text("action", "Action").Key("target_id", "Target no");
  table.Text("target", "Target").Text("measure", "Measure").Text("actual", "Reported");
  table.Number("percent_of_target", "% of target").Number("straight_line", "Straight line");
  table.Text("status", "Status").Text("action_status", "Status of the action");
  for (const v1::ActionProgress& action : plan.actions()) {
    for (const v1::TargetProgress& target : action.targets()) {
      table.Row().Cell(action.action_id()).Cell(action.action()).Cell(target.target_id());
      table.Cell(target.target()).Cell(target.measure());
      table.CellOr(target.actual(), marker::kNotAvailable);
      table.CellOr(target.percent_of_target(), marker::kNotApplicable);
      table.CellOr(target.straight_line(), marker::kNotApplicable);
      table.Cell(target.status()).Cell(action.status());
    }
  }
  table.Note(
      "In line: less than one whole thing from the straight line, which is the threshold x "
      "the elapsed quarters / 4.");
  return table.Take();
}

v1::Table CommitmentsTable(const v1::GetPlanPerformanceResponse& plan) {
  TableBuilder table("plan-commitments", "Cross-cutting commitments: " + TitleOf(plan));
  table.Key("heading", "Heading").Key("commitment", "Commitment");
  for (const v1::CrossCutting& heading : plan.cross_cutting()) {
    for (const std::string& commitment : heading.commitments()) {
      table.Row().Cell(heading.label()).Cell(commitment);
    }
    if (heading.commitments().empty()) table.Row().Cell(heading.label()).Cell("");
  }
  table.Note("Standing commitments; the heading has no actions of its own.");
  return table.Take();
}

// On how many actions the same agency's update is in, by the name from whom updates are due.
std::map<std::string, std::uint64_t> ReportedByDueLead(const Actions& actions) {
  std::map<std::string, std::uint64_t> reported;
  for (const v1::ActionProgress& action : actions) {
    if (action.update() == update_word::kReported) ++reported[action.update_due_from()];
  }
  return reported;
}

}  // namespace

PlanTables TablesOfPlan(const PlanAnswer& answer) {
  PlanTables made;
  int narrative_column = 0;
  made.tables.push_back(ActionsTable(answer, narrative_column));
  made.tables.push_back(TargetsTable(answer.response));
  if (!answer.response.cross_cutting().empty()) {
    made.tables.push_back(CommitmentsTable(answer.response));
  }
  for (const NarrativeRef& ref : answer.narratives) {
    made.texts.push_back({0, ref.action, narrative_column, ref.position, ref.part});
  }
  return made;
}

v1::Table SilenceTable(const PlanAnswer& answer) {
  const v1::GetPlanPerformanceResponse& plan = answer.response;
  TableBuilder table("plan-silence", "Silence: " + TitleOf(plan));
  table.Key("update_due_from", "Update due from").Text("update", "Update");
  table.Text("left_to", "Left to").Key("action_id", "No").Text("priority", "Priority");
  table.Text("action", "Action").Number("reported_elsewhere", "Other actions reported on");
  std::vector<const v1::ActionProgress*> silent;
  for (const v1::ActionProgress& action : plan.actions()) {
    if (action.update() == kSilent || action.update() == kLeftToPartner) silent.push_back(&action);
  }
  std::stable_sort(silent.begin(), silent.end(), [](const auto* a, const auto* b) {
    return std::tuple(a->update() != kSilent, a->update_due_from()) <
           std::tuple(b->update() != kSilent, b->update_due_from());
  });
  std::map<std::string, std::uint64_t> reported = ReportedByDueLead(plan.actions());
  for (const v1::ActionProgress* action : silent) {
    table.Row().CellOr(action->update_due_from(), marker::kNotAvailable).Cell(action->update());
    table.Cell(action->left_to()).Cell(action->action_id()).Cell(action->priority());
    table.Cell(action->action()).Cell(reported[action->update_due_from()]);
  }
  table.Note("Silence is a matter of an action and the lead from whom its update is due.");
  for (const std::string& note : plan.notes()) table.Note(note);
  return table.Take();
}

}  // namespace daybook::reports
