#include "services/commands/personal_key.h"

#include <gtest/gtest.h>

#include <string>

namespace daybook::commands {
namespace {

TEST(PersonalKey, IsRefusedWithARemedyThatHelps) {
  Problems problems;
  for (const char* key : {"", "R-17", "R1-KATE", "r1-smith", "9434765919", "0123456789"}) {
    RefusePersonalKey("referral_id", key, problems);
    EXPECT_TRUE(problems.empty()) << key;
  }
  RefusePersonalKey("referral_id", "SMITH", problems);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].field, "referral_id");
  EXPECT_EQ(problems[0].reason, "INVALID_FIELD");
  EXPECT_EQ(problems[0].description, "looks like a name");
  EXPECT_NE(problems[0].remedy.find("r1-"), std::string::npos) << "which is taken, see above";
}

TEST(PersonalKey, WhatIsSurelyPersonalHasNoPrefixThatHelps) {
  Problems problems;
  RefusePersonalKey("referral_id", "943-476-5919", problems);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].description, "looks like an NHS number");
  EXPECT_EQ(problems[0].description.find("5919"), std::string::npos);
  EXPECT_EQ(problems[0].remedy.find("r1-"), std::string::npos);
}

}  // namespace
}  // namespace daybook::commands
