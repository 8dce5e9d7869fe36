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
    CheckService("service_id", service, {measures_, organisations_}, problems);
    description_ = problems.empty() ? "" : problems.front().description;
    return problems.empty() ? "" : problems.front().reason;
  }

  measures::MeasureRegister measures_;
  partners::OrganisationRegister organisations_;
  std::string description_;
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
  EXPECT_EQ(Check("open-road"), "");
}

TEST_F(AService, MayBeAnythingWhileNoneIsCounted) { EXPECT_EQ(Check("next-chaptre"), ""); }

}  // namespace
}  // namespace daybook::referrals
