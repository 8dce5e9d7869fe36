#include "services/commands/personal_key.h"

#include <gtest/gtest.h>

#include <string>

namespace daybook::commands {
namespace {

TEST(PersonalKey, WhatAKeyMustNotLookLike) {
  const struct {
    const char* key;
    const char* looks_like;
  } cases[] = {
      {"SMITH-JANE-1987", "a name"},
      {"jane", "a name"},
      {"j.smith-jane", "a name"},
      {"featherstonehaugh.quillon", "a name"},
      {"someone@example.org", "an e-mail address"},
      {"07700 900123", "a telephone number"},
      {"07700-900-123", "a telephone number"},
      {"+44 7700 900123", "a telephone number"},
      {"0044.7700.900123", "a telephone number"},
      {"943 476 5919", "an NHS number"},
      {"943-476-5919", "an NHS number"},
      {"QQ 12 34 56 C", "a National Insurance number"},
      {"qq123456c", "a National Insurance number"},
      {"1987-02-28", "a date of birth"},
      {"28/02/1987", "a date of birth"},
      {"28021987", "a date of birth"},
  };
  for (const auto& c : cases) EXPECT_EQ(LooksLike(c.key), c.looks_like) << c.key;
}

TEST(PersonalKey, WhatSystemsMakeIsTakenForNothing) {
  for (const char* key :
       {"NC-1001", "R-17", "r1", "k0", "next-chapter-12", "ns-asb-2024-17", "C200", "12345",
        "2024/00123", "42/12345/24", "943 476 5918", "99999999", "31022024",
        "6f1ed002ab5595859014ebf0951522d9", "ASB_2024_02_0001", "case", "00123456789", ""}) {
    EXPECT_EQ(LooksLike(key), "") << key;
  }
}

TEST(PersonalKey, IsRefusedWithARemedyThatHelps) {
  Problems problems;
  RefusePersonalKey("referral_id", "", problems);
  RefusePersonalKey("referral_id", "R-17", problems);
  EXPECT_TRUE(problems.empty());
  RefusePersonalKey("referral_id", "9434765919", problems);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].field, "referral_id");
  EXPECT_EQ(problems[0].reason, "INVALID_FIELD");
  EXPECT_EQ(problems[0].description, "looks like an NHS number");
  EXPECT_EQ(problems[0].description.find("9434765919"), std::string::npos);
  EXPECT_EQ(LooksLike("R1-9434765919"), "") << "as the remedy says";
}

}  // namespace
}  // namespace daybook::commands
