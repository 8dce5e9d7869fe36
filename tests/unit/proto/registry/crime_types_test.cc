#include "proto/registry/crime_types.h"

#include <set>
#include <string>

#include "gtest/gtest.h"

namespace daybook::registry {
namespace {

std::string_view CodeOf(std::string_view wording) {
  const CrimeType* type = FindCrimeType(wording);
  return type == nullptr ? "" : type->code;
}

TEST(CrimeTypes, AreFourteenThatAreInUseAndTwoThatEnded) {
  std::set<std::string_view> codes;
  int in_use = 0;
  for (const CrimeType& type : CrimeTypes()) {
    codes.insert(type.code);
    in_use += type.IsInUse("2024-01") ? 1 : 0;
    EXPECT_EQ(type.successors.empty(), type.last_month.empty());
  }
  EXPECT_EQ(codes.size(), 16U);
  EXPECT_EQ(in_use, 14);
}

TEST(CrimeTypes, AreReadByCodeAndByName) {
  for (const CrimeType& type : CrimeTypes()) {
    EXPECT_EQ(CodeOf(type.code), type.code);
    EXPECT_EQ(CodeOf(type.name), type.code);
    EXPECT_EQ(CrimeTypeOf(type.code), &type);
  }
}

TEST(CrimeTypes, OfFilesAndApiAreTheSameInOtherWords) {
  EXPECT_EQ(CodeOf("Violence and sexual offences"), "violent-crime");
  EXPECT_EQ(CodeOf("Criminal damage and arson"), "criminal-damage-arson");
}

// The name that ended in 2013 reads like the code of the type that took its place.
TEST(CrimeTypes, ThatEndedAreNotTheirSuccessors) {
  EXPECT_EQ(CodeOf("Violent crime"), "violent-crime-to-2013");
  EXPECT_EQ(CodeOf("VIOLENT CRIME"), "violent-crime-to-2013");
  EXPECT_EQ(CodeOf("violent-crime"), "violent-crime");
  EXPECT_EQ(CodeOf("Violent-Crime"), "violent-crime");
  EXPECT_EQ(CodeOf("Public disorder and weapons"), "public-disorder-weapons");
}

TEST(CrimeTypes, WhoseWordingIsThatOfTwoAreToldApartByTheMonth) {
  for (const char* wording : {"Violent crime", "violent crime", "Violent-crime", "violent-crime"}) {
    EXPECT_EQ(FindCrimeType(wording, "2013-04")->code, "violent-crime-to-2013") << wording;
    EXPECT_EQ(FindCrimeType(wording, "2013-05")->code, "violent-crime") << wording;
  }
  for (const char* wording : {"Violence and sexual offences", "violence-and-sexual-offences"}) {
    EXPECT_EQ(FindCrimeType(wording, "2012-01")->code, "violent-crime") << wording;
    EXPECT_EQ(FindCrimeType(wording, "2024-01")->code, "violent-crime") << wording;
  }
  EXPECT_EQ(FindCrimeType("Public disorder and weapons", "2024-01")->code,
            "public-disorder-weapons");
  EXPECT_EQ(PredecessorsOf(*CrimeTypeOf("violent-crime")), "Violent crime");
  EXPECT_EQ(PredecessorsOf(*CrimeTypeOf("public-order")), "Public disorder and weapons");
  EXPECT_EQ(PredecessorsOf(*CrimeTypeOf("robbery")), "");
}

TEST(CrimeTypes, AreReadInAnyCaseSpacingAndPunctuation) {
  for (const char* wording : {"  ANTI-SOCIAL   behaviour\t", "Anti social behaviour",
                              "anti–social behaviour", "Anti-Social Behaviour."}) {
    EXPECT_EQ(CodeOf(wording), kAntiSocialBehaviour) << wording;
  }
  EXPECT_EQ(CodeOf("Criminal damage & arson"), "criminal-damage-arson");
}

TEST(CrimeTypes, AreNotGuessed) {
  EXPECT_EQ(CodeOf(""), "");
  EXPECT_EQ(CodeOf("Violence"), "");
  EXPECT_EQ(CodeOf("antisocial behaviour"), "");
  EXPECT_EQ(NearestCrimeType("antisocial behaviour"), "Anti-social behaviour");
  EXPECT_EQ(NearestOutcome("Under investigaton"), "Under investigation");
}

TEST(CrimeTypes, ChangeInSeptember2011AndInMay2013) {
  EXPECT_FALSE(CrimeTypeOf("drugs")->IsInUse("2011-08"));
  EXPECT_TRUE(CrimeTypeOf("drugs")->IsInUse("2011-09"));
  EXPECT_TRUE(CrimeTypeOf("violent-crime-to-2013")->IsInUse("2013-04"));
  EXPECT_FALSE(CrimeTypeOf("violent-crime-to-2013")->IsInUse("2013-05"));
  EXPECT_FALSE(CrimeTypeOf("violent-crime")->IsInUse("2013-04"));

  EXPECT_TRUE(ChangesBetween("violent-crime", "2013-04", "2013-05"));
  EXPECT_FALSE(ChangesBetween("violent-crime", "2013-05", "2024-01"));
  EXPECT_TRUE(ChangesBetween("violent-crime-to-2013", "2013-01", "2013-05"));
  EXPECT_FALSE(ChangesBetween("violent-crime-to-2013", "2013-01", "2013-04"));
  EXPECT_TRUE(ChangesBetween("other-crime", "2011-08", "2011-09"));
  EXPECT_TRUE(ChangesBetween("other-crime", "2012-01", "2013-12"));
  EXPECT_FALSE(ChangesBetween("other-crime", "2011-09", "2013-04"));
  EXPECT_FALSE(ChangesBetween("burglary", "2010-12", "2024-01"));
  EXPECT_FALSE(ChangesBetween("a-measure", "2010-12", "2024-01"));
}

TEST(OutcomeRegister, ReadsEveryOutcomeByItsCodeAndByItsName) {
  std::set<std::string_view> codes;
  for (const Outcome& entry : Outcomes()) {
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
}  // namespace daybook::registry
