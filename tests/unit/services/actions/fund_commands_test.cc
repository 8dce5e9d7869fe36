#include "services/actions/domain/fund_commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "proto/values/civil.h"
#include "tests/unit/services/actions/plan_fixture.h"
#include "tests/unit/services/outcomes.h"

namespace daybook::actions {
namespace {

using absl::StatusCode;
using daybook::testing::ChangesNothing;
using daybook::testing::DraftsOf;
using daybook::testing::FieldsOf;
using daybook::testing::IsRefused;
using daybook::testing::OnlyEvent;
using events::v1::FundsMoved;
using ::testing::ElementsAre;
using ::testing::SizeIs;

class Funds : public ::testing::Test {
 protected:
  static v1::AllocateGrantRequest Grant(const std::string& amount) {
    v1::AllocateGrantRequest request;
    request.set_fund_id("f1");
    request.set_partnership_id("vale-and-hill");
    *request.mutable_year() = PlanYear2017();
    request.set_source("Commissioner");
    request.set_amount(amount);
    return request;
  }
  static v1::MoveFundsRequest Move(FundsMoved::Kind kind) {
    v1::MoveFundsRequest request;
    request.set_fund_id("f1");
    request.set_entry_id("e1");
    request.set_kind(kind);
    request.set_amount("2500");
    return request;
  }
  commands::Outcome Allocate(const std::string& amount) {
    return Fold(Decide(fund_, SamplePartnerships(), Grant(amount)));
  }
  commands::Outcome Do(const v1::ApplyTopSliceRequest& request) {
    return Fold(Decide(fund_, request));
  }
  commands::Outcome Do(const v1::MoveFundsRequest& request, const FundState& to = {}) {
    return Fold(Decide(fund_, to, *values::ParseDay("2018-05-01"), request));
  }
  commands::Outcome Fold(commands::Outcome outcome) {
    for (const auto& draft : DraftsOf(outcome)) {
      Evolve(fund_, *registry::DecodeEvent(draft.type, draft.payload));
    }
    return outcome;
  }

  FundState fund_;
};

TEST_F(Funds, AGrantIsWholePenceAndStandsOnce) {
  for (const char* amount : {"", "0", "-5", "12,337", "1.005"}) {
    EXPECT_THAT(FieldsOf(Allocate(amount)), ElementsAre("amount")) << amount;
  }
  EXPECT_EQ(OnlyEvent<events::v1::GrantAllocated>(Allocate("12337")).pence(), 1'233'700U);
  EXPECT_THAT(Allocate("12337.00"), ChangesNothing()) << "the same money";
  EXPECT_THAT(Allocate("12338"), IsRefused(StatusCode::kAlreadyExists, "ALREADY_EXISTS"));
}

TEST_F(Funds, ATopSliceIsAPercentageOrASumOfAPotThatIsHeld) {
  v1::ApplyTopSliceRequest request;
  request.set_fund_id("f1");
  request.set_purpose("Reviews");
  EXPECT_THAT(FieldsOf(Do(request)), ElementsAre("amount"));
  request.set_percent("12");
  EXPECT_THAT(Do(request), IsRefused(StatusCode::kNotFound, "UNKNOWN_FUND"));
  Allocate("12337");
  for (const char* percent : {"0", "100", "-1", "many"}) {
    request.set_percent(percent);
    EXPECT_THAT(FieldsOf(Do(request)), ElementsAre("percent")) << percent;
  }
  request.set_percent("12");
  request.set_amount("5");
  EXPECT_THAT(FieldsOf(Do(request)), ElementsAre("amount"));
  request.clear_amount();
  EXPECT_THAT(DraftsOf(Do(request)), SizeIs(1));
  EXPECT_THAT(Do(request), ChangesNothing());
  request.set_percent("13");
  EXPECT_THAT(Do(request), IsRefused(StatusCode::kAlreadyExists, "ALREADY_EXISTS"));
}

TEST_F(Funds, RecordsThatMoreIsSpentThanThereIs) {
  Allocate("100");
  EXPECT_EQ(OnlyEvent<FundsMoved>(Do(Move(FundsMoved::KIND_SPENT))).pence(), 250'000U);
}

TEST_F(Funds, WhatIsCarriedForwardNeedsAPotThatTakesIt) {
  Allocate("12337");
  auto request = Move(FundsMoved::KIND_CARRIED_FORWARD);
  EXPECT_THAT(FieldsOf(Do(request)), ElementsAre("to_fund_id"));
  request.set_to_fund_id("f1");
  EXPECT_THAT(FieldsOf(Do(request)), ElementsAre("to_fund_id"));
  request.set_to_fund_id("f2");
  EXPECT_THAT(Do(request), IsRefused(StatusCode::kNotFound, "UNKNOWN_FUND", "to_fund_id"));
  FundState next;
  Evolve(next, OnlyEvent<events::v1::GrantAllocated>(
                   Decide(FundState(), SamplePartnerships(), Grant("1"))));
  EXPECT_THAT(DraftsOf(Do(request, next)), SizeIs(1));
}

TEST_F(Funds, NamesFieldsThatBelongToAnotherKindOfEntry) {
  Allocate("12337");
  auto request = Move(FundsMoved::KIND_SPENT);
  request.set_to_fund_id("f2");
  request.set_to_purpose("Outreach");
  request.set_date("2018-05-02");
  EXPECT_THAT(FieldsOf(Do(request)), ElementsAre("to_fund_id", "to_purpose", "date"));
}

}  // namespace
}  // namespace daybook::actions
