#include "services/incidents/domain/register.h"

#include <set>
#include <string>

#include "gtest/gtest.h"

namespace daybook::incidents {
namespace {

TEST(CrimeTypeRegister, HasTheFourteenTypesOfTheOpenData) {
  EXPECT_EQ(CrimeTypes().size(), 14U);
  std::set<std::string_view> codes;
  for (const RegisterEntry& entry : CrimeTypes()) codes.insert(entry.code);
  EXPECT_EQ(codes.size(), 14U);
}

TEST(CrimeTypeRegister, ReadsEveryTypeByItsCodeAndByItsName) {
  for (const RegisterEntry& entry : CrimeTypes()) {
    EXPECT_EQ(CrimeTypeCode(entry.code), entry.code);
    EXPECT_EQ(CrimeTypeCode(entry.name), entry.code);
  }
}

TEST(CrimeTypeRegister, KnowsThatFilesAndApiWordTheSameTypeDifferently) {
  EXPECT_EQ(CrimeTypeCode("Violence and sexual offences"), "violent-crime");
  EXPECT_EQ(CrimeTypeCode("Criminal damage and arson"), "criminal-damage-arson");
}

TEST(CrimeTypeRegister, DoesNotMindCaseAndSpacing) {
  EXPECT_EQ(CrimeTypeCode("  ANTI-SOCIAL   behaviour\t"), kAntiSocialBehaviour);
}

TEST(CrimeTypeRegister, DoesNotGuess) {
  EXPECT_EQ(CrimeTypeCode(""), std::nullopt);
  EXPECT_EQ(CrimeTypeCode("Violence"), std::nullopt);
  EXPECT_EQ(CrimeTypeCode("antisocial behaviour"), std::nullopt);
}

TEST(OutcomeRegister, ReadsEveryOutcomeByItsCodeAndByItsName) {
  std::set<std::string_view> codes;
  for (const RegisterEntry& entry : Outcomes()) {
    codes.insert(entry.code);
    EXPECT_EQ(OutcomeCode(entry.code), entry.code);
    EXPECT_EQ(OutcomeCode(entry.name), entry.code);
  }
  EXPECT_EQ(codes.size(), Outcomes().size());
}

TEST(OutcomeRegister, ReadsNoOutcomeFromAnEmptyCellAndFromTheTextNA) {
  EXPECT_EQ(OutcomeCode(""), "");
  EXPECT_EQ(OutcomeCode("NA"), "");
}

TEST(OutcomeRegister, ReadsBothWordingsOfAPenaltyNotice) {
  EXPECT_EQ(OutcomeCode("Offender given penalty notice"), "penalty-notice-issued");
  EXPECT_EQ(OutcomeCode("Offender given a penalty notice"), "penalty-notice-issued");
}

TEST(OutcomeRegister, DoesNotGuess) { EXPECT_EQ(OutcomeCode("Released"), std::nullopt); }

}  // namespace
}  // namespace daybook::incidents
