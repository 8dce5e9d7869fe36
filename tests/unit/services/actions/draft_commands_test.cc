// A draft that becomes a plan: agreed once, its headings worded otherwise or taken out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/services/actions/plan_fixture.h"
#include "tests/unit/services/outcomes.h"

namespace daybook::actions {
namespace {

using daybook::testing::FieldsOf;

v1::AdoptPlanRequest Adopt(const std::string& day) {
  v1::AdoptPlanRequest request;
  request.set_plan_id("vh-2017-18");
  request.set_date(day);
  return request;
}

v1::RevisePriorityRequest Revise(const std::string& label, const std::string& retired = "") {
  v1::RevisePriorityRequest request;
  request.set_plan_id("vh-2017-18");
  request.set_priority_id("p1");
  request.set_label(label);
  request.set_retired_date(retired);
  return request;
}

PlanUnderTest Draft() {
  PlanUnderTest plan;
  v1::OpenPlanRequest open = OpenPlan();
  open.set_draft(true);
  plan.Tell(open);
  plan.Tell(AddPriority("p1"));
  return plan;
}

TEST(AdoptPlan, ADraftIsAgreedOnce) {
  PlanUnderTest plan = Draft();
  EXPECT_EQ(plan.Events(Adopt("2017-04-02")), 1U);
  EXPECT_EQ(plan.Events(Adopt("2017-04-02")), 0U);
  EXPECT_EQ(plan.Refusal(Adopt("2017-04-03")).reason, "ALREADY_EXISTS");
  EXPECT_EQ(plan.state.adopted->date(), "2017-04-02");
}

TEST(AdoptPlan, APlanThatWasNoDraftIsAgreedAlready) {
  PlanUnderTest plan;
  EXPECT_EQ(plan.Refusal(Adopt("2017-04-02")).reason, "UNKNOWN_PLAN");
  plan.Tell(OpenPlan());
  EXPECT_EQ(plan.Refusal(Adopt("2017-04-02")).reason, "WRONG_STATE");
}

TEST(AdoptPlan, NeedsADay) {
  PlanUnderTest plan = Draft();
  EXPECT_THAT(FieldsOf(plan.Ask(Adopt(""))), ::testing::ElementsAre("date"));
  EXPECT_THAT(FieldsOf(plan.Ask(Adopt("in April"))), ::testing::ElementsAre("date"));
}

TEST(RevisePriority, ANewWordingIsTheSameHeading) {
  PlanUnderTest plan = Draft();
  EXPECT_EQ(plan.Events(Revise("Safer evenings")), 0U) << "as it is worded";
  EXPECT_EQ(plan.Events(Revise("Safer nights")), 1U);
  EXPECT_EQ(plan.Events(Revise("Safer nights")), 0U);
  v1::RevisePriorityRequest renumbered = Revise("Safer nights");
  renumbered.set_number(7);
  EXPECT_EQ(plan.Events(renumbered), 1U);
  EXPECT_EQ(plan.state.rewordings.at("p1").number(), 7U);
  EXPECT_EQ(plan.Events(Revise("Safe nights")), 1U);
  EXPECT_EQ(plan.state.rewordings.at("p1").number(), 7U) << "the number stays";
  EXPECT_EQ(plan.Events(AddPriority("p1")), 0U) << "the file of before changes nothing";
}

TEST(RevisePriority, WhatWasTakenOutStaysOut) {
  PlanUnderTest plan = Draft();
  EXPECT_EQ(plan.Events(Revise("", "2017-06-01")), 1U);
  EXPECT_EQ(plan.Events(Revise("", "2017-06-01")), 0U);
  EXPECT_EQ(plan.Refusal(Revise("", "2017-07-01")).reason, "WRONG_STATE");
  EXPECT_EQ(plan.Refusal(Revise("Safer nights")).reason, "WRONG_STATE");
}

TEST(RevisePriority, NeedsAHeadingAndOneChange) {
  PlanUnderTest plan = Draft();
  EXPECT_THAT(FieldsOf(plan.Ask(Revise(""))), ::testing::ElementsAre("label"));
  EXPECT_THAT(FieldsOf(plan.Ask(Revise("Both", "2017-06-01"))), ::testing::ElementsAre("label"));
  EXPECT_THAT(FieldsOf(plan.Ask(Revise("", "June"))), ::testing::ElementsAre("retired_date"));
  EXPECT_THAT(FieldsOf(plan.Ask(Revise(std::string(501, 'x')))), ::testing::ElementsAre("label"));
  v1::RevisePriorityRequest unknown = Revise("Safer nights");
  unknown.set_priority_id("p9");
  EXPECT_EQ(plan.Refusal(unknown).reason, "UNKNOWN_PRIORITY");
}

}  // namespace
}  // namespace daybook::actions
