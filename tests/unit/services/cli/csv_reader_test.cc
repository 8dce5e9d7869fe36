#include "services/cli/csv_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/status_matchers.h"

namespace daybook::cli {
namespace {

using ::testing::ElementsAre;
using testing::HasReason;
using ::testing::IsEmpty;

std::vector<std::string> Cells(std::string_view text) {
  const auto table = ParseCsv(text);
  EXPECT_OK(table.status());
  return table.ok() && table->size() > 1 ? (*table)[1] : std::vector<std::string>{};
}

TEST(Csv, CellsAreTrimmedAndQuotedOnesKeepCommasQuotesAndLines) {
  EXPECT_THAT(Cells("a,b,c\n 1 ,\"x, y\",\"say \"\"so\"\"\nthen\"\n"),
              ElementsAre("1", "x, y", "say \"so\"\nthen"));
}

TEST(Csv, LinesEndAsOnAnySystemAndTheLastOneNeedsNoEnd) {
  EXPECT_THAT(Cells("a,b\r\n1,2\r\n"), ElementsAre("1", "2"));
  EXPECT_THAT(Cells("a,b\n1,2"), ElementsAre("1", "2"));
}

TEST(Csv, EmptyLinesAreNoLines) {
  const auto lines = ParseCsv("\na,b\n\n1,2\n,\n3,4\n");
  ASSERT_OK(lines.status());
  EXPECT_THAT(*lines,
              ElementsAre(ElementsAre("a", "b"), ElementsAre("1", "2"), ElementsAre("3", "4")));
  EXPECT_THAT(*ParseCsv("\n\n"), IsEmpty());
}

TEST(Csv, CellsMayBeSeparatedBySemicolonsOrTabs) {
  EXPECT_THAT(ParseCsv("a;\"b;c\"\n", ';')->at(0), ElementsAre("a", "b;c"));
  EXPECT_THAT(ParseCsv("a\tb, c\n", '\t')->at(0), ElementsAre("a", "b, c"));
}

TEST(Csv, OfAPartOnlyItsLinesAreReadWhateverComesAfter) {
  const auto lines = ParseCsv("a,b\n1,\"open\nstill\"\n3,4\n", ',', 2);
  ASSERT_OK(lines.status());
  EXPECT_THAT(lines->at(0), ElementsAre("a", "b"));
}

TEST(Csv, WhatIsNoCsvIsRefusedWithItsPlace) {
  const auto open = ParseCsv("a,b\n1,2\n\"3,4\n").status();
  EXPECT_THAT(open, HasReason("INVALID_FIELD"));
  EXPECT_THAT(std::string(open.message()), ::testing::HasSubstr("row 2"));
}

std::string CellCount(std::vector<std::string> fields) {
  const Header header = {"a", "b", "c"};
  values::Problems problems;
  CsvRow(header, 1, std::move(fields)).CheckForm(problems);
  return problems.empty() ? "" : problems[0].field + ": " + problems[0].description;
}

TEST(Csv, ARowHasACellForEveryColumnAndNoneBeyond) {
  EXPECT_EQ(CellCount({"1", "", ""}), "");
  EXPECT_EQ(CellCount({"1", "2", "3", "", ""}), "");
  EXPECT_EQ(CellCount({"1", "2"}), "row: has 2 cells, the header has 3");
  EXPECT_EQ(CellCount({"1", "2", "3", "", "5"}), "row: has 5 cells, the header has 3");
}

TEST(Csv, AColumnThatIsNotThereIsAnEmptyCell) {
  const Header header = {"a", "b"};
  const CsvRow row(header, 7, {"1", "2"});
  EXPECT_EQ(row["b"], "2");
  EXPECT_EQ(row["c"], "");
  EXPECT_EQ(row.number(), 7U);
}

}  // namespace
}  // namespace daybook::cli
