#include "services/cli/finding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace daybook::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

FileFinding At(std::uint32_t row, const std::string& field = "force", bool refused = true) {
  return {row, 0, refused, field, "UNKNOWN", "is not known", "Register it."};
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

TEST(FindingLines, LinesAreNamedBesideTheirRows) {
  FileFinding first = At(1);
  first.line = 4;
  FileFinding second = At(2);
  second.line = 5;
  EXPECT_THAT(FindingLines("a.csv", {first}, 3),
              ElementsAre(::testing::HasSubstr("a.csv row 1 (line 4), force")));
  EXPECT_THAT(FindingLines("a.csv", {first, second}, 3),
              ElementsAre(::testing::HasSubstr("a.csv rows 1-2 (lines 4-5), force")));
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
