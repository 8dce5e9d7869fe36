#include "services/enforcement/domain/enforcement_commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "proto/values/civil.h"
#include "tests/unit/services/outcomes.h"

namespace daybook::enforcement {
namespace {

using absl::StatusCode;
using daybook::testing::ChangesNothing;
using daybook::testing::DraftsOf;
using daybook::testing::FieldsOf;
using daybook::testing::IsRefused;
using daybook::testing::OnlyEvent;
using ::testing::ElementsAre;
using ::testing::SizeIs;

// The opaque id of p-0041.
const std::string kPerson = "00112233445566778899aabbccddeeff";

class Enforcement : public ::testing::Test {
 protected:
  Enforcement() {
    partners::events::v1::PartnershipRegistered partnership;
    partnership.set_partnership_id("shire-csp");
    partnership.set_name("Shire CSP");
    partnerships_.Evolve(partnership);
    partners::events::v1::OrganisationRegistered organisation;
    organisation.set_organisation_id("north-police");
    organisation.set_name("North Police");
    organisations_.Evolve(organisation);
  }

  Circumstances Now() const {
    return {*values::ParseDay("2024-04-02"), partnerships_, organisations_, areas_};
  }

  static v1::MakeOrderRequest Order(events::v1::OrderMade::Kind kind) {
    v1::MakeOrderRequest request;
    request.set_order_id("o1");
    request.set_partnership_id("shire-csp");
    request.set_kind(kind);
    request.set_label("Town centre");
    request.set_power("An Act, section 1");
    request.add_prohibitions("begging");
    request.set_made_date("2021-03-01");
    return request;
  }
  static v1::ReviewOrderRequest Review(const std::string& day,
                                       events::v1::OrderReviewed::Outcome outcome) {
    v1::ReviewOrderRequest request;
    request.set_order_id("o1");
    request.set_reviewed_date(day);
    request.set_outcome(outcome);
    return request;
  }
  static v1::RecordBreachRequest Breach(const std::string& id) {
    v1::RecordBreachRequest request;
    request.set_order_id("o1");
    request.set_subject("p-0041");
    request.set_breach_id(id);
    request.set_occurred_date("2024-01-05");
    request.set_prohibition("begging");
    request.set_organisation("North Police");
    return request;
  }
  static v1::TakeStepRequest Step(const std::string& id, events::v1::StepTaken::Step step) {
    v1::TakeStepRequest request;
    request.set_order_id("o1");
    request.set_subject("p-0041");
    request.set_breach_id(id);
    request.set_step(step);
    request.set_taken_date("2024-01-06");
    return request;
  }

  // Decides and folds what was decided.
  template <class State, class Request>
  commands::Outcome Do(State& state, const Request& request) {
    return Fold(state, Decide(state, Now(), request));
  }
  template <class Request>
  commands::Outcome DoBreach(const Request& request) {
    return Fold(breaches_, Decide(order_, breaches_, Now(), kPerson, request));
  }
  template <class State>
  static commands::Outcome Fold(State& state, commands::Outcome outcome) {
    for (const auto& draft : DraftsOf(outcome)) {
      Evolve(state, *registry::DecodeEvent(draft.type, draft.payload));
    }
    return outcome;
  }

  partners::PartnershipRegister partnerships_;
  partners::OrganisationRegister organisations_;
  partners::AreaRegister areas_;
  OrderState order_;
  BreachCaseState breaches_;
};

using Kind = events::v1::OrderMade;
using Reviewed = events::v1::OrderReviewed;
using Steps = events::v1::StepTaken;

TEST_F(Enforcement, AnOrderIsRecordedOnceAndChangedByItsReviewsOnly) {
  auto request = Order(Kind::KIND_INJUNCTION);
  request.set_referral_from(2);
  EXPECT_THAT(DraftsOf(Do(order_, request)), SizeIs(1));
  EXPECT_THAT(Do(order_, request), ChangesNothing());
  request.set_label("Elsewhere");
  EXPECT_THAT(Do(order_, request), IsRefused(StatusCode::kAlreadyExists, "ALREADY_EXISTS"));
}

TEST_F(Enforcement, NamesEveryFaultyFieldOfAnOrderAtOnce) {
  v1::MakeOrderRequest request = Order(Kind::KIND_PUBLIC_SPACES);
  request.set_label("");
  request.clear_prohibitions();
  request.set_referral_from(2);
  EXPECT_THAT(FieldsOf(Do(order_, request)),
              ElementsAre("label", "prohibitions", "expires_date", "referral_from"));
}

TEST_F(Enforcement, APublicSpacesOrderHoldsForThreeYearsAtMost) {
  v1::MakeOrderRequest request = Order(Kind::KIND_PUBLIC_SPACES);
  request.set_expires_date("2024-03-02");
  EXPECT_THAT(FieldsOf(Do(order_, request)), ElementsAre("expires_date"));
  request.set_expires_date("2024-03-01");
  EXPECT_THAT(DraftsOf(Do(order_, request)), SizeIs(1));
}

TEST_F(Enforcement, RefusesAnOrderOfNobodyOrNowhere) {
  v1::MakeOrderRequest request = Order(Kind::KIND_OTHER);
  request.set_area_id("nowhere");
  EXPECT_THAT(Do(order_, request), IsRefused(StatusCode::kNotFound, "UNKNOWN_AREA"));
  request.set_partnership_id("nobody");
  EXPECT_THAT(Do(order_, request), IsRefused(StatusCode::kNotFound, "UNKNOWN_PARTNERSHIP"));
}

TEST_F(Enforcement, AReviewSaysWhatItsOutcomeNeedsAndNothingElse) {
  EXPECT_THAT(Do(order_, Review("2024-01-01", Reviewed::OUTCOME_CONTINUED)),
              IsRefused(StatusCode::kNotFound, "UNKNOWN_ORDER"));
  Do(order_, Order(Kind::KIND_OTHER));
  EXPECT_THAT(FieldsOf(Do(order_, Review("2024-01-01", Reviewed::OUTCOME_EXTENDED))),
              ElementsAre("expires_date"));
  EXPECT_THAT(FieldsOf(Do(order_, Review("2024-01-01", Reviewed::OUTCOME_VARIED))),
              ElementsAre("prohibitions"));
  auto continued = Review("2020-01-01", Reviewed::OUTCOME_CONTINUED);
  continued.set_expires_date("2026-01-01");
  continued.add_prohibitions("begging");
  EXPECT_THAT(FieldsOf(Do(order_, continued)),
              ElementsAre("reviewed_date", "expires_date", "prohibitions"));
}

TEST_F(Enforcement, WhatWasDischargedIsNotReviewedAnyMore) {
  Do(order_, Order(Kind::KIND_OTHER));
  const auto discharged = Review("2023-01-01", Reviewed::OUTCOME_DISCHARGED);
  EXPECT_THAT(DraftsOf(Do(order_, discharged)), SizeIs(1));
  EXPECT_THAT(Do(order_, discharged), ChangesNothing());
  EXPECT_THAT(Do(order_, Review("2023-02-01", Reviewed::OUTCOME_CONTINUED)),
              IsRefused(StatusCode::kFailedPrecondition, "WRONG_STATE"));
}

TEST_F(Enforcement, RecordsABreachThatIsAgainstTheOrderRatherThanLosingIt) {
  Do(order_, Order(Kind::KIND_INJUNCTION));
  auto request = Breach("b1");
  request.set_occurred_date("2020-01-01");  // before the order
  request.set_prohibition("shouting");      // which it does not forbid
  request.set_number(9);                    // out of turn
  const auto recorded = OnlyEvent<events::v1::BreachRecorded>(DoBreach(request));
  EXPECT_EQ(recorded.number(), 9U);
  EXPECT_EQ(recorded.organisation_id(), "north-police");
  EXPECT_THAT(DoBreach(request), ChangesNothing());
  request.set_number(1);
  EXPECT_THAT(DoBreach(request), IsRefused(StatusCode::kAlreadyExists, "ALREADY_EXISTS"));
}

TEST_F(Enforcement, RefusesABreachOfAnUnknownOrderOrWithANameInPlaceOfAReference) {
  EXPECT_THAT(DoBreach(Breach("b1")), IsRefused(StatusCode::kNotFound, "UNKNOWN_ORDER"));
  Do(order_, Order(Kind::KIND_INJUNCTION));
  auto named = Breach("b1");
  named.set_subject("Some Body");
  named.set_occurred_date("2024-04-03");
  EXPECT_THAT(FieldsOf(DoBreach(named)), ElementsAre("subject", "occurred_date"));
  auto unknown = Breach("b1");
  unknown.set_organisation("North Polise");
  EXPECT_THAT(DoBreach(unknown), IsRefused(StatusCode::kNotFound, "UNKNOWN_ORGANISATION"));
}

TEST_F(Enforcement, AStepFollowsABreachInAnyOrderAndAgainOnAnotherDay) {
  Do(order_, Order(Kind::KIND_INJUNCTION));
  EXPECT_THAT(DoBreach(Step("b1", Steps::STEP_WARNED)),
              IsRefused(StatusCode::kNotFound, "UNKNOWN_BREACH"));
  DoBreach(Breach("b1"));
  EXPECT_THAT(DraftsOf(DoBreach(Step("b1", Steps::STEP_COMMITTAL_HEARD))), SizeIs(1));
  EXPECT_THAT(DraftsOf(DoBreach(Step("b1", Steps::STEP_WARNED))), SizeIs(1));
  EXPECT_THAT(DoBreach(Step("b1", Steps::STEP_WARNED)), ChangesNothing());
  auto again = Step("b1", Steps::STEP_WARNED);
  again.set_taken_date("2024-02-01");
  EXPECT_THAT(DraftsOf(DoBreach(again)), SizeIs(1));
  EXPECT_THAT(FieldsOf(DoBreach(Step("b1", Steps::STEP_REFERRED))), ElementsAre("organisation"));
}

TEST_F(Enforcement, ATaskIsDealtWithOnceAndNotBeforeItWasRaised) {
  TaskState task;
  v1::ActionTaskRequest action;
  action.set_task_id("t1");
  action.set_actioned_date("2024-01-01");
  EXPECT_THAT(Do(task, action), IsRefused(StatusCode::kNotFound, "UNKNOWN_TASK"));
  v1::RaiseTaskRequest raise;
  raise.set_task_id("t1");
  raise.set_partnership_id("shire-csp");
  raise.set_kind("a-frame");
  raise.set_raised_date("2024-01-05");
  EXPECT_THAT(DraftsOf(Do(task, raise)), SizeIs(1));
  EXPECT_THAT(FieldsOf(Do(task, action)), ElementsAre("actioned_date"));
  action.set_actioned_date("2024-01-06");
  EXPECT_THAT(DraftsOf(Do(task, action)), SizeIs(1));
  EXPECT_THAT(Do(task, action), ChangesNothing());
  action.set_outcome("moved-on");
  EXPECT_THAT(Do(task, action), IsRefused(StatusCode::kFailedPrecondition, "WRONG_STATE"));
}

TEST_F(Enforcement, APenaltyThatNobodyRecordedCannotEnd) {
  PenaltyState penalty;
  v1::SettlePenaltyRequest settle;
  settle.set_penalty_id("n1");
  settle.set_settled_date("2024-01-09");
  settle.set_how(events::v1::PenaltySettled::HOW_PAID);
  EXPECT_THAT(Do(penalty, settle), IsRefused(StatusCode::kNotFound, "UNKNOWN_PENALTY"));
}

TEST_F(Enforcement, APenaltyIsInWholePenceAndEndsOnce) {
  PenaltyState penalty;
  v1::IssuePenaltyRequest issue;
  issue.set_penalty_id("n1");
  issue.set_partnership_id("shire-csp");
  issue.set_offence("litter");
  issue.set_issued_date("2024-01-05");
  for (const char* amount : {"75.505", "-1", "seventy", "1e3", "-0"}) {
    issue.set_amount(amount);
    EXPECT_THAT(FieldsOf(Do(penalty, issue)), ElementsAre("amount")) << amount;
  }
  issue.set_amount("75.5");
  EXPECT_EQ(OnlyEvent<events::v1::PenaltyIssued>(Do(penalty, issue)).pence(), 7550U);
  v1::SettlePenaltyRequest settle;
  settle.set_penalty_id("n1");
  settle.set_settled_date("2024-01-04");
  EXPECT_THAT(FieldsOf(Do(penalty, settle)), ElementsAre("settled_date", "how"));
  settle.set_settled_date("2024-01-09");
  settle.set_how(events::v1::PenaltySettled::HOW_PAID);
  EXPECT_THAT(DraftsOf(Do(penalty, settle)), SizeIs(1));
  settle.set_how(events::v1::PenaltySettled::HOW_CANCELLED);
  EXPECT_THAT(Do(penalty, settle), IsRefused(StatusCode::kFailedPrecondition, "WRONG_STATE"));
}

TEST_F(Enforcement, WhoItWasIsSealedAndAnOpaqueIdStandsInItsPlace) {
  Do(order_, Order(Kind::KIND_INJUNCTION));
  const auto drafts = DraftsOf(DoBreach(Breach("b1")));
  ASSERT_THAT(drafts, SizeIs(1));
  EXPECT_EQ(drafts[0].stream, "breachcase-o1/" + kPerson);
  EXPECT_EQ(drafts[0].payload.find("p-0041"), std::string::npos);
  ASSERT_THAT(drafts[0].parts, SizeIs(1));
  EXPECT_EQ(drafts[0].parts[0].name, "person");
  EXPECT_EQ(drafts[0].parts[0].plaintext, "p-0041");
  EXPECT_EQ(drafts[0].parts[0].subject_ref, "p-0041");
  const auto steps = DraftsOf(DoBreach(Step("b1", Steps::STEP_WARNED)));
  ASSERT_THAT(steps, SizeIs(1));
  EXPECT_EQ(steps[0].payload.find("p-0041"), std::string::npos);
  EXPECT_NE(PersonSpace("o1"), PersonSpace("o2"));
}

TEST_F(Enforcement, RefusesAReferenceThatLooksPersonal) {
  Do(order_, Order(Kind::KIND_INJUNCTION));
  for (const char* key : {"smith-jane-1987", "07700-900123", "qq-123456-c"}) {
    auto named = Breach("b1");
    named.set_subject(key);
    EXPECT_THAT(FieldsOf(DoBreach(named)), ElementsAre("subject")) << key;
    named = Breach(key);
    EXPECT_THAT(FieldsOf(DoBreach(named)), ElementsAre("breach_id")) << key;
  }
}

}  // namespace
}  // namespace daybook::enforcement
