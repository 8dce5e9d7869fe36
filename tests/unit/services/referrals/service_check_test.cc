#include "services/referrals/domain/service_check.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace daybook::referrals {
namespace {

void Count(measures::MeasureRegister& measures, const std::string& service) {
  measures::events::v1::MeasureDefined event;
  event.set_measure_id("referrals-" + service);
  event.set_version(1);
  event.set_service_id(service);
  measures.Evolve(event);
}

class AService : public ::testing::Test {
 protected:
  // The reason of the refusal; "" for a service that is known.
  std::string Check(std::string_view service) {
    values::Problems problems;
    id_ = ReadService("service_id", service, {measures_, organisations_}, problems).value_or("");
    description_ = problems.empty() ? "" : problems.front().description;
    return problems.empty() ? "" : problems.front().reason;
  }

  measures::MeasureRegister measures_;
  partners::OrganisationRegister organisations_;
  std::string description_;
  std::string id_;  // of the service that is meant
};

TEST_F(AService, OfWhichReferralsAreCountedIsKnown) {
  Count(measures_, "next-chapter");
  EXPECT_EQ(Check("next-chapter"), "");
  EXPECT_EQ(Check("next-chaptre"), "UNKNOWN_SERVICE");
  EXPECT_THAT(description_, ::testing::HasSubstr("\"next-chapter\""));
}

TEST_F(AService, MayBeAnOrganisation) {
  Count(measures_, "next-chapter");
  partners::events::v1::OrganisationRegistered event;
  event.set_organisation_id("open-road");
  event.set_name("Open Road");
  organisations_.Evolve(event);
  for (const char* name : {"open-road", "Open Road", "OPEN  ROAD"}) {
    EXPECT_EQ(Check(name), "");
    EXPECT_EQ(id_, "open-road");
  }
  EXPECT_EQ(Check("Open Rode"), "UNKNOWN_SERVICE");
  EXPECT_EQ(Check(""), "MISSING_FIELD");
}

TEST_F(AService, MayBeAnythingWhileNoneIsCounted) {
  EXPECT_EQ(Check("next-chaptre"), "");
  EXPECT_EQ(Check("Next Chapter"), "INVALID_FIELD");
}

}  // namespace
}  // namespace daybook::referrals
