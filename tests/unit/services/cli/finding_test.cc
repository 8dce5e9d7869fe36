#include "services/cli/finding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace daybook::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

FileFinding At(std::uint32_t row, const std::string& field = "force", bool refused = true) {
  return {row, refused, field, "UNKNOWN", "is not known", "Register it."};
}

TEST(FindingLines, ARowAloneIsNamedWithFieldReasonAndRemedy) {
  EXPECT_THAT(FindingLines("a.csv", {At(4)}, 3),
              ElementsAre("a.csv row 4, force: refused UNKNOWN: is not known -> Register it."));
}

TEST(FindingLines, WhatIsSaidOfManyRowsIsSaidOnce) {
  EXPECT_THAT(FindingLines("a.csv", {At(4), At(9), At(8), At(7), At(20, "type"), At(12)}, 0),
              ElementsAre("a.csv rows 4, 7-9, 12, force: refused UNKNOWN: is not known -> Register "
                          "it.",
                          "a.csv row 20, type: refused UNKNOWN: is not known -> Register it."));
}

TEST(FindingLines, TheRestOfTheRowsIsCounted) {
  EXPECT_THAT(
      FindingLines("a.csv", {At(1), At(3), At(5), At(6), At(7)}, 2),
      ElementsAre(
          "a.csv rows 1, 3 and 3 more rows, force: refused UNKNOWN: is not known -> Register it."));
}

TEST(FindingLines, RefusalsAndQuestionsStayApart) {
  EXPECT_THAT(FindingLines("a.csv", {At(1), At(2, "force", false)}, 2),
              ElementsAre(::testing::HasSubstr("row 1, force: refused"),
                          ::testing::HasSubstr("row 2, force: ask")));
}

TEST(FindingLines, AFindingOnTheFileNamesNoRow) {
  EXPECT_THAT(FindingLines("a.csv", {At(0, "")}, 2),
              ElementsAre("a.csv: refused UNKNOWN: is not known -> Register it."));
  EXPECT_THAT(FindingLines("a.csv", {}, 2), IsEmpty());
}

}  // namespace
}  // namespace daybook::cli
