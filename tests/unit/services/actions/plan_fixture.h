// A plan under test: decides commands on it and folds what was decided, as the runner does.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "gtest/gtest.h"
#include "proto/registry/event_types.h"
#include "services/actions/domain/plan_commands.h"
#include "services/actions/domain/plan_state.h"
#include "tests/support/plain_parts.h"

namespace daybook::actions {

inline partners::OrganisationRegister SampleOrganisations() {
  partners::OrganisationRegister organisations;
  const auto add = [&](const char* id, const char* name, const char* alias) {
    partners::events::v1::OrganisationRegistered event;
    event.set_organisation_id(id);
    event.set_name(name);
    event.set_kind("council");
    event.add_aliases(alias);
    organisations.Evolve(event);
  };
  add("north-police", "North Police", "NP");
  add("vale-council", "Vale District Council", "VDC");
  add("hill-council", "Hill Borough Council", "HBC");
  return organisations;
}

inline partners::PartnershipRegister SamplePartnerships() {
  partners::PartnershipRegister partnerships;
  partners::events::v1::PartnershipRegistered event;
  event.set_partnership_id("vale-and-hill");
  event.set_name("Vale and Hill");
  partnerships.Evolve(event);
  return partnerships;
}

inline types::v1::Period MakePeriod(types::v1::Period::Kind kind, std::string start,
                                    std::string end) {
  types::v1::Period period;
  period.set_kind(kind);
  period.set_start_date(std::move(start));
  period.set_end_date(std::move(end));
  return period;
}

inline types::v1::Period PlanYear2017() {
  return MakePeriod(types::v1::Period::KIND_PLAN_YEAR, "2017-04-01", "2018-03-31");
}

inline types::v1::Period Quarter1() {
  return MakePeriod(types::v1::Period::KIND_QUARTER, "2017-04-01", "2017-06-30");
}

inline types::v1::Period Quarter2() {
  return MakePeriod(types::v1::Period::KIND_QUARTER, "2017-07-01", "2017-09-30");
}

inline v1::OpenPlanRequest OpenPlan() {
  v1::OpenPlanRequest request;
  request.set_plan_id("vh-2017-18");
  request.set_partnership_id("vale-and-hill");
  *request.mutable_year() = PlanYear2017();
  request.set_title("Plan 2017-18");
  return request;
}

inline v1::AddPriorityRequest AddPriority(std::string id, bool cross_cutting = false) {
  v1::AddPriorityRequest request;
  request.set_plan_id("vh-2017-18");
  request.set_priority_id(std::move(id));
  request.set_label("Safer evenings");
  request.set_cross_cutting(cross_cutting);
  return request;
}

inline v1::AddCommitmentRequest AddCommitment(std::string priority, std::string id) {
  v1::AddCommitmentRequest request;
  request.set_plan_id("vh-2017-18");
  request.set_priority_id(std::move(priority));
  request.set_commitment_id(std::move(id));
  request.set_label("Listen to residents");
  return request;
}

inline v1::AddActionRequest AddAction(std::string id) {
  v1::AddActionRequest request;
  request.set_plan_id("vh-2017-18");
  request.set_action_id(std::move(id));
  request.set_priority_id("p1");
  request.set_label("Joint visits");
  request.add_leads()->set_organisation("NP");
  request.add_leads()->set_organisation("Vale District Council");
  return request;
}

inline v1::SetTargetRequest SetTarget() {
  v1::SetTargetRequest request;
  request.set_plan_id("vh-2017-18");
  request.set_action_id("a1");
  request.set_target_id("t1");
  request.set_kind(events::v1::TargetSet::KIND_COUNT);
  request.set_measure("joint-visits");
  request.set_comparator(events::v1::TargetSet::COMPARATOR_AT_LEAST);
  request.set_threshold("10");
  request.set_unit("visits");
  return request;
}

inline v1::SubmitUpdateRequest SubmitUpdate() {
  v1::SubmitUpdateRequest request;
  request.set_plan_id("vh-2017-18");
  request.set_action_id("a1");
  *request.mutable_period() = Quarter1();
  request.set_organisation("North Police");
  request.set_state("ongoing");
  return request;
}

inline v1::DeferUpdateRequest DeferUpdate() {
  v1::DeferUpdateRequest request;
  request.set_plan_id("vh-2017-18");
  request.set_action_id("a1");
  *request.mutable_period() = Quarter1();
  request.set_organisation("VDC");
  request.set_to_organisation("HBC");
  return request;
}

inline v1::CancelActionRequest CancelAction(std::string date) {
  v1::CancelActionRequest request;
  request.set_plan_id("vh-2017-18");
  request.set_action_id("a1");
  request.set_date(std::move(date));
  request.set_reason("funding");
  return request;
}

inline v1::CompleteActionRequest CompleteAction(std::string date) {
  v1::CompleteActionRequest request;
  request.set_plan_id("vh-2017-18");
  request.set_action_id("a1");
  request.set_date(std::move(date));
  return request;
}

// One measurement in the update.
inline events::v1::Measurement& Measure(v1::SubmitUpdateRequest& request, const char* unit) {
  events::v1::Measurement& measurement = *request.add_measurements();
  measurement.set_measure("joint-visits");
  measurement.set_unit(unit);
  return measurement;
}

class PlanUnderTest {
 public:
  template <class Request>
  commands::Outcome Ask(const Request& request) const {
    if constexpr (std::is_same_v<Request, v1::OpenPlanRequest>) {
      return Decide(state, partnerships, request);
    } else if constexpr (std::is_same_v<Request, v1::SubmitUpdateRequest>) {
      const auto outcome = Decide(state, organisations, parts, request);
      EXPECT_TRUE(outcome.ok()) << outcome.status();
      return *outcome;
    } else if constexpr (std::is_same_v<Request, v1::AddActionRequest> ||
                         std::is_same_v<Request, v1::DeferUpdateRequest>) {
      return Decide(state, organisations, request);
    } else if constexpr (std::is_same_v<Request, v1::AddPriorityRequest>) {
      return Decide(state, earlier, request);
    } else {
      return Decide(state, request);
    }
  }

  // The parts of the next event, sealed as a store has them.
  std::vector<eventstore::SealedPart> Sealed(const commands::DraftEvent& draft) const {
    std::vector<eventstore::SealedPart> sealed;
    for (const commands::DraftPart& part : draft.parts) {
      sealed.push_back(daybook::testing::PlainPart("e" + std::to_string(state.event_count),
                                                   part.name, part.plaintext, part.subject_ref));
    }
    return sealed;
  }

  // Folds what a decision says. The number of events.
  std::size_t Apply(const commands::Decision& decision) {
    for (const commands::DraftEvent& draft : decision.events) {
      EXPECT_EQ(draft.stream, PlanStream("vh-2017-18"));
      const auto event = registry::DecodeEvent(draft.type, draft.payload);
      if (event == nullptr) {
        ADD_FAILURE() << "not a registered event: " << draft.type;
        continue;
      }
      Evolve(state, *event, Sealed(draft));
    }
    EXPECT_EQ(RevisionInAnswer(decision.answer) + 1, state.event_count);
    return decision.events.size();
  }

  // "" and folded when it was accepted, else the reason.
  template <class Request>
  std::string Tell(const Request& request) {
    const commands::Outcome outcome = Ask(request);
    if (const auto* rejection = std::get_if<commands::Rejection>(&outcome)) {
      return rejection->reason;
    }
    Apply(std::get<commands::Decision>(outcome));
    return "";
  }

  // The number of events that it decided; folded.
  template <class Request>
  std::size_t Events(const Request& request) {
    const commands::Outcome outcome = Ask(request);
    const auto* decision = std::get_if<commands::Decision>(&outcome);
    if (decision == nullptr) {
      ADD_FAILURE() << "refused: " << std::get<commands::Rejection>(outcome).message;
      return 0;
    }
    return Apply(*decision);
  }

  template <class Request>
  commands::Rejection Refusal(const Request& request) const {
    const commands::Outcome outcome = Ask(request);
    const auto* rejection = std::get_if<commands::Rejection>(&outcome);
    if (rejection == nullptr) {
      ADD_FAILURE() << "accepted";
      return {};
    }
    return *rejection;
  }

  // A plan with priority p1, cross-cutting heading x1 and action a1.
  static PlanUnderTest WithAction() {
    PlanUnderTest plan;
    EXPECT_EQ(plan.Tell(OpenPlan()), "");
    EXPECT_EQ(plan.Tell(AddPriority("p1")), "");
    EXPECT_EQ(plan.Tell(AddPriority("x1", true)), "");
    EXPECT_EQ(plan.Tell(AddAction("a1")), "");
    return plan;
  }

  EarlierPlans earlier;
  PlanState state;
  mutable daybook::testing::PlainParts parts;
  partners::OrganisationRegister organisations = SampleOrganisations();
  partners::PartnershipRegister partnerships = SamplePartnerships();
};

}  // namespace daybook::actions
