// Orders as they stand, what was done since a day, and the ladder of an injunction.
#include "projections/reports/enforcement_tables.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "daybook/partners/events/v1/events.pb.h"
#include "projections/reports/order_standing.h"
#include "proto/values/civil.h"
#include "tests/support/status_matchers.h"
#include "tests/support/view_feed.h"
#include "tests/unit/projections/reports/rows_of.h"

namespace daybook::reports {
namespace {

namespace enforced = enforcement::events::v1;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using testing::Rows;
using testing::RowsOf;

class Enforcement : public ::testing::Test {
 protected:
  Enforcement() {
    partners::events::v1::PartnershipRegistered partnership;
    partnership.set_partnership_id("csp");
    feed_.Add(partnership);
  }

  void Injunction() {
    enforced::OrderMade order;
    order.set_order_id("s222");
    order.set_partnership_id("csp");
    order.set_kind(enforced::OrderMade::KIND_INJUNCTION);
    order.add_prohibitions("begging");
    order.set_made_date("2013-11-29");
    order.set_referral_from(2);
    order.set_committal_from(3);
    feed_.Add(order);
  }
  void Breach(const std::string& person, const std::string& id, const std::string& day,
              std::uint32_t number = 0, const std::string& prohibition = "begging") {
    enforced::BreachRecorded breach;
    breach.set_order_id("s222");
    breach.set_subject(person);
    breach.set_breach_id(id);
    breach.set_occurred_date(day);
    breach.set_prohibition(prohibition);
    breach.set_number(number);
    feed_.Add(breach);
  }
  void Step(const std::string& person, const std::string& id, enforced::StepTaken::Step step,
            const std::string& day) {
    enforced::StepTaken taken;
    taken.set_order_id("s222");
    taken.set_subject(person);
    taken.set_breach_id(id);
    taken.set_step(step);
    taken.set_taken_date(day);
    feed_.Add(taken);
  }
  TablesAnswer Ladder(const LadderRequest& request = {"s222", "", ""}) {
    auto answer = InjunctionLadder(feed_.Views(), request, feed_.Context());
    EXPECT_OK(answer);
    return answer.ok() ? *std::move(answer) : TablesAnswer{};
  }
  // Last cells of the exceptions.
  std::vector<std::string> Exceptions() {
    std::vector<std::string> what;
    for (const auto& row : RowsOf(Ladder().tables[2])) what.push_back(row.back());
    return what;
  }

  daybook::testing::ViewFeed feed_;
};

TEST_F(Enforcement, CountsStepsByWhichBreachOfThePersonTheyFollowedAndByMonth) {
  Injunction();
  Breach("p1", "a", "2014-01-05", 1);
  Step("p1", "a", enforced::StepTaken::STEP_SIGNPOSTED, "2014-01-05");
  Step("p1", "a", enforced::StepTaken::STEP_WARNED, "2014-01-06");
  Breach("p1", "b", "2014-02-05", 2);
  Step("p1", "b", enforced::StepTaken::STEP_WARNED, "2014-02-05");
  Step("p1", "b", enforced::StepTaken::STEP_REFERRED, "2014-03-01");
  Breach("p2", "c", "2014-02-09");
  Step("p2", "c", enforced::StepTaken::STEP_WARNED, "2014-02-09");
  const TablesAnswer answer = Ladder();
  EXPECT_THAT(RowsOf(answer.tables[0]),
              ElementsAre(ElementsAre("1", "2", "1", "2", "0", "0", "0", "0"),
                          ElementsAre("2", "1", "0", "1", "1", "0", "0", "0")));
  EXPECT_THAT(RowsOf(answer.tables[1]),
              ElementsAre(ElementsAre("2014-01", "1", "1", "1", "0", "0", "0", "0"),
                          ElementsAre("2014-02", "2", "0", "2", "0", "0", "0", "0"),
                          ElementsAre("2014-03", "0", "0", "0", "1", "0", "0", "0"),
                          ElementsAre("Total", "3", "1", "3", "1", "0", "0", "0")));
  EXPECT_THAT(RowsOf(answer.tables[2]), IsEmpty());
  EXPECT_THAT(RowsOf(Ladder({"s222", "2014-02", "2014-02"}).tables[1]),
              ElementsAre(ElementsAre("2014-02", "2", "0", "2", "0", "0", "0", "0"),
                          ElementsAre("Total", "2", "0", "2", "0", "0", "0", "0")));
}

TEST_F(Enforcement, AStepThatIsDueStaysOpenUntilItIsRecorded) {
  Injunction();
  for (const auto& [id, day] :
       {std::pair("a", "2014-01-05"), std::pair("b", "2014-02-05"), std::pair("c", "2014-03-05")}) {
    Breach("p1", id, day);
    Step("p1", id, enforced::StepTaken::STEP_WARNED, day);
  }
  EXPECT_THAT(Exceptions(), ElementsAre("not referred to support, due from breach 2 on",
                                        "not referred to support, due from breach 2 on",
                                        "committal not considered, due from breach 3 on"));
  Step("p1", "b", enforced::StepTaken::STEP_REFERRED, "2014-05-01");
  Step("p1", "c", enforced::StepTaken::STEP_REFERRED, "2014-05-01");
  Step("p1", "c", enforced::StepTaken::STEP_COMMITTAL_APPLIED, "2014-05-01");
  EXPECT_THAT(Exceptions(), IsEmpty());
}

TEST_F(Enforcement, ABreachThatBecomesKnownLateMovesThoseAfterIt) {
  Injunction();
  Breach("p1", "b", "2014-02-05", 1);
  Step("p1", "b", enforced::StepTaken::STEP_WARNED, "2014-02-05");
  EXPECT_THAT(Exceptions(), IsEmpty());
  Breach("p1", "a", "2014-01-05", 1);
  Step("p1", "a", enforced::StepTaken::STEP_WARNED, "2014-01-05");
  EXPECT_THAT(Exceptions(), ElementsAre("counted as breach 1 by its sender",
                                        "not referred to support, due from breach 2 on"));
}

TEST_F(Enforcement, SaysWhatIsAgainstTheOrder) {
  Injunction();
  Breach("p1", "a", "2013-11-28");
  Breach("p2", "b", "2014-01-05", 0, "shouting");
  enforced::OrderReviewed discharged;
  discharged.set_order_id("s222");
  discharged.set_reviewed_date("2014-06-01");
  discharged.set_outcome(enforced::OrderReviewed::OUTCOME_DISCHARGED);
  feed_.Add(discharged);
  Breach("p3", "c", "2014-06-01");
  EXPECT_THAT(Exceptions(),
              ElementsAre("the order did not hold on that day", "neither signposted nor warned",
                          "the order does not forbid \"shouting\"", "neither signposted nor warned",
                          "the order did not hold on that day", "neither signposted nor warned"));
}

TEST_F(Enforcement, RefusesAnOrderThatNobodyRecorded) {
  EXPECT_THAT(InjunctionLadder(feed_.Views(), {"other", "", ""}, feed_.Context()),
              daybook::testing::HasReason("UNKNOWN_ORDER"));
  EXPECT_THAT(InjunctionLadder(feed_.Views(), {}, feed_.Context()),
              daybook::testing::HasReason("MISSING_FIELD"));
  EXPECT_THAT(OrderRegister(feed_.Views(), "nobody", feed_.Context()),
              daybook::testing::HasReason("UNKNOWN_PARTNERSHIP"));
}

TEST(OrderStanding, FollowsItsReviewsInOrderOfTheirDays) {
  views::v1::OrderRow order;
  order.mutable_fact()->set_made_date("2017-10-20");
  order.mutable_fact()->set_expires_date("2020-10-19");
  order.mutable_fact()->add_prohibitions("dog-fouling");
  auto& extended = *order.add_reviews();
  extended.set_reviewed_date("2020-10-01");
  extended.set_outcome(enforced::OrderReviewed::OUTCOME_EXTENDED);
  extended.set_expires_date("2023-10-19");
  auto& varied = *order.add_reviews();
  varied.set_reviewed_date("2021-05-01");
  varied.set_outcome(enforced::OrderReviewed::OUTCOME_VARIED);
  varied.add_prohibitions("drinking");
  EXPECT_EQ(StateOn(order, "2017-10-19"), "not yet in force");
  EXPECT_EQ(StateOn(order, "2020-07-20"), "in force");
  EXPECT_EQ(StateOn(order, "2020-07-21"), "in force, review due by 2020-10-19");
  EXPECT_EQ(StateOn(order, "2020-10-01"), "in force") << "the extension counts from its day";
  EXPECT_EQ(StateOn(order, "2023-10-19"), "in force, review due by 2023-10-19");
  EXPECT_EQ(StateOn(order, "2023-10-20"), "lapsed 2023-10-19 without a review");
  EXPECT_EQ(StandingOn(order, "2021-04-30").prohibitions, std::set<std::string>{"dog-fouling"});
  EXPECT_EQ(StandingOn(order, "2021-05-01").prohibitions, std::set<std::string>{"drinking"});
}

TEST_F(Enforcement, CountsTasksAndPenaltiesOfThePartnershipSinceADayWithTotals) {
  const auto task = [&](const std::string& id, const std::string& kind, const std::string& day,
                        const std::string& actioned) {
    enforced::TaskRaised raised;
    raised.set_task_id(id);
    raised.set_partnership_id("csp");
    raised.set_kind(kind);
    raised.set_raised_date(day);
    feed_.Add(raised);
    if (actioned.empty()) return;
    enforced::TaskActioned done;
    done.set_task_id(id);
    done.set_actioned_date(actioned);
    feed_.Add(done);
  };
  task("1", "a-frame", "2023-08-31", "2023-09-02");
  task("2", "a-frame", "2023-09-01", "2023-09-02");
  task("3", "begging", "2024-01-01", "2024-04-01");
  task("4", "begging", "2024-01-02", "");
  const auto penalty = [&](const std::string& id, std::uint64_t pence,
                           enforced::PenaltySettled::How how) {
    enforced::PenaltyIssued issued;
    issued.set_penalty_id(id);
    issued.set_partnership_id("csp");
    issued.set_offence("litter");
    issued.set_issued_date("2024-01-05");
    issued.set_pence(pence);
    feed_.Add(issued);
    if (how == enforced::PenaltySettled::HOW_UNSPECIFIED) return;
    enforced::PenaltySettled settled;
    settled.set_penalty_id(id);
    settled.set_settled_date("2024-02-01");
    settled.set_how(how);
    feed_.Add(settled);
  };
  penalty("1", 7550, enforced::PenaltySettled::HOW_PAID);
  penalty("2", 0, enforced::PenaltySettled::HOW_CANCELLED);
  penalty("3", 7500, enforced::PenaltySettled::HOW_UNSPECIFIED);
  ASSERT_OK_AND_ASSIGN(const TablesAnswer answer,
                       EnforcementSince(feed_.Views(), "csp", *values::ParseDay("2023-09-01"),
                                        feed_.Context("2024-03-18")));
  EXPECT_THAT(RowsOf(answer.tables[0]), ElementsAre(ElementsAre("a frame", "1", "1", "0"),
                                                    ElementsAre("begging", "2", "0", "2"),
                                                    ElementsAre("Total", "3", "1", "2")));
  EXPECT_THAT(RowsOf(answer.tables[1]),
              ElementsAre(ElementsAre("litter", "3", "1", "1", "0", "1", "150.50"),
                          ElementsAre("Total", "3", "1", "1", "0", "1", "150.50")));
  EXPECT_THAT(answer.tables[1].notes(0), HasSubstr("of 1 of 3 is not known"));
}

}  // namespace
}  // namespace daybook::reports
