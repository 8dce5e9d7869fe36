// Operations, days of action, consultations, and what they reached.
#include "services/actions/domain/activity_commands.h"

#include <gtest/gtest.h>

#include <string>

#include "proto/values/period.h"
#include "proto/values/precision.h"
#include "tests/unit/services/actions/plan_fixture.h"
#include "tests/unit/services/outcomes.h"

namespace daybook::actions {
namespace {

using absl::StatusCode;
using daybook::testing::ChangesNothing;
using daybook::testing::DraftsOf;
using daybook::testing::IsRefused;
using daybook::testing::OnlyEvent;
using events::v1::ActivityRecorded;
using events::v1::ReachRecorded;

types::v1::Period P(const std::string& text) {
  return values::PeriodToProto(*values::ParsePeriod(text));
}

class ActivityRules : public ::testing::Test {
 protected:
  ActivityRules() {
    partners::events::v1::OrganisationRegistered police;
    police.set_organisation_id("shire-police");
    police.set_name("Shire Police");
    organisations_.Evolve(police);
    partners::events::v1::AreaRegistered area;
    area.set_area_id("vale");
    area.set_name("Vale");
    area.set_kind("district");
    areas_.Evolve(area);
  }

  static v1::RecordActivityRequest Operation() {
    v1::RecordActivityRequest request;
    request.set_activity_id("op-dial");
    request.set_partnership_id("vale-and-hill");
    request.set_kind(ActivityRecorded::KIND_OPERATION);
    request.set_label("Operation Dial");
    *request.mutable_period() = P("2023-09-01..2024-01-31");
    request.set_lead("shire police");
    request.add_areas("Vale");
    return request;
  }
  static v1::RecordReachRequest Hours(const std::string& period, const std::string& count) {
    v1::RecordReachRequest request;
    request.set_activity_id("op-dial");
    *request.mutable_period() = P(period);
    request.set_what("hours");
    request.mutable_count()->set_value(count);
    return request;
  }
  template <class Request>
  commands::Outcome Do(const Request& request) {
    auto outcome = Decide(state_, {SamplePartnerships(), organisations_, areas_}, request);
    for (const auto& draft : DraftsOf(outcome)) {
      Evolve(state_, *registry::DecodeEvent(draft.type, draft.payload));
    }
    return outcome;
  }

  ActivityState state_;
  partners::OrganisationRegister organisations_;
  partners::AreaRegister areas_;
};

TEST_F(ActivityRules, NamesAreRecordedAsTheyAreRegistered) {
  const auto event = OnlyEvent<ActivityRecorded>(Do(Operation()));
  EXPECT_EQ(event.lead_organisation_id(), "shire-police");
  EXPECT_EQ(event.area_ids(0), "vale");
}

TEST_F(ActivityRules, ALaterRecordTakesThePlaceAndTheSameAgainChangesNothing) {
  Do(Operation());
  EXPECT_THAT(Do(Operation()), ChangesNothing());
  auto longer = Operation();
  longer.set_ongoing(true);
  EXPECT_TRUE(OnlyEvent<ActivityRecorded>(Do(longer)).ongoing());
}

TEST_F(ActivityRules, WhatIsNotRegisteredIsRefusedWithItsField) {
  auto request = Operation();
  request.set_lead("Nobody");
  EXPECT_THAT(Do(request), IsRefused(StatusCode::kNotFound, "UNKNOWN_ORGANISATION", "lead"));
  request = Operation();
  request.add_partners("Nobody");
  EXPECT_THAT(Do(request), IsRefused(StatusCode::kNotFound, "UNKNOWN_ORGANISATION", "partners[0]"));
  request = Operation();
  request.add_areas("Nowhere");
  EXPECT_THAT(Do(request), IsRefused(StatusCode::kNotFound, "UNKNOWN_AREA", "areas[1]"));
  request = Operation();
  request.set_partnership_id("another");
  EXPECT_THAT(Do(request),
              IsRefused(StatusCode::kNotFound, "UNKNOWN_PARTNERSHIP", "partnership_id"));
  request = Operation();
  request.set_action_id("a1");
  EXPECT_THAT(Do(request), IsRefused(StatusCode::kInvalidArgument, "INVALID_FIELD", "plan_id"));
  request = Operation();
  request.clear_kind();
  EXPECT_THAT(Do(request), IsRefused(StatusCode::kInvalidArgument, "MISSING_FIELD", "kind"));
}

TEST_F(ActivityRules, ReachIsOfTheTimeOfItsActivity) {
  EXPECT_THAT(Do(Hours("2023-10", "132")),
              IsRefused(StatusCode::kNotFound, "UNKNOWN_ACTIVITY", "activity_id"));
  Do(Operation());
  EXPECT_EQ(OnlyEvent<ReachRecorded>(Do(Hours("2023-10", "132"))).count().value(), "132");
  EXPECT_THAT(Do(Hours("2023-10", "132")), ChangesNothing());
  EXPECT_EQ(OnlyEvent<ReachRecorded>(Do(Hours("2023-10", "140"))).count().value(), "140");
  EXPECT_THAT(Do(Hours("2024-02", "5")),
              IsRefused(StatusCode::kInvalidArgument, "INVALID_FIELD", "period"));
  EXPECT_THAT(Do(Hours("2023-11", "-5")),
              IsRefused(StatusCode::kFailedPrecondition, "NEGATIVE_COUNT", "count.value"));
  auto ongoing = Operation();
  ongoing.set_ongoing(true);
  Do(ongoing);
  EXPECT_EQ(OnlyEvent<ReachRecorded>(Do(Hours("2024-02", "5"))).count().value(), "5");
}

TEST_F(ActivityRules, WhatIsSaidAboutANumberIsKept) {
  Do(Operation());
  auto request = Hours("2023-10", "500");
  request.mutable_count()->set_precision(types::v1::PRECISION_ABOUT);
  EXPECT_EQ(OnlyEvent<ReachRecorded>(Do(request)).count().precision(), types::v1::PRECISION_ABOUT);
}

}  // namespace
}  // namespace daybook::actions
