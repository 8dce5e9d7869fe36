// The plan of 2017-18 and the year-end report of 2013-14 as their partnerships printed them.
#include "projections/reports/plan_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "eventstore/core/error.h"
#include "projections/reports/plan_tables.h"
#include "tests/unit/projections/reports/plan_builder.h"

namespace daybook::reports {
namespace {

using testing::Count;
using ::testing::ElementsAre;
using testing::HasNote;
using testing::P;
using testing::Percent;
using testing::PlanFeed;
using testing::TargetSet;

TEST(PlanTargets, JointOperationsTwoOfTenAreTwentyPercentAndInLine) {
  PlanFeed feed;
  feed.Action("a21", {"essex-police"});
  feed.Target("a21", "t1", TargetSet::KIND_COUNT, "joint-operations",
              TargetSet::COMPARATOR_AT_LEAST, "10", true, "operations");
  feed.Update("a21", "essex-police", {Count("joint-operations", "2", "operations")});
  const auto action = feed.AskOne();
  ASSERT_EQ(action.targets_size(), 1);
  EXPECT_EQ(action.targets(0).target(), "at least 10 operations");
  EXPECT_EQ(action.targets(0).actual(), "2");
  EXPECT_EQ(action.targets(0).percent_of_target(), "20.0");
  EXPECT_EQ(action.targets(0).straight_line(), "2.5");
  EXPECT_EQ(action.targets(0).status(), "in-line");
  EXPECT_EQ(action.status(), "in-line");
}

TEST(PlanTargets, AWholeThingFromTheStraightLineIsBehindOrAhead) {
  for (const auto& [count, status] : std::vector<std::pair<std::string, std::string>>{
           {"1", "behind"}, {"2", "in-line"}, {"3", "in-line"}, {"4", "ahead"}, {"10", "met"}}) {
    PlanFeed feed;
    feed.Action("a", {"rdc"});
    feed.Target("a", "t1", TargetSet::KIND_COUNT, "m", TargetSet::COMPARATOR_AT_LEAST, "10", true);
    feed.Update("a", "rdc", {Count("m", count)});
    EXPECT_EQ(feed.AskOne().status(), status) << count;
  }
}

TEST(PlanTargets, AFloorBelowTheLineCannotTellWhetherItIsBehind) {
  PlanFeed feed;
  feed.Action("a", {"rdc"});
  feed.Target("a", "t1", TargetSet::KIND_COUNT, "m", TargetSet::COMPARATOR_AT_LEAST, "10", true);
  feed.Update("a", "rdc", {Count("m", "over 1")});
  EXPECT_EQ(feed.AskOne().status(), "cannot-tell");
  EXPECT_EQ(feed.AskOne().targets(0).percent_of_target(), "");
}

TEST(PlanTargets, SeniorRoadShowsAreOnTargetForAwarenessAndNotMetAsAWhole) {
  PlanFeed feed;
  feed.Action("a07", {"rdc"});
  feed.Target("a07", "t1", TargetSet::KIND_PERCENT, "more-aware", TargetSet::COMPARATOR_AT_LEAST,
              "80", false, "attendees");
  feed.Target("a07", "t2", TargetSet::KIND_COUNT, "road-shows", TargetSet::COMPARATOR_AT_LEAST, "2",
              true, "events");
  feed.Update("a07", "rdc",
              {Percent("more-aware", "90", types::v1::PRECISION_MORE_THAN),
               Percent("rated-excellent", "70", types::v1::PRECISION_MORE_THAN)});
  const auto action = feed.AskOne();
  EXPECT_EQ(action.targets(0).target(), "at least 80% of attendees");
  EXPECT_EQ(action.targets(0).actual(), "more than 90");
  EXPECT_EQ(action.targets(0).status(), "on-target-so-far");
  EXPECT_EQ(action.targets(1).status(), "not-reported");
  EXPECT_EQ(action.status(), "not-met");
  EXPECT_THAT(action.measurements(), ElementsAre("more-aware: more than 90 percent",
                                                 "rated-excellent: more than 70 percent"));
}

TEST(PlanTargets, CrucialCrewIsReportedOnAnotherMeasure) {
  PlanFeed feed;
  feed.Action("a33", {"rdc"});
  feed.Target("a33", "t1", TargetSet::KIND_PERCENT, "schools", TargetSet::COMPARATOR_AT_LEAST, "80",
              false, "schools");
  feed.Update("a33", "rdc", {Count("pupils", "854", "pupils"), Percent("year-6-share", "90")});
  const auto action = feed.AskOne();
  EXPECT_EQ(action.targets(0).status(), "reported-on-another-measure");
  EXPECT_EQ(action.status(), "reported-on-another-measure");
  EXPECT_THAT(action.measurements(), ElementsAre("pupils: 854", "year-6-share: 90 percent"));
}

TEST(PlanTargets, TheCadetsMustBothBeRecruitedAndComplete) {
  PlanFeed feed;
  feed.Action("a36", {"essex-police"});
  feed.Target("a36", "t1", TargetSet::KIND_COUNT, "recruited", TargetSet::COMPARATOR_AT_LEAST, "30",
              true);
  feed.Target("a36", "t2", TargetSet::KIND_COUNT, "complete", TargetSet::COMPARATOR_AT_LEAST, "25");
  feed.Update("a36", "essex-police", {Count("recruited", "31")});
  EXPECT_EQ(feed.AskOne().targets(0).status(), "met");
  EXPECT_EQ(feed.AskOne().status(), "not-met");
  feed.Update("a36", "essex-police", {Count("recruited", "31"), Count("complete", "25")});
  EXPECT_EQ(feed.AskOne().status(), "met");
}

TEST(PlanTargets, ACumulativeCountIsTheSumOfTheQuartersSoFar) {
  PlanFeed feed;
  feed.Action("a", {"rdc"});
  feed.Target("a", "t1", TargetSet::KIND_COUNT, "m", TargetSet::COMPARATOR_AT_LEAST, "10", true);
  feed.Update("a", "rdc", {Count("m", "2")}, "2017-18 Q1");
  feed.Update("a", "rdc", {Count("m", "3")}, "2017-18 Q2");
  feed.Update("a", "rdc", {Count("m", "9")}, "2017-18 Q3");
  const auto action = feed.AskOne("2017-18 Q2");
  EXPECT_EQ(action.targets(0).actual(), "5");
  EXPECT_EQ(action.targets(0).straight_line(), "5");
  EXPECT_EQ(action.status(), "in-line");
}

TEST(PlanTargets, AFigureToDateStandsInForTheQuartersThatItCovers) {
  PlanFeed feed;
  feed.Action("a", {"rdc"});
  feed.Target("a", "t1", TargetSet::KIND_COUNT, "m", TargetSet::COMPARATOR_AT_LEAST, "10", true);
  feed.Update("a", "rdc", {Count("m", "2")}, "2017-18 Q1");
  feed.Update("a", "rdc", {Count("m", "6", "", "2017-04-01..2017-09-30")}, "2017-18 Q2");
  EXPECT_EQ(feed.AskOne("2017-18 Q2").targets(0).actual(), "6");
}

TEST(PlanTargets, AQuarterWithoutAFigureLeavesAFloorNotAZero) {
  PlanFeed feed;
  feed.Action("a", {"rdc"});
  feed.Target("a", "t1", TargetSet::KIND_COUNT, "m", TargetSet::COMPARATOR_AT_LEAST, "10", true);
  feed.Update("a", "rdc", {Count("m", "2")}, "2017-18 Q1");
  const auto action = feed.AskOne("2017-18 Q2");
  EXPECT_EQ(action.targets(0).actual(), "at least 2 (without Q2)");
  EXPECT_EQ(action.status(), "cannot-tell");
  EXPECT_EQ(action.update(), "silent");
}

TEST(PlanTargets, AreMetOrNotMetAtTheYearsEnd) {
  PlanFeed feed;
  feed.Action("a", {"rdc"});
  feed.Target("a", "t1", TargetSet::KIND_PERCENT, "m", TargetSet::COMPARATOR_AT_LEAST, "80");
  feed.Update("a", "rdc", {Percent("m", "79")}, "2017-18");
  EXPECT_EQ(feed.AskOne("2017-18").status(), "not-met");
  feed.Update("a", "rdc", {Percent("m", "80")}, "2017-18");
  EXPECT_EQ(feed.AskOne("2017-18").status(), "met");
}

TEST(PlanTargets, ADirectionIsNeverJudgedFromOneFigure) {
  PlanFeed feed;
  feed.Action("a34", {"rdc"});
  feed.Target("a34", "t1", TargetSet::KIND_TREND, "rj-referrals", TargetSet::COMPARATOR_INCREASE,
              "", false, "referrals");
  feed.Update("a34", "rdc", {Count("rj-referrals", "0", "referrals")});
  EXPECT_EQ(feed.AskOne().targets(0).target(), "more referrals");
  EXPECT_EQ(feed.AskOne().status(), "trend-only");
}

TEST(PlanTargets, FiguresFromOutsideThePlanYearAreShownMarkedAndCountForNothing) {
  PlanFeed feed;
  feed.Action("a", {"rdc"});
  feed.Target("a", "t1", TargetSet::KIND_COUNT, "arrests", TargetSet::COMPARATOR_AT_LEAST, "5");
  feed.Update("a", "rdc", {Count("arrests", "9", "arrests", "2016-12-01")});
  const auto answer = feed.Ask();
  EXPECT_EQ(answer.response.actions(0).targets(0).actual(), "");
  EXPECT_THAT(answer.response.actions(0).measurements(),
              ElementsAre("arrests: 9 (2016-12-01) [outside the plan year]"));
  EXPECT_TRUE(HasNote(answer.response.notes(), "outside the plan year"));
}

TEST(PlanTargets, FiguresThatAreOnlyBookedAnswerNoTarget) {
  PlanFeed feed;
  feed.Action("a", {"rdc"});
  feed.Target("a", "t1", TargetSet::KIND_COUNT, "sessions", TargetSet::COMPARATOR_AT_LEAST, "4");
  auto booked = Count("sessions", "4", "sessions");
  booked.set_stage("booked");
  feed.Update("a", "rdc", {booked});
  EXPECT_EQ(feed.AskOne().status(), "not-reported");
  EXPECT_THAT(feed.AskOne().measurements(), ElementsAre("sessions: 4, booked"));
}

// Six actions without an update (five of the police, one of the youth service), four left to Castle
// Point, and both agencies reported on something else.
void FeedSilence(PlanFeed& feed) {
  for (int i = 1; i <= 5; ++i) feed.Action("p" + std::to_string(i), {"essex-police", "rdc"});
  feed.Action("y1", {"ecc-youth"});
  for (int i = 1; i <= 4; ++i) {
    feed.Action("c" + std::to_string(i), {"rdc"});
    feed.Deferral("c" + std::to_string(i), "castle-point");
  }
  feed.Action("p6", {"essex-police"});
  feed.Update("p6", "essex-police");
  feed.Action("y2", {"ecc-youth"});
  feed.Update("y2", "ecc-youth");
}

TEST(PlanSilence, IsAMatterOfActionAndLead) {
  PlanFeed feed;
  FeedSilence(feed);
  const auto plan = feed.Ask().response;
  int silent = 0;
  int left = 0;
  for (const auto& action : plan.actions()) {
    silent += action.update() == "silent" ? 1 : 0;
    left += action.update() == "left-to-partner" ? 1 : 0;
    if (action.update() == "left-to-partner") {
      EXPECT_EQ(action.left_to(), "Castle Point Borough Council");
    }
  }
  EXPECT_EQ(silent, 6);
  EXPECT_EQ(left, 4);
  EXPECT_TRUE(
      HasNote(plan.notes(), "6 actions without an update: Essex Police 5, ECC Youth Service 1."));
  EXPECT_TRUE(
      HasNote(plan.notes(), "4 actions left to a partner: Castle Point Borough Council 4."));
  EXPECT_TRUE(HasNote(plan.notes(), "No agency is silent overall"));
}

TEST(PlanSilence, NamesAnAgencyThatSaidNothingAtAll) {
  PlanFeed feed;
  feed.Action("p1", {"essex-police"});
  feed.Action("y1", {"ecc-youth"});
  feed.Update("y1", "ecc-youth");
  EXPECT_TRUE(HasNote(feed.Ask().response.notes(),
                      "Silent overall, no update on any action: Essex "
                      "Police."));
}

TEST(PlanSilence, IsListedByLeadInATableOfItsOwn) {
  PlanFeed feed;
  FeedSilence(feed);
  const v1::Table table = SilenceTable(feed.Ask());
  ASSERT_EQ(table.rows_size(), 10);
  EXPECT_EQ(table.rows(0).cells(0).text(), "ECC Youth Service");
  EXPECT_EQ(table.rows(1).cells(0).text(), "Essex Police");
  EXPECT_EQ(table.rows(1).cells(6).text(), "1");
  EXPECT_EQ(table.rows(9).cells(1).text(), "left-to-partner");
}

TEST(PlanSilence, DoesNotBeginBeforeThePeriodIsOver) {
  PlanFeed feed;
  feed.Action("a", {"rdc"});
  feed.Target("a", "t1", TargetSet::KIND_COUNT, "m", TargetSet::COMPARATOR_AT_LEAST, "10", true);
  EXPECT_EQ(feed.AskOne("2017-18 Q1", "2017-06-30").update(), "not-due");
  EXPECT_EQ(feed.AskOne("2017-18 Q1", "2017-06-30").status(), "no-data-yet");
  EXPECT_EQ(feed.AskOne("2017-18 Q1", "2017-07-01").update(), "silent");
}

TEST(PlanSilence, IsNobodysWhereThePlanPrintsNoLead) {
  PlanFeed feed;
  feed.Action("a46", {});
  const auto answer = feed.Ask();
  EXPECT_EQ(answer.response.actions(0).update(), "not-due");
  EXPECT_EQ(answer.response.actions(0).update_due_from(), "");
  EXPECT_TRUE(HasNote(answer.response.notes(), "without a lead"));
}

TEST(PlanSilence, EndsWithACancelledAction) {
  PlanFeed feed;
  feed.Action("a", {"rdc"});
  feed.Cancel("a", "2017-05-15");
  EXPECT_EQ(feed.AskOne().update(), "cancelled");
  EXPECT_EQ(feed.AskOne().status(), "cancelled");
}

TEST(PlanReport, ShowsPrioritiesAndACrossCuttingHeadingWithCommitmentsAndNoActions) {
  PlanFeed feed;
  feed.Priority("p1", "Safeguarding vulnerable people");
  feed.Priority("p2", "Anti-social behaviour");
  feed.Priority("p3", "Acquisitive crime");
  feed.Priority("x", "Partnership working", true);
  for (const char* id : {"c1", "c2", "c3", "c4"}) feed.Commitment(id, "x", id);
  const auto plan = feed.Ask().response;
  EXPECT_THAT(plan.priorities(), ElementsAre("Safeguarding vulnerable people",
                                             "Anti-social behaviour", "Acquisitive crime"));
  ASSERT_EQ(plan.cross_cutting_size(), 1);
  EXPECT_EQ(plan.cross_cutting(0).commitments_size(), 4);
}

TEST(PlanReport, MarksWhatThePlanDoesNotPrint) {
  PlanFeed feed("2013-14");
  feed.Action("t01", {"rdc"}, "2014-03");
  feed.Action("t03", {"essex-police"});
  feed.Action("t08", {});
  const PlanTables made = TablesOfPlan(feed.Ask("2013-14"));
  const v1::Table& table = made.tables[0];
  ASSERT_EQ(table.rows_size(), 3);
  constexpr int kLeads = 5;
  constexpr int kDeadline = 6;
  EXPECT_EQ(table.rows(0).cells(kDeadline).text(), "2014-03");
  EXPECT_EQ(table.rows(1).cells(kDeadline).marker(), "x");
  EXPECT_EQ(table.rows(2).cells(kDeadline).marker(), "x");
  EXPECT_EQ(table.rows(2).cells(kLeads).marker(), "x");
}

TEST(PlanReport, SaysFiguresWithTheirPrecision) {
  PlanFeed feed("2013-14");
  feed.Action("t02", {"rdc"});
  feed.Update("t02", "rdc",
              {Count("public-reached", "approx 500", "people"), Count("homes", "8,500+", "homes")},
              "2013-14");
  EXPECT_THAT(feed.AskOne("2013-14").measurements(),
              ElementsAre("public-reached: about 500 people", "homes: at least 8500"));
}

TEST(PlanReport, OpensNarrativesAfterwardsAndSaysWhatWasErased) {
  class Opener final : public TextOpener {
   public:
    absl::StatusOr<OpenedText> Open(eventstore::Position position,
                                    std::string_view part) const override {
      EXPECT_EQ(part, "narrative");
      if (position.value == erased) return OpenedText{"", true};
      return OpenedText{"Working well.", false};
    }
    std::uint64_t erased = 0;
  };
  PlanFeed feed;
  feed.Action("a", {"rdc"});
  feed.Action("b", {"rdc"});
  feed.Action("c", {"rdc"});
  const auto options = PlanFeed::Options{.parts = {"narrative"}};
  feed.Update("a", "rdc", {}, "2017-18 Q1", "", options);
  Opener opener;
  opener.erased = feed.Update("b", "rdc", {}, "2017-18 Q1", "", options);
  feed.Update("c", "rdc");
  PlanAnswer answer = feed.Ask();
  OpenNarratives(opener, answer);
  EXPECT_EQ(answer.response.actions(0).narrative(), "Working well.");
  EXPECT_TRUE(answer.response.actions(1).narrative_erased());
  EXPECT_EQ(answer.response.actions(2).narrative(), "");
  EXPECT_FALSE(answer.response.actions(2).narrative_erased());
}

TEST(PlanReport, CountsWhatWasLoadedLaterThanKnown) {
  PlanFeed feed;
  feed.Action("a", {"rdc"});
  feed.Update("a", "rdc", {}, "2017-18 Q1", "ongoing", {.known_on = "2017-09-01"});
  const auto plan = feed.Ask().response;
  EXPECT_EQ(plan.truth().back_loaded(), 1u);
  EXPECT_TRUE(HasNote(plan.notes(), "Loaded later than known: 1"));
}

absl::StatusOr<PlanAnswer> AskFor(const PlanFeed& feed, const std::string& plan,
                                  const std::string& period, const AnswerContext& context) {
  v1::GetPlanPerformanceRequest request;
  request.set_plan_id(plan);
  *request.mutable_period() = P(period);
  return PlanPerformance(feed.Views(), request, context);
}

TEST(PlanReport, RefusesAnUnknownPlanAndAPeriodOutsideItsYear) {
  PlanFeed feed;
  EXPECT_EQ(eventstore::ErrorReason(AskFor(feed, "none", "2017-18", feed.Context()).status()),
            "UNKNOWN_PLAN");
  for (const char* period : {"2018-19 Q1", "2017-05", "2018-19"}) {
    EXPECT_EQ(
        eventstore::ErrorReason(AskFor(feed, testing::kPlan, period, feed.Context()).status()),
        "INVALID_FIELD")
        << period;
  }
}

TEST(PlanReport, SaysThatNothingWasKnownByTheDayAskedFor) {
  ::daybook::testing::ViewFeed empty;
  AnswerContext context = empty.Context();
  context.truth.known_on = *values::ParseDay("2017-01-01");
  context.truth.counts.not_yet_known = 7;
  v1::GetPlanPerformanceRequest request;
  request.set_plan_id(testing::kPlan);
  *request.mutable_period() = P("2017-18 Q1");
  const auto answer = PlanPerformance(empty.Views(), request, context);
  ASSERT_OK(answer);
  EXPECT_EQ(answer->response.actions_size(), 0);
  EXPECT_TRUE(HasNote(answer->response.notes(), "Nothing of this was known"));
  EXPECT_TRUE(HasNote(answer->response.notes(), "7 facts"));
}

}  // namespace
}  // namespace daybook::reports
