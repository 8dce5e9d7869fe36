#include "proto/values/names.h"

#include <gtest/gtest.h>

namespace daybook::values {
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

TEST(Names, LettersWithMarksAreTheSameHoweverTheyAreWritten) {
  const std::string composed = "Caf\xC3\xA9 Links";
  const std::string apart = "Cafe\xCC\x81 Links";
  EXPECT_EQ(Nfc(apart), composed);
  EXPECT_EQ(Nfc(composed), composed);
  EXPECT_EQ(NormaliseName(apart), NormaliseName(composed));
  EXPECT_EQ(NormaliseName("CAF\xC3\x89 LINKS"), NormaliseName(composed));
  EXPECT_NE(NormaliseName("Cafe Links"), NormaliseName(composed));
}

TEST(Names, WhatIsNoUtf8StaysAsItIs) {
  EXPECT_EQ(Nfc("caf\xE9"), "caf\xE9");
  EXPECT_EQ(NormaliseName("caf\xE9"), "caf\xE9");
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
}  // namespace daybook::values
