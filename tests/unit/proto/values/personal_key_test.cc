#include "proto/values/personal_key.h"

#include <gtest/gtest.h>

#include <string>

namespace daybook::values {
namespace {

struct KeyCase {
  const char* key;
  const char* looks_like;
};

TEST(PersonalKey, WhatSurelySaysWhoItIs) {
  const KeyCase cases[] = {
      {"SMITH-JANE-1987", "a name"},
      {"j.smith-jane", "a name"},
      {"R1-SMITH-JANE", "a name"},
      {"someone@example.org", "an e-mail address"},
      {"07700900123", "a telephone number"},
      {"07700-900-123", "a telephone number"},
      {"01206 900123", "a telephone number"},
      {"+44 7700 900123", "a telephone number"},
      {"0044.7700.900123", "a telephone number"},
      {"943 476 5919", "an NHS number"},
      {"943-476-5919", "an NHS number"},
      {"QQ 12 34 56 C", "a National Insurance number"},
      {"qq123456c", "a National Insurance number"},
  };
  for (const KeyCase& c : cases) {
    EXPECT_EQ(FormOfKey(c.key).looks_like, c.looks_like) << c.key;
    EXPECT_EQ(FormOfKey(c.key).personal, Personal::kSurely) << c.key;
  }
}

TEST(PersonalKey, AWordOrADateIsAKeyOfASystemWithLettersAndANumberBeforeIt) {
  const KeyCase cases[] = {
      {"SMITH", "a name"},
      {"jane", "a name"},
      {"KATE-1987", "a name"},
      {"kate17", "a name"},
      {"case", "a name"},
      {"featherstonehaugh.quillon", "a name"},
      {"1987-02-28", "a date of birth"},
      {"28/02/1987", "a date of birth"},
  };
  for (const KeyCase& c : cases) {
    EXPECT_EQ(FormOfKey(c.key).looks_like, c.looks_like) << c.key;
    EXPECT_EQ(FormOfKey(c.key).personal, Personal::kWord) << c.key;
    for (const char* prefix : {"R1-", "r1-", "nc12."}) {
      EXPECT_EQ(FormOfKey(std::string(prefix) + c.key).personal, Personal::kNo) << c.key;
    }
  }
}

TEST(PersonalKey, ABareNumberMayBeOneAndMayBeCounted) {
  const KeyCase cases[] = {
      {"9434765919", "an NHS number"},        {"01206900123", "a telephone number"},
      {"447700900123", "a telephone number"}, {"28021987", "a date of birth"},
      {"20240117", "a date of birth"},
  };
  for (const KeyCase& c : cases) {
    const Personal is = FormOfKey(c.key).personal;
    const bool mobile = std::string_view(c.key).starts_with("447");
    EXPECT_EQ(FormOfKey(c.key).looks_like, c.looks_like) << c.key;
    EXPECT_EQ(is, mobile ? Personal::kSurely : Personal::kNumber) << c.key;
  }
}

TEST(PersonalKey, WhatSystemsMakeIsTakenForNothing) {
  for (const char* key : {"NC-1001",
                          "R-17",
                          "r1",
                          "k0",
                          "next-chapter-12",
                          "ns-asb-2024-17",
                          "C200",
                          "12345",
                          "2024/00123",
                          "42/12345/24",
                          "943 476 5918",
                          "94/3476/5919",
                          "99999999",
                          "31022024",
                          "6f1ed002ab5595859014ebf0951522d9",
                          "ASB_2024_02_0001",
                          "R1-KATE",
                          "FI123456A",
                          "00123456789",
                          ""}) {
    EXPECT_EQ(FormOfKey(key).looks_like, "") << key;
  }
}

}  // namespace
}  // namespace daybook::values
