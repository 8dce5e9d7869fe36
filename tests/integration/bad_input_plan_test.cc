// Commands on a plan that are well formed and yet wrong: refused by the rules, changing nothing.
#include <string>

#include "tests/integration/daybook_test.h"
#include "tests/integration/samples.h"

namespace daybook::integration {
namespace {

using absl::StatusCode;
using types::v1::Period;

class BadInputOnAPlan : public DaybookTest {
 protected:
  void SetUp() override {
    DaybookTest::SetUp();
    SeedPlan();
  }
};

TEST_F(BadInputOnAPlan, ANegativeCountIsRefused) {
  Refuse(UpdateOf(Counted("-173")), {StatusCode::kFailedPrecondition, "NEGATIVE_COUNT",
                                     "measurements[0].quantity.value", "-173"});
}

TEST_F(BadInputOnAPlan, ANegativeThresholdIsRefused) {
  auto request = Target("t2");
  request.set_threshold("-173");
  Refuse(request, {StatusCode::kFailedPrecondition, "NEGATIVE_COUNT", "threshold", "-173"});
}

TEST_F(BadInputOnAPlan, ANumberThatIsNoneIsNotRepeated) {
  Refuse(UpdateOf(Counted("12 or 13")), {StatusCode::kInvalidArgument, "INVALID_FIELD",
                                         "measurements[0].quantity.value", "12 or 13"});
}

TEST_F(BadInputOnAPlan, AnUnregisteredPrecisionWordIsAnUnknownValue) {
  auto measurement = Counted("3");
  measurement.mutable_quantity()->set_precision(static_cast<types::v1::Precision>(4711));
  Refuse(UpdateOf(measurement), {StatusCode::kInvalidArgument, "UNKNOWN_VALUE",
                                 "measurements[0].quantity.precision", "4711"});
}

TEST_F(BadInputOnAPlan, AShareThatDisagreesWithItsPartsIsRefused) {
  actions::events::v1::Measurement measurement;
  measurement.set_measure("aware");
  measurement.set_unit("people");
  measurement.mutable_share()->set_numerator("53");
  measurement.mutable_share()->set_denominator("418");
  measurement.mutable_share()->set_printed_percent("19.7");
  Refuse(UpdateOf(measurement), {StatusCode::kFailedPrecondition, "SHARE_DISAGREES",
                                 "measurements[0].share.printed_percent", "19.7"});
  measurement.mutable_share()->set_printed_percent("12.7");  // 12.68 rounded half up
  Accept(UpdateOf(measurement));
}

TEST_F(BadInputOnAPlan, APartLargerThanItsWholeIsRefused) {
  actions::events::v1::Measurement measurement;
  measurement.set_measure("aware");
  measurement.mutable_share()->set_numerator("418");
  measurement.mutable_share()->set_denominator("53");
  Refuse(UpdateOf(measurement), {StatusCode::kFailedPrecondition, "SHARE_DISAGREES",
                                 "measurements[0].share.numerator", "418"});
}

TEST_F(BadInputOnAPlan, APercentageOver100OfAWholeIsRefused) {
  actions::events::v1::Measurement measurement;
  measurement.set_measure("aware");
  measurement.set_unit("percent");
  measurement.mutable_printed_percent()->set_percent("104.3");
  Refuse(UpdateOf(measurement), {StatusCode::kFailedPrecondition, "PERCENT_OVER_100",
                                 "measurements[0].printed_percent.percent", "104.3"});
}

TEST_F(BadInputOnAPlan, ATargetOver100PercentIsRefused) {
  auto request = Target("t2");
  request.set_kind(actions::events::v1::TargetSet::KIND_PERCENT);
  request.set_threshold("104.3");
  Refuse(request, {StatusCode::kFailedPrecondition, "PERCENT_OVER_100", "threshold", "104.3"});
}

TEST_F(BadInputOnAPlan, AReturnOfAQuarterOutsideThePlanYearIsRefused) {
  const auto later = PeriodOf(Period::KIND_QUARTER, "2018-04-01", "2018-06-30");
  Refuse(Update(later),
         {StatusCode::kFailedPrecondition, "PERIOD_OUTSIDE_PLAN", "period", "2018-04-01"});
  const auto earlier = PeriodOf(Period::KIND_QUARTER, "2017-01-01", "2017-03-31");
  Refuse(Update(earlier),
         {StatusCode::kFailedPrecondition, "PERIOD_OUTSIDE_PLAN", "period", "2017-01-01"});
}

TEST_F(BadInputOnAPlan, AQuarterThatDoesNotBeginLikeOneIsRefused) {
  const auto crooked = PeriodOf(Period::KIND_QUARTER, "2017-05-01", "2017-07-31");
  Refuse(Update(crooked),
         {StatusCode::kInvalidArgument, "INVALID_FIELD", "period.start_date", "2017-05-01"});
}

TEST_F(BadInputOnAPlan, AnUnknownActionIsNotFound) {
  auto request = Update(FirstQuarter());
  request.set_action_id("a-4711");
  Refuse(request, {StatusCode::kNotFound, "UNKNOWN_ACTION", "action_id", "a-4711"});
}

TEST_F(BadInputOnAPlan, AnUnknownPlanIsNotFound) {
  auto request = Update(FirstQuarter());
  request.set_plan_id("no-such-plan");
  Refuse(request, {StatusCode::kNotFound, "UNKNOWN_PLAN", "plan_id", "no-such-plan"});
}

TEST_F(BadInputOnAPlan, AnUnknownPriorityIsNotFound) {
  auto request = Action("a2");
  request.set_priority_id("p-4711");
  Refuse(request, {StatusCode::kNotFound, "UNKNOWN_PRIORITY", "priority_id", "p-4711"});
}

TEST_F(BadInputOnAPlan, ProgressForAPeriodAfterTheActionWasCancelledIsRefused) {
  Accept(Cancellation("2017-09-15"));
  Refuse(Update(ThirdQuarter()),
         {StatusCode::kFailedPrecondition, "ACTION_CANCELLED", "period", "2017-10-01"});
  Accept(Update(FirstQuarter()));  // before the cancellation there was progress to report
}

TEST_F(BadInputOnAPlan, AnActionIsCancelledOnce) {
  Accept(Cancellation("2017-09-15"));
  Refuse(Cancellation("2017-11-01"),
         {StatusCode::kFailedPrecondition, "WRONG_STATE", "action_id", "2017-11-01"});
}

TEST_F(BadInputOnAPlan, AWrongExpectedRevisionIsAborted) {
  const auto added = Accept(Action("a2"));
  auto request = Action("a3");
  request.set_expected_revision(added.revision() + 40);
  Refuse(request, {StatusCode::kAborted, "REVISION_CONFLICT", "expected_revision", ""});
  request.set_expected_revision(added.revision() - 1);
  Refuse(request, {StatusCode::kAborted, "REVISION_CONFLICT", "expected_revision", ""});
  // The same request id, decided anew: a refusal was not recorded.
  request.set_expected_revision(added.revision());
  EXPECT_EQ(Accept(request).revision(), added.revision() + 1);
}

TEST_F(BadInputOnAPlan, ARepeatedRequestIsAnsweredAsBeforeAlthoughThePlanMovedOn) {
  const auto added = Accept(Action("a2"));
  auto request = Action("a3");
  request.set_expected_revision(added.revision());
  const auto first = Accept(request);
  Accept(Action("a4"));
  const auto again = Accept(request);
  EXPECT_TRUE(again.receipt().duplicate());
  EXPECT_EQ(again.revision(), first.revision());
  EXPECT_EQ(again.receipt().position(), first.receipt().position());
}

TEST_F(BadInputOnAPlan, TheSameIdWithOtherContentExistsAlready) {
  auto request = Action(kAction);
  request.set_label("Quixotic Zebra");
  Refuse(request, {StatusCode::kAlreadyExists, "ALREADY_EXISTS", "action_id", "Quixotic Zebra"});
}

TEST_F(BadInputOnAPlan, ANarrativeOver16KiBIsTooLargeAndNotRepeated) {
  auto request = Update(FirstQuarter());
  std::string narrative;
  while (narrative.size() <= 16U << 10) narrative += "Quixotic Zebra ";
  request.set_narrative(narrative);
  Refuse(request, {StatusCode::kInvalidArgument, "TOO_LARGE", "narrative", "Quixotic"});
}

}  // namespace
}  // namespace daybook::integration
