#include "projections/reports/plan_report.h"

#include <optional>
#include <string_view>
#include <utility>

#include "projections/calendar/calendar.h"
#include "projections/reports/dates.h"
#include "projections/reports/names.h"
#include "projections/reports/plan_evidence.h"
#include "projections/reports/plan_notes.h"
#include "projections/reports/plan_progress.h"
#include "projections/reports/plan_reading.h"
#include "projections/reports/report_error.h"
#include "proto/values/civil.h"
#include "proto/values/period.h"

namespace daybook::reports {
namespace {

using update_word::kLeftToPartner;
using update_word::kNotDue;
using update_word::kReported;
using update_word::kSilent;
using views::v1::UpdateRow;

const std::string& LabelOf(const actions::events::v1::Measurement& measurement) {
  return measurement.label().empty() ? measurement.measure() : measurement.label();
}

// "homes visited: more than 8500 homes visited" says it once too often.
std::string_view UnitToSay(const actions::events::v1::Measurement& measurement) {
  const bool said = LabelOf(measurement).ends_with(measurement.unit());
  return said ? std::string_view() : std::string_view(measurement.unit());
}

class PlanWriter {
 public:
  PlanWriter(const ReportViews& views, const AnswerContext& context, const PlanReading& plan,
             PlanScope scope)
      : views_(views), context_(context), plan_(plan), scope_(std::move(scope)) {
    clock_.year_end = SamePeriod(scope_.period, scope_.year);
    clock_.elapsed_quarters = ElapsedQuarters();
  }

  PlanAnswer Write() {
    v1::GetPlanPerformanceResponse& response = answer_.response;
    response.set_title(plan_.plan->fact().title());
    *response.mutable_period() = scope_.period;
    WriteHeadings();
    for (const views::v1::ActionRow* action : plan_.actions) WriteAction(*action);
    WriteNotes();
    *response.mutable_truth() = TruthOf(context_, back_loaded_);
    return std::move(answer_);
  }

 private:
  int ElapsedQuarters() const {
    const auto year = values::PeriodFromProto(scope_.year);
    const auto last_day = values::ParseDay(scope_.period.end_date());
    return year && last_day ? calendar::ElapsedQuarters(*year, *last_day) : 0;
  }

  void CountLoadedLate(const views::v1::Origin& origin) {
    if (origin.back_loaded()) ++back_loaded_;
  }

  void WriteHeadings() {
    CountLoadedLate(plan_.plan->origin());
    for (const views::v1::PriorityRow* priority : plan_.priorities) {
      CountLoadedLate(priority->origin());
      if (!priority->fact().cross_cutting()) {
        answer_.response.add_priorities(priority->fact().label());
        continue;
      }
      v1::CrossCutting* heading = answer_.response.add_cross_cutting();
      heading->set_label(priority->fact().label());
      for (const views::v1::CommitmentRow* commitment : plan_.commitments) {
        if (commitment->fact().priority_id() != priority->fact().priority_id()) continue;
        CountLoadedLate(commitment->origin());
        heading->add_commitments(commitment->fact().label());
      }
    }
  }

  std::string PriorityLabel(const std::string& priority_id) const {
    for (const views::v1::PriorityRow* priority : plan_.priorities) {
      if (priority->fact().priority_id() == priority_id) return priority->fact().label();
    }
    return priority_id;
  }

  void WriteAction(const views::v1::ActionRow& row) {
    const ActionReading action = ReadAction(*views_.plans, row);
    const auto& fact = row.fact();
    v1::ActionProgress* progress = answer_.response.add_actions();
    progress->set_action_id(fact.action_id());
    progress->set_priority(PriorityLabel(fact.priority_id()));
    progress->set_objective(fact.objective());
    progress->set_action(fact.label());
    progress->set_outcome(fact.outcome());
    progress->set_deadline(fact.deadline());
    for (const auto& lead : fact.leads()) {
      const std::string name = OrganisationName(*views_.names, lead.organisation_id());
      progress->add_leads(lead.role().empty() ? name : name + " (" + lead.role() + ")");
    }
    if (!action.due_from.empty()) {
      progress->set_update_due_from(OrganisationName(*views_.names, action.due_from));
    }
    CountLoadedLate(row.origin());
    WriteUpdate(action, progress);
    WriteStatus(action, progress);
  }

  void WriteUpdate(const ActionReading& action, v1::ActionProgress* progress) {
    const std::vector<const UpdateRow*> updates = UpdatesOf(action, scope_.period);
    progress->set_update(std::string(UpdateWord(action, !updates.empty(), progress)));
    CountSilence(updates, *progress);
    for (const UpdateRow* update : updates) {
      CountLoadedLate(update->origin());
      WriteMeasurements(*update, update == updates.front(), progress);
    }
    if (updates.empty()) return;
    const UpdateRow& first = *updates.front();
    progress->set_state(first.fact().state());
    progress->set_update_position(first.origin().position());
    if (!first.narrative_part().empty()) {
      answer_.narratives.push_back({answer_.response.actions_size() - 1,
                                    eventstore::Position{first.origin().position()},
                                    first.narrative_part()});
    }
  }

  std::string_view UpdateWord(const ActionReading& action, bool updated,
                              v1::ActionProgress* progress) const {
    if (updated) return kReported;
    if (IsCancelled(action)) return status::kCancelled;
    for (const views::v1::DeferralRow* deferral : action.deferrals) {
      if (!SamePeriod(deferral->fact().period(), scope_.period)) continue;
      progress->set_left_to(OrganisationName(*views_.names, deferral->fact().to_organisation_id()));
      return kLeftToPartner;
    }
    const bool over = action.end != nullptr && !action.end->completed_date().empty() &&
                      action.end->completed_date() < scope_.period.start_date();
    if (over || !scope_.due || action.due_from.empty()) return kNotDue;
    return kSilent;
  }

  bool IsCancelled(const ActionReading& action) const {
    return action.end != nullptr && !action.end->cancelled_date().empty() &&
           action.end->cancelled_date() <= scope_.period.end_date();
  }

  void CountSilence(const std::vector<const UpdateRow*>& updates,
                    const v1::ActionProgress& progress) {
    for (const UpdateRow* update : updates) {
      ++silence_.reported[OrganisationName(*views_.names, update->fact().organisation_id())];
    }
    if (progress.update() == kSilent) ++silence_.silent[progress.update_due_from()];
    if (progress.update() == kLeftToPartner) ++silence_.left_to[progress.left_to()];
    const bool nobody_to_ask = progress.update() == kNotDue && progress.leads().empty();
    if (nobody_to_ask && scope_.due) ++silence_.without_lead;
  }

  void WriteMeasurements(const UpdateRow& update, bool first, v1::ActionProgress* progress) {
    for (const auto& measurement : update.fact().measurements()) {
      std::string words = LabelOf(measurement) + ": " +
                          WordsWithUnit(FigureOf(measurement), UnitToSay(measurement));
      if (!IsActual(measurement)) words += ", " + measurement.stage();
      if (measurement.has_period()) words += " (" + PeriodLabel(measurement.period()) + ")";
      if (IsOutsideYear(measurement, scope_.year)) {
        words += " [outside the plan year]";
        ++outside_year_;
      }
      if (!first) {
        words += " - " + OrganisationName(*views_.names, update.fact().organisation_id());
      }
      progress->add_measurements(words);
    }
  }

  void WriteStatus(const ActionReading& action, v1::ActionProgress* progress) {
    const std::vector<TargetEvidence> evidence = EvidenceOf(action, scope_);
    std::vector<std::string> statuses;
    for (std::size_t i = 0; i < evidence.size(); ++i) {
      CountLoadedLate(action.targets[i]->origin());
      *progress->add_targets() = JudgeTarget(action.targets[i]->fact(), evidence[i], clock_);
      statuses.push_back(progress->targets(static_cast<int>(i)).status());
    }
    std::string_view word = CombineTargets(statuses);
    const bool completed = action.end != nullptr && !action.end->completed_date().empty() &&
                           action.end->completed_date() <= scope_.period.end_date();
    if (completed && (word == status::kNoTarget || word == status::kMet)) {
      word = status::kCompleted;
    }
    if (IsCancelled(action)) word = status::kCancelled;
    progress->set_status(std::string(word));
    if (evidence.size() > 1) ++compound_;
  }

  void WriteNotes() {
    auto* notes = answer_.response.mutable_notes();
    for (const std::string& note : SilenceNotes(silence_)) *notes->Add() = note;
    if (compound_ > 0) {
      *notes->Add() =
          "An action with several targets must meet all of them; with only some of them reported "
          "it is not met.";
    }
    if (outside_year_ > 0) {
      *notes->Add() =
          "Figures from outside the plan year are shown, marked, and count for no "
          "target: " +
          std::to_string(outside_year_) + ".";
    }
    AddKnownNotes(context_, plan_.actions.empty(), back_loaded_, notes);
  }

  const ReportViews& views_;
  const AnswerContext& context_;
  const PlanReading& plan_;
  const PlanScope scope_;
  PlanClock clock_;
  PlanAnswer answer_;
  SilenceCount silence_;
  std::uint64_t back_loaded_ = 0;
  int outside_year_ = 0;
  int compound_ = 0;
};

// Nothing of the plan was known by then: no error and no zeros, but an answer that says so.
PlanAnswer NothingKnown(const v1::GetPlanPerformanceRequest& request,
                        const AnswerContext& context) {
  PlanAnswer answer;
  *answer.response.mutable_period() = request.period();
  AddKnownNotes(context, true, 0, answer.response.mutable_notes());
  *answer.response.mutable_truth() = TruthOf(context, 0);
  return answer;
}

absl::Status CheckPeriod(const v1::GetPlanPerformanceRequest& request, const Period& year) {
  const Period& period = request.period();
  const bool quarter =
      period.kind() == Period::KIND_QUARTER && IsValidPeriod(period) && Contains(year, period);
  if (quarter || SamePeriod(period, year)) return absl::OkStatus();
  return InvalidParameter("period", "a quarter of the plan's year, or the year itself");
}

}  // namespace

absl::StatusOr<PlanAnswer> PlanPerformance(const ReportViews& views,
                                           const v1::GetPlanPerformanceRequest& request,
                                           const AnswerContext& asked) {
  const AnswerContext context = ContextOfView(asked, views.plan_counts);
  if (request.plan_id().empty()) return MissingParameter("plan_id");
  if (!request.has_period()) return MissingParameter("period");
  const PlanReading plan = ReadPlan(*views.plans, request.plan_id());
  if (plan.plan == nullptr) {
    if (context.truth.known_on.has_value()) return NothingKnown(request, context);
    return NotFound("plan_id", "plan", "UNKNOWN_PLAN");
  }
  const Period& year = plan.plan->fact().year();
  if (absl::Status checked = CheckPeriod(request, year); !checked.ok()) return checked;
  PlanScope scope{year, request.period(), request.period().end_date() < IsoDay(context.today)};
  PlanAnswer answer = PlanWriter(views, context, plan, std::move(scope)).Write();
  for (std::string& note : StandingNotes(plan)) answer.response.add_notes(std::move(note));
  return answer;
}

void OpenNarratives(const TextOpener& opener, PlanAnswer& answer) {
  for (const NarrativeRef& ref : answer.narratives) {
    v1::ActionProgress* action = answer.response.mutable_actions(ref.action);
    absl::StatusOr<OpenedText> opened = opener.Open(ref.position, ref.part);
    if (!opened.ok()) {
      answer.response.add_notes("The narrative of action " + action->action_id() +
                                " could not be opened.");
      continue;
    }
    action->set_narrative(std::move(opened->text));
    action->set_narrative_erased(opened->erased);
  }
  answer.narratives.clear();
}

}  // namespace daybook::reports
