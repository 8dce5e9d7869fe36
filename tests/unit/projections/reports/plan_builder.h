// A plan of 2017-18 in few words.
#pragma once

#include <string>
#include <vector>

#include "projections/reports/plan_report.h"
#include "tests/unit/projections/reports/builders.h"

namespace daybook::reports::testing {

using actions::events::v1::ActionAdded;
using actions::events::v1::Measurement;
using actions::events::v1::TargetSet;
using actions::events::v1::UpdateSubmitted;

inline constexpr char kPlan[] = "cpr-2017-18";

class PlanFeed : public ViewFeed {
 public:
  explicit PlanFeed(const std::string& year = "2017-18") {
    AddOrganisation(*this, "essex-police", "Essex Police");
    AddOrganisation(*this, "ecc-youth", "ECC Youth Service");
    AddOrganisation(*this, "rdc", "Rochford District Council");
    AddOrganisation(*this, "castle-point", "Castle Point Borough Council");
    actions::events::v1::PlanOpened plan;
    plan.set_plan_id(kPlan);
    *plan.mutable_year() = P(year);
    plan.set_title("Partnership plan");
    Add(plan);
  }

  void Priority(const std::string& id, const std::string& label, bool cross_cutting = false) {
    actions::events::v1::PriorityAdded fact;
    fact.set_plan_id(kPlan);
    fact.set_priority_id(id);
    fact.set_label(label);
    fact.set_cross_cutting(cross_cutting);
    Add(fact);
  }

  void Commitment(const std::string& id, const std::string& priority, const std::string& label) {
    actions::events::v1::CommitmentAdded fact;
    fact.set_plan_id(kPlan);
    fact.set_commitment_id(id);
    fact.set_priority_id(priority);
    fact.set_label(label);
    Add(fact);
  }

  // The first lead is the one that reports.
  void Action(const std::string& id, const std::vector<std::string>& leads,
              const std::string& deadline = "") {
    ActionAdded fact;
    fact.set_plan_id(kPlan);
    fact.set_action_id(id);
    fact.set_label("Action " + id);
    fact.set_deadline(deadline);
    for (const std::string& lead : leads) {
      auto* added = fact.add_leads();
      added->set_organisation_id(lead);
      added->set_reports(fact.leads_size() == 1);
    }
    Add(fact);
  }

  void Target(const std::string& action, const std::string& id, TargetSet::Kind kind,
              const std::string& measure, TargetSet::Comparator comparator,
              const std::string& threshold, bool cumulative = false, const std::string& unit = "") {
    TargetSet fact;
    fact.set_plan_id(kPlan);
    fact.set_action_id(action);
    fact.set_target_id(id);
    fact.set_kind(kind);
    fact.set_measure(measure);
    fact.set_comparator(comparator);
    fact.set_threshold(threshold);
    fact.set_cumulative(cumulative);
    fact.set_unit(unit);
    Add(fact);
  }

  std::uint64_t Update(const std::string& action, const std::string& organisation,
                       const std::vector<Measurement>& figures = {},
                       const std::string& period = "2017-18 Q1", const std::string& state = "",
                       const Options& options = {}) {
    UpdateSubmitted fact;
    fact.set_plan_id(kPlan);
    fact.set_action_id(action);
    fact.set_organisation_id(organisation);
    *fact.mutable_period() = P(period);
    fact.set_state(state);
    for (const Measurement& figure : figures) *fact.add_measurements() = figure;
    return Add(fact, options);
  }

  void Deferral(const std::string& action, const std::string& to) {
    actions::events::v1::UpdateDeferred fact;
    fact.set_plan_id(kPlan);
    fact.set_action_id(action);
    *fact.mutable_period() = P("2017-18 Q1");
    fact.set_to_organisation_id(to);
    Add(fact);
  }

  void Cancel(const std::string& action, const std::string& date) {
    actions::events::v1::ActionCancelled fact;
    fact.set_plan_id(kPlan);
    fact.set_action_id(action);
    fact.set_date(date);
    fact.set_reason("funding");
    Add(fact);
  }

  PlanAnswer Ask(const std::string& period = "2017-18 Q1",
                 const std::string& today = "2026-01-05") const {
    v1::GetPlanPerformanceRequest request;
    request.set_plan_id(kPlan);
    *request.mutable_period() = P(period);
    auto answer = PlanPerformance(Views(), request, Context(today));
    EXPECT_OK(answer);
    return answer.ok() ? *answer : PlanAnswer();
  }

  // The one action of the plan, asked for in that period.
  v1::ActionProgress AskOne(const std::string& period = "2017-18 Q1",
                            const std::string& today = "2026-01-05") const {
    const PlanAnswer answer = Ask(period, today);
    EXPECT_EQ(answer.response.actions_size(), 1);
    return answer.response.actions_size() == 1 ? answer.response.actions(0) : v1::ActionProgress();
  }
};

inline Measurement Count(const std::string& measure, const std::string& text,
                         const std::string& unit = "", const std::string& period = "") {
  Measurement figure;
  figure.set_measure(measure);
  *figure.mutable_quantity() = Q(text);
  figure.set_unit(unit);
  if (!period.empty()) *figure.mutable_period() = P(period);
  return figure;
}

inline Measurement Percent(const std::string& measure, const std::string& percent,
                           types::v1::Precision precision = types::v1::PRECISION_EXACT) {
  Measurement figure;
  figure.set_measure(measure);
  figure.mutable_printed_percent()->set_percent(percent);
  figure.mutable_printed_percent()->set_precision(precision);
  figure.set_unit("percent");
  return figure;
}

}  // namespace daybook::reports::testing
