#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "services/actions/domain/plan_commands.h"
#include "tests/unit/services/actions/plan_fixture.h"

namespace daybook::actions {
namespace {

using events::v1::Measurement;
using events::v1::TargetSet;
using types::v1::Period;

struct TargetCase {
  const char* name;
  TargetSet::Kind kind;
  TargetSet::Comparator comparator;
  const char* threshold;
  const char* reason;  // "" = accepted
};

const TargetCase kTargetCases[] = {
    {"a count", TargetSet::KIND_COUNT, TargetSet::COMPARATOR_AT_LEAST, "10", ""},
    {"a count of exactly", TargetSet::KIND_COUNT, TargetSet::COMPARATOR_EQUAL, "25", ""},
    {"a count over 100", TargetSet::KIND_COUNT, TargetSet::COMPARATOR_AT_MOST, "1000", ""},
    {"a percentage", TargetSet::KIND_PERCENT, TargetSet::COMPARATOR_AT_LEAST, "80", ""},
    {"all of a whole", TargetSet::KIND_PERCENT, TargetSet::COMPARATOR_EQUAL, "100", ""},
    {"none of a whole", TargetSet::KIND_PERCENT, TargetSet::COMPARATOR_AT_MOST, "0", ""},
    {"a trend", TargetSet::KIND_TREND, TargetSet::COMPARATOR_DECREASE, "", ""},
    {"a milestone", TargetSet::KIND_MILESTONE, TargetSet::COMPARATOR_UNSPECIFIED, "", ""},
    {"no kind", TargetSet::KIND_UNSPECIFIED, TargetSet::COMPARATOR_AT_LEAST, "1", "MISSING_FIELD"},
    {"a kind of tomorrow", static_cast<TargetSet::Kind>(99), TargetSet::COMPARATOR_AT_LEAST, "1",
     "UNKNOWN_VALUE"},
    {"a comparator of tomorrow", TargetSet::KIND_COUNT, static_cast<TargetSet::Comparator>(99), "1",
     "UNKNOWN_VALUE"},
    {"a count without comparator", TargetSet::KIND_COUNT, TargetSet::COMPARATOR_UNSPECIFIED, "1",
     "MISSING_FIELD"},
    {"a count that increases", TargetSet::KIND_COUNT, TargetSet::COMPARATOR_INCREASE, "1",
     "INVALID_FIELD"},
    {"a count without threshold", TargetSet::KIND_COUNT, TargetSet::COMPARATOR_AT_LEAST, "",
     "MISSING_FIELD"},
    {"a threshold in words", TargetSet::KIND_COUNT, TargetSet::COMPARATOR_AT_LEAST, "ten",
     "INVALID_FIELD"},
    {"a threshold below zero", TargetSet::KIND_COUNT, TargetSet::COMPARATOR_AT_LEAST, "-1",
     "NEGATIVE_COUNT"},
    {"a percentage over 100", TargetSet::KIND_PERCENT, TargetSet::COMPARATOR_AT_LEAST, "100.1",
     "PERCENT_OVER_100"},
    {"a percentage below zero", TargetSet::KIND_PERCENT, TargetSet::COMPARATOR_AT_LEAST, "-0.5",
     "NEGATIVE_COUNT"},
    {"a trend with a threshold", TargetSet::KIND_TREND, TargetSet::COMPARATOR_INCREASE, "5",
     "INVALID_FIELD"},
    {"a trend of at least", TargetSet::KIND_TREND, TargetSet::COMPARATOR_AT_LEAST, "",
     "INVALID_FIELD"},
    {"a milestone of at least", TargetSet::KIND_MILESTONE, TargetSet::COMPARATOR_AT_LEAST, "",
     "INVALID_FIELD"},
};

TEST(SetTarget, AcceptsWhatGoesTogetherAndSaysWhatDoesNot) {
  for (const TargetCase& c : kTargetCases) {
    v1::SetTargetRequest request = SetTarget();
    request.set_kind(c.kind);
    request.set_comparator(c.comparator);
    request.set_threshold(c.threshold);
    EXPECT_EQ(PlanUnderTest::WithAction().Tell(request), c.reason) << c.name;
  }
}

TEST(SetTarget, ABrokenRuleOfAFieldIsAFailedPreconditionAndABrokenFormAnInvalidArgument) {
  const PlanUnderTest plan = PlanUnderTest::WithAction();
  v1::SetTargetRequest request = SetTarget();
  request.set_threshold("-1");
  EXPECT_EQ(plan.Refusal(request).code, absl::StatusCode::kFailedPrecondition);
  request.clear_target_id();
  const commands::Rejection both = plan.Refusal(request);
  EXPECT_EQ(both.code, absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(both.reason, "MISSING_FIELD");
  EXPECT_EQ(both.problems.size(), 2U);
}

TEST(SetTarget, NeedsAnActionAndIsSetOnce) {
  PlanUnderTest plan = PlanUnderTest::WithAction();
  EXPECT_EQ(plan.Events(SetTarget()), 1U);
  EXPECT_EQ(plan.Events(SetTarget()), 0U);
  v1::SetTargetRequest other = SetTarget();
  other.set_threshold("12");
  EXPECT_EQ(plan.Refusal(other).reason, "ALREADY_EXISTS");
  other.set_action_id("a9");
  EXPECT_EQ(plan.Refusal(other).reason, "UNKNOWN_ACTION");
}

TEST(SubmitUpdate, IsAboutAQuarterOfThePlanYearOrTheWholeYear) {
  const struct {
    Period period;
    const char* reason;
  } cases[] = {
      {Quarter1(), ""},
      {MakePeriod(Period::KIND_QUARTER, "2018-01-01", "2018-03-31"), ""},
      {PlanYear2017(), ""},
      {MakePeriod(Period::KIND_QUARTER, "2017-01-01", "2017-03-31"), "PERIOD_OUTSIDE_PLAN"},
      {MakePeriod(Period::KIND_QUARTER, "2018-04-01", "2018-06-30"), "PERIOD_OUTSIDE_PLAN"},
      {MakePeriod(Period::KIND_PLAN_YEAR, "2018-04-01", "2019-03-31"), "PERIOD_OUTSIDE_PLAN"},
      {MakePeriod(Period::KIND_MONTH, "2017-05-01", "2017-05-31"), "INVALID_FIELD"},
      {MakePeriod(Period::KIND_QUARTER, "2017-05-01", "2017-07-31"), "INVALID_FIELD"},
      {Period(), "MISSING_FIELD"},
  };
  for (const auto& c : cases) {
    v1::SubmitUpdateRequest request = SubmitUpdate();
    *request.mutable_period() = c.period;
    EXPECT_EQ(PlanUnderTest::WithAction().Tell(request), c.reason) << c.period.start_date();
    v1::DeferUpdateRequest deferral = DeferUpdate();
    *deferral.mutable_period() = c.period;
    EXPECT_EQ(PlanUnderTest::WithAction().Tell(deferral), c.reason) << c.period.start_date();
  }
}

TEST(SubmitUpdate, TakesThePeriodAsItsEffectiveTime) {
  const PlanUnderTest plan = PlanUnderTest::WithAction();
  const auto decision = std::get<commands::Decision>(plan.Ask(SubmitUpdate()));
  EXPECT_EQ(decision.events.at(0).effective.end.days - decision.events.at(0).effective.start.days,
            91);
}

TEST(SubmitUpdate, SaysSomething) {
  v1::SubmitUpdateRequest request = SubmitUpdate();
  request.set_state("");
  const PlanUnderTest plan = PlanUnderTest::WithAction();
  EXPECT_EQ(plan.Refusal(request).reason, "MISSING_FIELD") << "an empty return ends no silence";
  request.set_narrative("Two visits were made.");
  EXPECT_TRUE(std::holds_alternative<commands::Decision>(plan.Ask(request)));
}

TEST(SubmitUpdate, KnowsTheStatesOfTheCatalogue) {
  for (const char* state : {"ongoing", "planned", "in-progress", "not-started", "delivered",
                            "delivered-late", "completed", "poor"}) {
    v1::SubmitUpdateRequest request = SubmitUpdate();
    request.set_state(state);
    EXPECT_EQ(PlanUnderTest::WithAction().Tell(request), "") << state;
  }
  v1::SubmitUpdateRequest request = SubmitUpdate();
  request.set_state("on track");
  EXPECT_EQ(PlanUnderTest::WithAction().Tell(request), "UNKNOWN_VALUE");
}

TEST(SubmitUpdate, NeedsAKnownActionAndOrganisation) {
  const PlanUnderTest plan = PlanUnderTest::WithAction();
  v1::SubmitUpdateRequest request = SubmitUpdate();
  request.set_organisation("North Pollice");
  const commands::Rejection refusal = plan.Refusal(request);
  EXPECT_EQ(refusal.reason, "UNKNOWN_ORGANISATION");
  EXPECT_EQ(refusal.metadata.at("nearest_id"), "north-police");
  request = SubmitUpdate();
  request.set_action_id("a9");
  EXPECT_EQ(plan.Refusal(request).reason, "UNKNOWN_ACTION");
  EXPECT_EQ(PlanUnderTest().Refusal(request).reason, "UNKNOWN_PLAN");
}

TEST(SubmitUpdate, EndsWithTheCancellationButNotForPeriodsThatBeganBefore) {
  PlanUnderTest plan = PlanUnderTest::WithAction();
  EXPECT_EQ(plan.Tell(CancelAction("2017-07-01")), "");
  EXPECT_EQ(plan.Tell(SubmitUpdate()), "");  // Q1 ended before
  v1::SubmitUpdateRequest second = SubmitUpdate();
  *second.mutable_period() = Quarter2();
  const commands::Rejection refusal = plan.Refusal(second);
  EXPECT_EQ(refusal.reason, "ACTION_CANCELLED");
  EXPECT_EQ(refusal.code, absl::StatusCode::kFailedPrecondition);
  v1::DeferUpdateRequest deferral = DeferUpdate();
  *deferral.mutable_period() = Quarter2();
  EXPECT_EQ(plan.Refusal(deferral).reason, "ACTION_CANCELLED");
  *second.mutable_period() = PlanYear2017();  // began before
  EXPECT_EQ(plan.Tell(second), "");
}

TEST(SubmitUpdate, SealsTheNarrativeUnderAKeyOfItsOwnAndKeepsItOutOfThePayload) {
  const PlanUnderTest plan = PlanUnderTest::WithAction();
  v1::SubmitUpdateRequest request = SubmitUpdate();
  request.set_narrative("A planted sentence.");
  const auto decision = std::get<commands::Decision>(plan.Ask(request));
  const commands::DraftEvent& event = decision.events.at(0);
  ASSERT_EQ(event.parts.size(), 1U);
  EXPECT_EQ(event.parts[0].name, "narrative");
  EXPECT_EQ(event.parts[0].plaintext, "A planted sentence.");
  EXPECT_EQ(event.parts[0].subject_ref, "");
  EXPECT_EQ(event.payload.find("planted"), std::string::npos);
  EXPECT_EQ(decision.answer.find("planted"), std::string::npos);
}

TEST(SubmitUpdate, HasANarrativeOfAtMost16KiB) {
  v1::SubmitUpdateRequest request = SubmitUpdate();
  request.set_narrative(std::string(16U << 10, 'x'));
  EXPECT_EQ(PlanUnderTest::WithAction().Tell(request), "");
  request.set_narrative(std::string((16U << 10) + 1, 'x'));
  EXPECT_EQ(PlanUnderTest::WithAction().Tell(request), "TOO_LARGE");
}

TEST(SubmitUpdate, IsALaterVersionUnlessItCanBeSeenToSayTheSame) {
  PlanUnderTest plan = PlanUnderTest::WithAction();
  EXPECT_EQ(plan.Events(SubmitUpdate()), 1U);
  EXPECT_EQ(plan.Events(SubmitUpdate()), 0U);
  v1::SubmitUpdateRequest told = SubmitUpdate();
  told.set_narrative("More to say.");
  EXPECT_EQ(plan.Events(told), 1U);
  EXPECT_EQ(plan.Events(told), 0U);
  told.set_narrative("More to say!");
  EXPECT_EQ(plan.Events(told), 1U);
  EXPECT_EQ(plan.Events(SubmitUpdate()), 1U);  // takes the narrative back
  const auto& answers = plan.state.actions.at("a1").answers;
  EXPECT_EQ(answers.begin()->second.versions, 4U);
}

TEST(SubmitUpdate, DoesNotBringBackANarrativeThatWasErased) {
  PlanUnderTest plan = PlanUnderTest::WithAction();
  v1::SubmitUpdateRequest told = SubmitUpdate();
  told.set_narrative("More to say.");
  EXPECT_EQ(plan.Events(told), 1U);
  const auto& answer = plan.state.actions.at("a1").answers.begin()->second;
  const std::string key = eventstore::ToHex(
      std::string_view(reinterpret_cast<const char*>(answer.narrative.parts.at(0).key.data()), 16));
  plan.parts.erased.insert(key);
  EXPECT_EQ(plan.Events(told), 0U) << "as far as can be told it is the same";
  told.set_state("planned");
  EXPECT_EQ(plan.Tell(told), "PART_ERASED");
  told.clear_narrative();
  EXPECT_EQ(plan.Events(told), 1U);
  told.set_narrative("More to say.");
  EXPECT_EQ(plan.Events(told), 0U) << "the fact names it as erased, without the key as well";
}

TEST(DeferUpdate, LeavesTheAnswerToAnotherOrganisation) {
  PlanUnderTest plan = PlanUnderTest::WithAction();
  EXPECT_EQ(plan.Events(DeferUpdate()), 1U);
  EXPECT_EQ(plan.Events(DeferUpdate()), 0U);
  v1::DeferUpdateRequest request = DeferUpdate();
  request.clear_organisation();
  EXPECT_EQ(plan.Events(request), 1U);
  request.set_organisation("Hill Borough Council");
  EXPECT_EQ(plan.Refusal(request).reason, "INVALID_FIELD");
  request.set_organisation("nobody");
  EXPECT_EQ(plan.Refusal(request).reason, "UNKNOWN_ORGANISATION");
  request = DeferUpdate();
  request.set_to_organisation("nobody");
  EXPECT_EQ(plan.Refusal(request).reason, "UNKNOWN_ORGANISATION");
  request.clear_to_organisation();
  EXPECT_EQ(plan.Refusal(request).reason, "MISSING_FIELD");
}

struct MeasurementCase {
  const char* name;
  std::string (*fill)(v1::SubmitUpdateRequest&);  // returns the field expected to be named
  const char* reason;
};

const MeasurementCase kMeasurementCases[] = {
    {"a count",
     [](auto& r) {
       Measure(r, "visits").mutable_quantity()->set_value("2");
       return std::string();
     },
     ""},
    {"more than 90 percent without its parts",
     [](auto& r) {
       auto& printed = *Measure(r, "percent").mutable_printed_percent();
       printed.set_percent("90");
       printed.set_precision(types::v1::PRECISION_MORE_THAN);
       return std::string();
     },
     ""},
    {"a fall in percentage points",
     [](auto& r) {
       Measure(r, "percentage points").mutable_quantity()->set_value("-3");
       return std::string();
     },
     ""},
    {"a figure of a period outside the plan year",
     [](auto& r) {
       Measurement& m = Measure(r, "visits");
       m.mutable_quantity()->set_value("2");
       *m.mutable_period() = MakePeriod(Period::KIND_MONTH, "2016-05-01", "2016-05-31");
       return std::string();
     },
     ""},
    {"a count below zero",
     [](auto& r) {
       Measure(r, "visits").mutable_quantity()->set_value("-2");
       return std::string("measurements[0].quantity.value");
     },
     "NEGATIVE_COUNT"},
    {"a percentage over 100",
     [](auto& r) {
       Measure(r, "percent").mutable_quantity()->set_value("101");
       return std::string("measurements[0].quantity.value");
     },
     "PERCENT_OVER_100"},
    {"a printed percentage over 100",
     [](auto& r) {
       Measure(r, "pupils").mutable_printed_percent()->set_percent("120");
       return std::string("measurements[0].printed_percent.percent");
     },
     "PERCENT_OVER_100"},
    {"a share that disagrees with its parts",
     [](auto& r) {
       auto& share = *Measure(r, "referrals").mutable_share();
       share.set_numerator("8");
       share.set_denominator("74");
       share.set_printed_percent("12");
       return std::string("measurements[0].share.printed_percent");
     },
     "SHARE_DISAGREES"},
    {"no value",
     [](auto& r) {
       Measure(r, "visits");
       return std::string("measurements[0].value");
     },
     "MISSING_FIELD"},
    {"no measure",
     [](auto& r) {
       Measurement& m = Measure(r, "visits");
       m.mutable_quantity()->set_value("2");
       m.clear_measure();
       return std::string("measurements[0].measure");
     },
     "MISSING_FIELD"},
    {"a stage that is none",
     [](auto& r) {
       Measurement& m = Measure(r, "visits");
       m.mutable_quantity()->set_value("2");
       m.set_stage("hoped");
       return std::string("measurements[0].stage");
     },
     "UNKNOWN_VALUE"},
    {"a period that is none",
     [](auto& r) {
       Measurement& m = Measure(r, "visits");
       m.mutable_quantity()->set_value("2");
       *m.mutable_period() = MakePeriod(Period::KIND_MONTH, "2017-05-02", "2017-05-31");
       return std::string("");
     },
     "INVALID_FIELD"},
};

TEST(Measurements, AreExactOrRefusedWithFieldAndReason) {
  for (const MeasurementCase& c : kMeasurementCases) {
    v1::SubmitUpdateRequest request = SubmitUpdate();
    const std::string field = c.fill(request);
    PlanUnderTest plan = PlanUnderTest::WithAction();
    const commands::Outcome outcome = plan.Ask(request);
    if (std::string(c.reason).empty()) {
      EXPECT_TRUE(std::holds_alternative<commands::Decision>(outcome)) << c.name;
      continue;
    }
    const auto* refusal = std::get_if<commands::Rejection>(&outcome);
    ASSERT_NE(refusal, nullptr) << c.name;
    EXPECT_EQ(refusal->reason, c.reason) << c.name;
    if (!field.empty()) {
      EXPECT_EQ(refusal->problems.at(0).field, field) << c.name;
    }
  }
}

TEST(Measurements, AreActualUnlessTheySayOtherwise) {
  PlanUnderTest plan = PlanUnderTest::WithAction();
  v1::SubmitUpdateRequest request = SubmitUpdate();
  Measure(request, "visits").mutable_quantity()->set_value("2");
  EXPECT_EQ(plan.Events(request), 1U);
  const auto& update = plan.state.actions.at("a1").answers.begin()->second.update;
  ASSERT_TRUE(update.has_value());
  EXPECT_EQ(update->measurements(0).stage(), "actual");
}

TEST(Measurements, AreAtMostAHundred) {
  v1::SubmitUpdateRequest request = SubmitUpdate();
  for (int i = 0; i < 101; ++i) Measure(request, "visits").mutable_quantity()->set_value("2");
  EXPECT_EQ(PlanUnderTest::WithAction().Tell(request), "TOO_LARGE");
}

}  // namespace
}  // namespace daybook::actions
