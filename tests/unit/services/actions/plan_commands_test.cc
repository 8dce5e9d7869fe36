#include "services/actions/domain/plan_commands.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/services/actions/plan_fixture.h"
#include "tests/unit/services/outcomes.h"

namespace daybook::actions {
namespace {

using daybook::testing::FieldsOf;

TEST(OpenPlan, OpensAPlanOfARegisteredPartnership) {
  PlanUnderTest plan;
  EXPECT_EQ(plan.Events(OpenPlan()), 1U);
  ASSERT_TRUE(plan.state.opened.has_value());
  EXPECT_EQ(plan.state.opened->title(), "Plan 2017-18");
}

TEST(OpenPlan, TheSameContentAgainChangesNothing) {
  PlanUnderTest plan;
  EXPECT_EQ(plan.Events(OpenPlan()), 1U);
  EXPECT_EQ(plan.Events(OpenPlan()), 0U);
}

TEST(OpenPlan, OtherContentUnderTheSameIdIsRefused) {
  PlanUnderTest plan;
  plan.Tell(OpenPlan());
  v1::OpenPlanRequest other = OpenPlan();
  other.set_title("Another plan");
  const commands::Rejection refusal = plan.Refusal(other);
  EXPECT_EQ(refusal.reason, "ALREADY_EXISTS");
  EXPECT_EQ(refusal.code, absl::StatusCode::kAlreadyExists);
}

TEST(OpenPlan, RefusesAPartnershipThatIsNotRegistered) {
  v1::OpenPlanRequest request = OpenPlan();
  request.set_partnership_id("nowhere");
  const commands::Rejection refusal = PlanUnderTest().Refusal(request);
  EXPECT_EQ(refusal.reason, "UNKNOWN_PARTNERSHIP");
  EXPECT_EQ(refusal.code, absl::StatusCode::kNotFound);
}

TEST(OpenPlan, RefusesAYearThatIsNoPlanYear) {
  v1::OpenPlanRequest request = OpenPlan();
  *request.mutable_year() =
      MakePeriod(types::v1::Period::KIND_CALENDAR_YEAR, "2017-01-01", "2017-12-31");
  EXPECT_EQ(PlanUnderTest().Refusal(request).reason, "INVALID_FIELD");
  *request.mutable_year() =
      MakePeriod(types::v1::Period::KIND_PLAN_YEAR, "2017-04-01", "2018-03-30");
  EXPECT_EQ(PlanUnderTest().Refusal(request).reason, "INVALID_FIELD");
  request.clear_year();
  EXPECT_EQ(PlanUnderTest().Refusal(request).problems.size(), 1U);
}

TEST(OpenPlan, NamesEveryFaultyFieldAtOnce) {
  const commands::Rejection refusal = PlanUnderTest().Refusal(v1::OpenPlanRequest());
  EXPECT_EQ(refusal.code, absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(refusal.problems.size(), 4U);
  for (const values::Problem& problem : refusal.problems) {
    EXPECT_FALSE(problem.field.empty());
    EXPECT_FALSE(problem.remedy.empty()) << problem.field;
  }
}

TEST(AddPriority, NeedsAPlan) {
  EXPECT_EQ(PlanUnderTest().Refusal(AddPriority("p1")).reason, "UNKNOWN_PLAN");
}

TEST(AddPriority, TheSameContentAgainChangesNothingAndOtherContentIsRefused) {
  PlanUnderTest plan;
  plan.Tell(OpenPlan());
  EXPECT_EQ(plan.Events(AddPriority("p1")), 1U);
  EXPECT_EQ(plan.Events(AddPriority("p1")), 0U);
  EXPECT_EQ(plan.Refusal(AddPriority("p1", true)).reason, "ALREADY_EXISTS");
}

TEST(AddPriority, GoesOnFromHeadingsOfOtherPlansThatExist) {
  PlanUnderTest plan;
  plan.Tell(OpenPlan());
  v1::AddPriorityRequest request = AddPriority("p1");
  auto* origin = request.add_derived_from();
  origin->set_plan_id("vh-2016-17");
  origin->set_priority_id("p3");
  EXPECT_EQ(plan.Refusal(request).reason, "UNKNOWN_PRIORITY");
  plan.earlier["vh-2016-17"].priorities["p3"];
  EXPECT_EQ(plan.Events(request), 1U);
  EXPECT_EQ(plan.state.priorities.at("p1").derived_from(0).priority_id(), "p3");
  origin->set_plan_id(request.plan_id());
  EXPECT_THAT(FieldsOf(plan.Ask(request)), ::testing::ElementsAre("derived_from[0]"));
}

TEST(MapProject, ServesHeadingsOfThePlanAndTheLatestMappingHolds) {
  PlanUnderTest plan = PlanUnderTest::WithAction();
  v1::MapProjectRequest request;
  request.set_plan_id("vh-2017-18");
  request.set_project_id("safer-streets");
  request.set_label("Safer streets");
  request.add_priority_ids("p1");
  request.add_theme_ids("asb");
  EXPECT_THAT(FieldsOf(plan.Ask(request)), ::testing::ElementsAre("themes_dimension_id"));
  request.set_themes_dimension_id("pfcc-priorities");
  EXPECT_EQ(plan.Events(request), 1U);
  EXPECT_EQ(plan.Events(request), 0U);
  request.add_theme_ids("roads");
  EXPECT_EQ(plan.Events(request), 1U) << "it serves one more";
  request.add_theme_ids("asb");
  EXPECT_THAT(FieldsOf(plan.Ask(request)), ::testing::ElementsAre("theme_ids[2]"));
  request.mutable_theme_ids()->RemoveLast();
  request.add_priority_ids("p9");
  EXPECT_EQ(plan.Refusal(request).reason, "UNKNOWN_PRIORITY");
}

TEST(AddCommitment, StandsUnderACrossCuttingHeadingOnly) {
  PlanUnderTest plan = PlanUnderTest::WithAction();
  EXPECT_EQ(plan.Events(AddCommitment("x1", "c1")), 1U);
  EXPECT_EQ(plan.Events(AddCommitment("x1", "c1")), 0U);
  EXPECT_EQ(plan.Refusal(AddCommitment("p1", "c1")).reason, "WRONG_STATE");
  EXPECT_EQ(plan.Refusal(AddCommitment("p9", "c1")).reason, "UNKNOWN_PRIORITY");
  v1::AddCommitmentRequest other = AddCommitment("x1", "c1");
  other.set_label("Something else");
  EXPECT_EQ(plan.Refusal(other).reason, "ALREADY_EXISTS");
}

TEST(AddAction, StoresLeadsByIdInPrintedOrderAndMakesTheFirstOneReport) {
  const PlanUnderTest plan = PlanUnderTest::WithAction();
  const auto& leads = plan.state.actions.at("a1").added.leads();
  ASSERT_EQ(leads.size(), 2);
  EXPECT_EQ(leads[0].organisation_id(), "north-police");
  EXPECT_TRUE(leads[0].reports());
  EXPECT_EQ(leads[1].organisation_id(), "vale-council");
  EXPECT_FALSE(leads[1].reports());
}

TEST(AddAction, LetsAnotherLeadReport) {
  PlanUnderTest plan = PlanUnderTest::WithAction();
  v1::AddActionRequest request = AddAction("a2");
  request.mutable_leads(1)->set_reports(true);
  EXPECT_EQ(plan.Events(request), 1U);
  const auto& leads = plan.state.actions.at("a2").added.leads();
  EXPECT_FALSE(leads[0].reports());
  EXPECT_TRUE(leads[1].reports());
}

TEST(AddAction, RefusesTwoReportingLeads) {
  v1::AddActionRequest request = AddAction("a2");
  for (v1::LeadInput& lead : *request.mutable_leads()) lead.set_reports(true);
  const commands::Rejection refusal = PlanUnderTest::WithAction().Refusal(request);
  EXPECT_EQ(refusal.reason, "INVALID_FIELD");
  EXPECT_EQ(refusal.problems.at(0).field, "leads[1].reports");
}

TEST(AddAction, MayHaveNoLeadNoDeadlineAndNoPriority) {
  PlanUnderTest plan = PlanUnderTest::WithAction();
  v1::AddActionRequest request = AddAction("a2");
  request.clear_leads();
  request.clear_priority_id();
  EXPECT_EQ(plan.Events(request), 1U);
  EXPECT_EQ(plan.state.actions.at("a2").added.leads_size(), 0);
}

TEST(AddAction, NamesTheNearestSpellingOfALeadThatIsNotRegistered) {
  v1::AddActionRequest request = AddAction("a2");
  request.mutable_leads(1)->set_organisation("Vale Distrct Council");
  const commands::Rejection refusal = PlanUnderTest::WithAction().Refusal(request);
  EXPECT_EQ(refusal.reason, "UNKNOWN_ORGANISATION");
  EXPECT_EQ(refusal.code, absl::StatusCode::kNotFound);
  EXPECT_EQ(refusal.metadata.at("nearest"), "Vale District Council");
  EXPECT_EQ(refusal.metadata.at("nearest_id"), "vale-council");
  EXPECT_EQ(refusal.problems.at(0).field, "leads[1].organisation");
}

TEST(AddAction, RefusesTheSameLeadTwiceUnlessTheRolesDiffer) {
  PlanUnderTest plan = PlanUnderTest::WithAction();
  v1::AddActionRequest request = AddAction("a2");
  request.mutable_leads(1)->set_organisation("North Police");
  EXPECT_EQ(plan.Refusal(request).reason, "INVALID_FIELD");
  request.mutable_leads(1)->set_role("Licensing team");
  EXPECT_EQ(plan.Events(request), 1U);
}

TEST(AddAction, ReadsADeadlineAsDayOrMonth) {
  PlanUnderTest plan = PlanUnderTest::WithAction();
  v1::AddActionRequest request = AddAction("a2");
  for (const char* bad : {"2018", "2018-13", "2018-02-30", "March 2018", "2018-3"}) {
    request.set_deadline(bad);
    EXPECT_EQ(plan.Refusal(request).reason, "INVALID_FIELD") << bad;
  }
  request.set_deadline("2018-03");
  EXPECT_EQ(plan.Events(request), 1U);
  request.set_action_id("a3");
  request.set_deadline("2018-03-31");
  EXPECT_EQ(plan.Events(request), 1U);
}

TEST(AddAction, DoesNotStandUnderACrossCuttingHeading) {
  v1::AddActionRequest request = AddAction("a2");
  request.set_priority_id("x1");
  EXPECT_EQ(PlanUnderTest::WithAction().Refusal(request).reason, "WRONG_STATE");
  request.set_priority_id("p9");
  EXPECT_EQ(PlanUnderTest::WithAction().Refusal(request).reason, "UNKNOWN_PRIORITY");
}

TEST(AddAction, TheSameContentAgainChangesNothingWhateverTheSpellingOfTheLeads) {
  PlanUnderTest plan = PlanUnderTest::WithAction();
  v1::AddActionRequest again = AddAction("a1");
  again.mutable_leads(0)->set_organisation("north police");
  EXPECT_EQ(plan.Events(again), 0U);
  again.set_label("Joint patrols");
  EXPECT_EQ(plan.Refusal(again).reason, "ALREADY_EXISTS");
}

TEST(ExpectedRevision, IsTheOneThatTheCallerHasSeen) {
  PlanUnderTest plan = PlanUnderTest::WithAction();
  v1::AddActionRequest request = AddAction("a2");
  request.set_expected_revision(2);
  const commands::Rejection refusal = plan.Refusal(request);
  EXPECT_EQ(refusal.reason, "REVISION_CONFLICT");
  EXPECT_EQ(refusal.code, absl::StatusCode::kAborted);
  EXPECT_EQ(refusal.metadata.at("actual"), "3");
  request.set_expected_revision(3);
  EXPECT_EQ(plan.Events(request), 1U);
}

TEST(ExpectedRevision, ZeroIsARevisionAndNotTheAbsenceOfOne) {
  PlanUnderTest plan = PlanUnderTest::WithAction();
  v1::AddPriorityRequest request = AddPriority("p2");
  request.set_expected_revision(0);
  EXPECT_EQ(plan.Refusal(request).reason, "REVISION_CONFLICT");
}

TEST(CancelAction, GivesAnActionUpOnce) {
  PlanUnderTest plan = PlanUnderTest::WithAction();
  EXPECT_EQ(plan.Events(CancelAction("2017-08-01")), 1U);
  EXPECT_EQ(plan.Events(CancelAction("2017-08-01")), 0U);
  EXPECT_EQ(plan.Refusal(CancelAction("2017-09-01")).reason, "WRONG_STATE");
  EXPECT_EQ(plan.Refusal(CompleteAction("2017-09-01")).reason, "WRONG_STATE");
}

TEST(CancelAction, NeedsADayAReasonAndAnAction) {
  PlanUnderTest plan = PlanUnderTest::WithAction();
  v1::CancelActionRequest request = CancelAction("2017-08");
  EXPECT_EQ(plan.Refusal(request).reason, "INVALID_FIELD");
  request = CancelAction("2017-08-01");
  request.set_reason("bored");
  EXPECT_EQ(plan.Refusal(request).reason, "UNKNOWN_VALUE");
  request.clear_reason();
  EXPECT_EQ(plan.Refusal(request).reason, "MISSING_FIELD");
  request = CancelAction("2017-08-01");
  request.set_action_id("a9");
  EXPECT_EQ(plan.Refusal(request).reason, "UNKNOWN_ACTION");
}

TEST(CompleteAction, EndsAnActionOnce) {
  PlanUnderTest plan = PlanUnderTest::WithAction();
  EXPECT_EQ(plan.Events(CompleteAction("2018-04-20")), 1U);
  EXPECT_EQ(plan.Events(CompleteAction("2018-04-20")), 0U);
  EXPECT_EQ(plan.Refusal(CompleteAction("2018-03-20")).reason, "WRONG_STATE");
  EXPECT_EQ(plan.Refusal(CancelAction("2018-03-20")).reason, "WRONG_STATE");
}

TEST(RevisionInAnswer, ReadsOnlyANumber) {
  EXPECT_EQ(RevisionInAnswer("17"), 17U);
  EXPECT_EQ(RevisionInAnswer(""), 0U);
}

}  // namespace
}  // namespace daybook::actions
