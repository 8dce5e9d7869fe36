#include "services/partners/domain/names.h"

#include <gtest/gtest.h>

namespace daybook::partners {
namespace {

TEST(Names, CaseSpacingAndPunctuationDoNotMatter) {
  EXPECT_EQ(NormaliseName("  Essex   POLICE "), "essex police");
  EXPECT_EQ(NormaliseName("St. Mary's Trust"), "st marys trust");
  EXPECT_EQ(NormaliseName("St Mary\xE2\x80\x99s Trust"), "st marys trust");
  EXPECT_EQ(NormaliseName("Mid-Essex, CCG"), "mid essex ccg");
}

TEST(Names, AmpersandReadsAsAnd) {
  EXPECT_EQ(NormaliseName("Fire & Rescue"), NormaliseName("Fire and Rescue"));
  EXPECT_EQ(NormaliseName("Fire&Rescue"), "fire and rescue");
}

TEST(Names, ANameWithoutLettersIsEmpty) {
  EXPECT_EQ(NormaliseName(" -- . "), "");
  EXPECT_EQ(NormaliseName(""), "");
}

TEST(Names, OnlyEqualNamesAreWhollyAlike) {
  EXPECT_EQ(Similarity("essex police", "essex police"), 1.0);
  EXPECT_LT(Similarity("police essex", "essex police"), 1.0);
}

TEST(Names, AMisspellingAndAnotherOrderAreBothNear) {
  EXPECT_GT(Similarity("esex police", "essex police"), 0.9);
  EXPECT_GT(Similarity("police of essex", "essex police"), 0.7);
  EXPECT_LT(Similarity("housing association", "essex police"), 0.4);
}

}  // namespace
}  // namespace daybook::partners
