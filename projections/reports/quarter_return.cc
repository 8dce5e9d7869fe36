#include "projections/reports/quarter_return.h"

#include <array>
#include <map>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "projections/reports/dates.h"
#include "projections/reports/figure.h"
#include "projections/reports/names.h"
#include "projections/reports/plan_reading.h"
#include "projections/reports/plan_report.h"
#include "projections/reports/report_error.h"
#include "projections/reports/tables_answer.h"

namespace daybook::reports {
namespace {

using views::v1::OrganisationRow;
using views::v1::TargetRow;
using views::v1::UpdateRow;

// An action whose update is due and not in.
struct DueAction {
  ActionReading reading;
  const v1::ActionProgress* progress = nullptr;  // of the answer beside it
};

struct DueActions {
  PlanReading plan;
  PlanAnswer answer;
  std::vector<DueAction> actions;
};

// Whether the action came to its end before the period began.
bool IsOver(const ActionReading& action, const Period& period) {
  return action.end != nullptr && !action.end->completed_date().empty() &&
         action.end->completed_date() < period.start_date();
}

absl::StatusOr<DueActions> ReadDue(const ReportViews& views, const std::string& plan_id,
                                   const Period& period, const AnswerContext& context) {
  DueActions due;
  v1::GetPlanPerformanceRequest request;
  request.set_plan_id(plan_id);
  *request.mutable_period() = period;
  DAYBOOK_ASSIGN_OR_RETURN(due.answer, PlanPerformance(views, request, context));
  due.plan = ReadPlan(*views.plans, plan_id);
  std::map<std::string, const v1::ActionProgress*> progress;
  for (const v1::ActionProgress& action : due.answer.response.actions()) {
    progress[action.action_id()] = &action;
  }
  for (const views::v1::ActionRow* row : due.plan.actions) {
    const auto found = progress.find(row->fact().action_id());
    if (found == progress.end()) continue;
    // Not due is what is asked for too, before the period is over.
    const bool open = found->second->update() == update_word::kSilent ||
                      found->second->update() == update_word::kNotDue;
    DueAction action{ReadAction(*views.plans, *row), found->second};
    if (!open || action.reading.due_from.empty() || IsOver(action.reading, period)) continue;
    due.actions.push_back(std::move(action));
  }
  return due;
}

// The latest update of the action before the period; nullptr without one.
const UpdateRow* LastUpdate(const ActionReading& action, const Period& period) {
  const UpdateRow* last = nullptr;
  for (const UpdateRow* update : action.updates) {
    const Period& of = update->fact().period();
    if (of.end_date() >= period.start_date()) continue;
    if (last == nullptr || of.end_date() > last->fact().period().end_date()) last = update;
  }
  return last;
}

std::string FiguresOf(const UpdateRow& update) {
  std::vector<std::string> figures;
  for (const auto& measurement : update.fact().measurements()) {
    figures.push_back(fmt::format(
        "{}: {}", measurement.label().empty() ? measurement.measure() : measurement.label(),
        WordsWithUnit(FigureOf(measurement), measurement.unit())));
  }
  return fmt::format("{}", fmt::join(figures, "; "));
}

// Columns of the dataset "updates" that the lead fills in.
constexpr std::array kToFillIn = {"state",     "narrative", "value",
                                  "precision", "numerator", "denominator"};

TableBuilder ReturnTable() {
  TableBuilder table("updates", "Updates to fill in");
  for (const char* key : {"plan_id", "action_id"}) table.Key(key, key);
  for (const char* key : {"period", "organisation"}) table.Text(key, key);
  table.Text("info: action", "info: action").Text("info: priority", "info: priority");
  table.Key("info: target", "info: target");
  for (const char* key : kToFillIn) table.Text(key, key);
  for (const char* key : {"asked_measure", "asked_unit", "info: last period", "info: last state",
                          "info: last figures", "info: last narrative"}) {
    table.Text(key, key);
  }
  return table;
}

// One row up to the last narrative, which is its last cell; `target` and `last` may be nullptr.
void WriteRow(const DueAction& action, const TargetRow* target, const std::string& target_words,
              const UpdateRow* last, const Period& period, const std::string& lead,
              TableBuilder& table) {
  const auto& fact = action.reading.action->fact();
  table.Row().Cell(fact.plan_id()).Cell(fact.action_id()).Cell(PeriodLabel(period)).Cell(lead);
  table.Cell(action.progress->action()).Cell(action.progress->priority()).Cell(target_words);
  for (std::size_t blank = 0; blank < kToFillIn.size(); ++blank) table.Cell("");
  table.Cell(target == nullptr ? "" : target->fact().measure());
  table.Cell(target == nullptr ? "" : target->fact().unit());
  table.Cell(last == nullptr ? "" : PeriodLabel(last->fact().period()));
  table.Cell(last == nullptr ? "" : last->fact().state());
  table.Cell(last == nullptr ? "" : FiguresOf(*last)).Cell("");
}

void WriteAction(const DueAction& action, const Period& period, const std::string& lead,
                 TableBuilder& table, std::vector<TextCell>& texts) {
  const UpdateRow* last = LastUpdate(action.reading, period);
  const auto write = [&](const TargetRow* target, const std::string& words) {
    WriteRow(action, target, words, last, period, lead, table);
    if (last == nullptr || last->narrative_part().empty()) return;
    texts.push_back({0, table.rows() - 1, table.columns() - 1,
                     eventstore::Position{last->origin().position()}, last->narrative_part()});
  };
  if (action.reading.targets.empty()) return write(nullptr, "");
  for (std::size_t i = 0; i < action.reading.targets.size(); ++i) {
    const int at = static_cast<int>(i);
    write(action.reading.targets[i],
          at < action.progress->targets_size() ? action.progress->targets(at).target() : "");
  }
}

std::string ReminderText(const DueActions& due, const std::string& lead,
                         const std::vector<const DueAction*>& actions,
                         const ReminderRequest& request) {
  std::vector<std::string> labels;
  for (const DueAction* action : actions) {
    labels.push_back(
        fmt::format("{} ({})", action->progress->action(), action->progress->action_id()));
  }
  const auto& plan = due.plan.plan->fact();
  return fmt::format(
      "To {}: of the {}, the update for {} is not in on {} {}: {}.{} Please fill in the return "
      "that "
      "comes with this and send it back; where there is nothing to report, say so in its column "
      "state.",
      lead, plan.title(), PeriodLabel(request.period), actions.size(),
      actions.size() == 1 ? "action" : "actions", fmt::join(labels, "; "),
      request.due_date.empty() ? "" : fmt::format(" It is due by {}.", request.due_date));
}

}  // namespace

absl::StatusOr<RenderedReport> QuarterReturn(const ReportViews& views, const ReturnRequest& request,
                                             const AnswerContext& context) {
  const OrganisationRow* lead = FindOrganisation(*views.names, request.lead);
  if (lead == nullptr) return NotFound("lead", "organisation", "UNKNOWN_ORGANISATION");
  DAYBOOK_ASSIGN_OR_RETURN(const DueActions due,
                           ReadDue(views, request.plan_id, request.period, context));
  TableBuilder table = ReturnTable();
  std::vector<TextCell> texts;
  for (const DueAction& action : due.actions) {
    if (action.reading.due_from != lead->organisation_id()) continue;
    WriteAction(action, request.period, lead->name(), table, texts);
  }
  RenderedReport rendered = FromTables(FinishTable(
      std::move(table), context, 0, "No update of this period is due from this organisation."));
  rendered.texts = std::move(texts);
  return rendered;
}

absl::StatusOr<RenderedReport> Reminders(const ReportViews& views, const ReminderRequest& request,
                                         const AnswerContext& context) {
  DAYBOOK_ASSIGN_OR_RETURN(const DueActions due,
                           ReadDue(views, request.plan_id, request.period, context));
  std::map<std::string, std::vector<const DueAction*>> by_lead;
  for (const DueAction& action : due.actions) {
    by_lead[action.progress->update_due_from()].push_back(&action);
  }
  TableBuilder table("reminders",
                     fmt::format("Updates for {} that are not in", PeriodLabel(request.period)));
  table.Key("lead", "From").Number("actions", "Actions").Text("text", "Reminder");
  for (const auto& [lead, actions] : by_lead) {
    table.Row().Cell(lead).Cell(actions.size());
    table.Cell(ReminderText(due, lead, actions, request));
  }
  return FromTables(
      FinishTable(std::move(table), context, 0, "Every update that is due for this period is in."));
}

}  // namespace daybook::reports
