#include "services/partners/application/senders.h"

#include <string>

#include "eventstore/core/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/services/session_ledger.h"

namespace daybook::partners {
namespace {

using ::testing::HasSubstr;

class ASender : public ::testing::Test {
 protected:
  void Register(const std::string& id) {
    ledger_.Run([&](commands::StreamLoader& loader) -> absl::StatusOr<commands::Outcome> {
      EXPECT_TRUE(registers_.organisations.Load(loader).ok());
      events::v1::OrganisationRegistered event;
      event.set_organisation_id(id);
      event.set_name(id);
      commands::Decision decision;
      decision.events.push_back(
          commands::MakeDraft(std::string(OrganisationRegister::kStream), event, {}));
      return decision;
    });
  }

  commands::SessionLedger ledger_;
  Registers registers_{ledger_.store()};
};

commands::Caller From(const std::string& agency) { return {.agency = agency, .actor = ""}; }

TEST_F(ASender, IsAnyoneWhileNobodyIsRegistered) {
  Senders senders(registers_, "");
  EXPECT_TRUE(senders.MaySend(From("north-police")).ok());
  EXPECT_TRUE(senders.MayRegister(From("north-police")).ok());
}

TEST_F(ASender, IsARegisteredAgencyOnceOneIs) {
  Senders senders(registers_, "");
  Register("north-police");
  EXPECT_TRUE(senders.MaySend(From("north-police")).ok());
  const absl::Status refused = senders.MaySend(From("north-polise"));
  EXPECT_EQ(eventstore::ErrorReason(refused), "UNKNOWN_ORGANISATION");
  EXPECT_EQ(refused.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(refused.message()), HasSubstr("north-police"));
  Register("north-polise");
  EXPECT_TRUE(senders.MaySend(From("north-polise")).ok());
}

TEST_F(ASender, GivenByItsNameIsToldItsId) {
  Senders senders(registers_, "");
  Register("north-police");
  const absl::Status refused = senders.MaySend(From("North Police"));
  EXPECT_EQ(eventstore::ErrorReason(refused), "UNKNOWN_ORGANISATION");
  EXPECT_THAT(
      std::string(refused.message()),
      HasSubstr("no agency is registered as \"North Police\"; the nearest is north-police"));
}

TEST_F(ASender, ThatIsAMisspeltOperatorIsNamedAtTheStartAndInTheRemedy) {
  Senders misspelt(registers_, "north-counsil");
  EXPECT_EQ(misspelt.DoubtAboutOperator().value(), "") << "nobody is registered yet";
  const absl::Status fresh = misspelt.MayRegister(From("north-council"));
  EXPECT_EQ(eventstore::ErrorReason(fresh), "NOT_OPERATOR");
  EXPECT_THAT(eventstore::GetErrorDetail(misspelt.MaySend(From("north-council")))->remedy,
              HasSubstr("correct the --operator of daybookd"));
  EXPECT_THAT(eventstore::GetErrorDetail(fresh)->remedy, HasSubstr("correct its --operator"));
  Register("north-council");
  EXPECT_THAT(
      misspelt.DoubtAboutOperator().value(),
      HasSubstr("no agency is registered as \"north-counsil\"; the nearest is north-council"));
  EXPECT_THAT(eventstore::GetErrorDetail(misspelt.MayRegister(From("north-council")))->remedy,
              HasSubstr("the nearest is north-council"));
  EXPECT_EQ(Senders(registers_, "north-council").DoubtAboutOperator().value(), "");
  EXPECT_EQ(Senders(registers_, "").DoubtAboutOperator().value(), "");
}

TEST_F(ASender, IsTheOperatorBeforeAnybodyIsRegistered) {
  Senders senders(registers_, "north-council");
  EXPECT_TRUE(senders.MaySend(From("north-council")).ok());
  EXPECT_EQ(eventstore::ErrorReason(senders.MaySend(From("north-police"))), "UNKNOWN_ORGANISATION");
  EXPECT_TRUE(senders.MayRegister(From("north-council")).ok());
}

TEST_F(ASender, OtherThanTheOperatorRegistersNobody) {
  Senders senders(registers_, "north-council");
  Register("north-police");
  EXPECT_TRUE(senders.MaySend(From("north-police")).ok());
  const absl::Status refused = senders.MayRegister(From("north-police"));
  EXPECT_EQ(eventstore::ErrorReason(refused), "NOT_OPERATOR");
  EXPECT_EQ(refused.code(), absl::StatusCode::kPermissionDenied);
}

}  // namespace
}  // namespace daybook::partners
