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
  return table.ok() && !table->rows.empty() ? table->rows[0] : std::vector<std::string>{};
}

TEST(Csv, CellsAreTrimmedAndQuotedOnesKeepCommasQuotesAndLines) {
  EXPECT_THAT(Cells("a,b,c\n 1 ,\"x, y\",\"say \"\"so\"\"\nthen\"\n"),
              ElementsAre("1", "x, y", "say \"so\"\nthen"));
}

TEST(Csv, LinesEndAsOnAnySystemAndTheLastOneNeedsNoEnd) {
  EXPECT_THAT(Cells("a,b\r\n1,2\r\n"), ElementsAre("1", "2"));
  EXPECT_THAT(Cells("a,b\n1,2"), ElementsAre("1", "2"));
}

TEST(Csv, AByteOrderMarkIsNoPartOfTheFirstColumn) {
  const auto table = ParseCsv(
      "\xEF\xBB\xBF"
      "month,type\n");
  ASSERT_OK(table.status());
  EXPECT_THAT(table->header, ElementsAre("month", "type"));
  EXPECT_THAT(table->rows, IsEmpty());
}

TEST(Csv, EmptyLinesAreNoRows) {
  const auto table = ParseCsv("\na,b\n\n1,2\n,\n3,4\n");
  ASSERT_OK(table.status());
  EXPECT_THAT(table->rows, ElementsAre(ElementsAre("1", "2"), ElementsAre("3", "4")));
}

TEST(Csv, WhatIsNoCsvIsRefusedWithItsPlace) {
  EXPECT_THAT(ParseCsv("").status(), HasReason("MISSING_FIELD"));
  EXPECT_THAT(ParseCsv("\n\n").status(), HasReason("MISSING_FIELD"));
  EXPECT_THAT(ParseCsv("a,b\nx,Caf\xE9\n").status(), HasReason("INVALID_FIELD"));
  const auto open = ParseCsv("a,b\n1,2\n\"3,4\n").status();
  EXPECT_THAT(open, HasReason("INVALID_FIELD"));
  EXPECT_THAT(std::string(open.message()), ::testing::HasSubstr("row 2"));
}

std::string CellCount(std::vector<std::string> fields) {
  const Header header = {"a", "b", "c"};
  values::Problems problems;
  CsvRow(header, 1, std::move(fields)).CheckCellCount(problems);
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
