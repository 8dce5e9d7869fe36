#include "services/ingest/csv_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "tests/support/status_matchers.h"

namespace daybook::ingest {
namespace {

using ::testing::ElementsAre;
using testing::HasReason;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Cells = std::vector<std::string>;

Lines Parse(const std::string& text, char delimiter = ',', std::size_t lines_max = SIZE_MAX) {
  const auto lines = ParseCsv({.utf8 = text}, delimiter, lines_max);
  EXPECT_OK(lines.status());
  return lines.ok() ? *lines : Lines{};
}

std::vector<Cells> CellsOf(const Lines& lines) {
  std::vector<Cells> cells;
  for (const Line& line : lines) cells.push_back(line.cells);
  return cells;
}

// The numbers of the lines with a fault.
std::vector<std::uint32_t> FaultyOf(const Lines& lines) {
  std::vector<std::uint32_t> faulty;
  for (const Line& line : lines) {
    EXPECT_EQ(line.fault.empty(), line.remedy.empty());
    if (!line.fault.empty()) faulty.push_back(line.number);
  }
  return faulty;
}

TEST(Csv, CellsAreTrimmedAndQuotedOnesKeepCommasQuotesAndLines) {
  EXPECT_THAT(Parse("a,b,c\n 1 ,\"x, y\",\"say \"\"so\"\"\nthen\"\n")[1].cells,
              ElementsAre("1", "x, y", "say \"so\"\nthen"));
}

TEST(Csv, LinesEndAsOnAnySystemAndTheLastOneNeedsNoEnd) {
  for (const char* text : {"a,b\r\n1,2\r\n", "a,b\n1,2", "a,b\r1,2\r", "a,b\r1,2"}) {
    EXPECT_THAT(CellsOf(Parse(text)), ElementsAre(Cells{"a", "b"}, Cells{"1", "2"})) << text;
  }
}

TEST(Csv, EmptyLinesAreNoLinesAndAreCounted) {
  const Lines lines = Parse("\na,b\n\n1,2\n,\n \t\n3,4\n");
  EXPECT_THAT(CellsOf(lines), ElementsAre(Cells{"a", "b"}, Cells{"1", "2"}, Cells{"3", "4"}));
  EXPECT_EQ(lines[0].number, 2U);
  EXPECT_EQ(lines[1].number, 4U);
  EXPECT_EQ(lines[2].number, 7U);
  EXPECT_THAT(Parse("\n\n"), IsEmpty());
}

TEST(Csv, ACellOfSeveralLinesIsOneRowAsASpreadsheetCounts) {
  const Lines lines = Parse("a,b\n1,\"x\n\ny\"\n3,4\n");
  EXPECT_THAT(CellsOf(lines), ElementsAre(Cells{"a", "b"}, Cells{"1", "x\n\ny"}, Cells{"3", "4"}));
  EXPECT_EQ(lines[2].number, 3U);
}

TEST(Csv, CellsMayBeSeparatedBySemicolonsOrTabs) {
  EXPECT_THAT(Parse("a;\"b;c\"\n", ';')[0].cells, ElementsAre("a", "b;c"));
  EXPECT_THAT(Parse("a\tb, c\n", '\t')[0].cells, ElementsAre("a", "b, c"));
}

TEST(Csv, AsManyLinesAreReadAsAreWanted) {
  EXPECT_THAT(CellsOf(Parse("a,b\n\n1,\"x\ny\"\n3,4\n", ',', 2)),
              ElementsAre(Cells{"a", "b"}, Cells{"1", "x\ny"}));
}

TEST(Csv, AStrayQuotationMarkCostsItsOwnRow) {
  for (const char* row : {"12\" pipe,b,c", "\"12\" pipe\",b,c", "a,b,\"c", "a,\"b,c", "\"a,b,c"}) {
    const Lines lines = Parse(std::string("x,y,z\n1,2,3\n") + row + "\n4,\"5, 6\",7\n8,9,0\n");
    ASSERT_EQ(lines.size(), 5U) << row;
    EXPECT_THAT(FaultyOf(lines), ElementsAre(3U)) << row;
    EXPECT_THAT(lines[3].cells, ElementsAre("4", "5, 6", "7")) << row;
    EXPECT_THAT(lines[4].cells, ElementsAre("8", "9", "0")) << row;
    EXPECT_THAT(lines[2].fault, HasSubstr("quotation mark")) << row;
  }
}

TEST(Csv, AFaultyRowKeepsItsCellsWithoutTheMarksAroundThem) {
  const Lines lines = Parse("x,y,z\n\"K3\",\"2016-06\",\"High \"Old\" Street\"\n");
  EXPECT_THAT(FaultyOf(lines), ElementsAre(2U));
  EXPECT_THAT(lines[1].cells, ElementsAre("K3", "2016-06", "High \"Old\" Street"));
}

TEST(Csv, RowsBetweenTwoStrayMarksDoNotVanishInACell) {
  // By the letter of RFC 4180 rows 1 to 4 are one row of three cells.
  const Lines lines = Parse("x,y,z\n1,\"2,3\n4,5,6\n7,8,9\n1,2\",3\n5,5,5\n");
  EXPECT_THAT(FaultyOf(lines), ElementsAre(2U, 5U));
  EXPECT_THAT(lines[2].cells, ElementsAre("4", "5", "6"));
  EXPECT_THAT(lines[5].cells, ElementsAre("5", "5", "5"));
}

TEST(Csv, FaultsOfTheTextAreOfTheRowsThatHoldThem) {
  const auto lines = ParseCsv({.utf8 = "a,b\n1,\"x\ny\"\n3,4\n", .faults = {{2, "odd"}}});
  ASSERT_OK(lines.status());
  EXPECT_THAT(FaultyOf(*lines), ElementsAre(2U));
}

// Whatever stands in the cells of one row, every other row is what was written.
TEST(Csv, AtRandomARowThatIsDamagedCostsNoOther) {
  std::mt19937 random(7);
  const auto pick = [&](std::size_t below) { return random() % below; };
  for (int round = 0; round < 500; ++round) {
    const std::size_t rows = 2 + pick(6);
    const std::size_t damaged = pick(rows);
    std::string text = "c1,c2,c3,c4\n";
    for (std::size_t row = 0; row < rows; ++row) {
      std::string line;
      for (int cell = 0; cell < 4; ++cell) {
        line += (cell > 0 ? "," : "") + std::string(pick(3) == 0 ? "\"a, b\"" : "ab");
      }
      if (row == damaged) line.insert(pick(line.size() + 1), "\"");
      text += line + "\n";
    }
    const Lines lines = Parse(text);
    // One row more or less is no row lost: the damaged one is named, the others are there.
    ASSERT_EQ(lines.size(), rows + 1) << text;
    for (const std::uint32_t number : FaultyOf(lines)) EXPECT_EQ(number, damaged + 2) << text;
  }
}

std::string FindingsOf(std::vector<std::string> cells, std::vector<CellFinding> before = {}) {
  Table table{.header = {"a", "b", "c"}, .rows = {std::move(cells)}, .lines = {2}};
  for (CellFinding& finding : before) table.AddFinding(0, std::move(finding));
  table.FindWrongWidths();
  values::Problems problems;
  TableRow(table.header, 1, table.rows[0],
           table.findings.contains(0) ? &table.findings[0] : nullptr)
      .AddFindings(problems);
  std::string said;
  for (const auto& problem : problems) said += problem.field + ": " + problem.description;
  return said;
}

TEST(Rows, HaveACellForEveryColumnAndNoneBeyond) {
  EXPECT_EQ(FindingsOf({"1", "", ""}), "");
  EXPECT_EQ(FindingsOf({"1", "2", "3", "", ""}), "");
  EXPECT_EQ(FindingsOf({"1", "2"}), "row: has 2 cells, the header has 3");
  EXPECT_EQ(FindingsOf({"1", "2", "3", "", "5"}), "row: has 5 cells, the header has 3");
}

TEST(Rows, ThatCannotBeReadAsAWholeSayOnlyWhy) {
  EXPECT_EQ(FindingsOf({"1"}, {{.column = kWholeRow, .what = "is odd", .remedy = "Correct it."}}),
            "row: is odd");
}

TEST(Rows, AColumnThatIsNotThereIsAnEmptyCell) {
  const Header header = {"a", "b"};
  const TableRow row(header, 7, {"1", "2"});
  EXPECT_EQ(row["b"], "2");
  EXPECT_EQ(row["c"], "");
  EXPECT_EQ(row.number(), 7U);
}

TEST(Text, IsDecodedAsItsMarkOrItsBytesSay) {
  EXPECT_EQ(DecodeText("\xEF\xBB\xBF"
                       "caf\xC3\xA9")
                ->utf8,
            "caf\xC3\xA9");
  EXPECT_EQ(DecodeText("caf\xE9\n")->utf8, "caf\xC3\xA9\n");
  EXPECT_EQ(DecodeText("caf\xE9\n")->encoding, "Windows-1252");
  EXPECT_EQ(DecodeText(std::string("\xFF\xFE"
                                   "a\0\xE9\0",
                                   6))
                ->utf8,
            "a\xC3\xA9");
  EXPECT_THAT(DecodeText(std::string("\xFF\xFE"
                                     "a\0\x00\xD8",
                                     6))
                  .status(),
              HasReason("INVALID_FIELD"));
}

TEST(Text, OfTwoEncodingsNamesTheLinesAndKeepsTheOthers) {
  // The first line is UTF-8, the second is not, the third is ASCII.
  const auto text = DecodeText("caf\xC3\xA9\nst mary\x92s\nplain\n");
  ASSERT_OK(text.status());
  EXPECT_EQ(text->encoding, "UTF-8");
  EXPECT_EQ(text->utf8, "caf\xC3\xA9\nst mary\xE2\x80\x99s\nplain\n");
  ASSERT_EQ(text->faults.size(), 1U);
  EXPECT_EQ(text->faults.begin()->first, 1U);
  // A mark of UTF-8 says that every line is.
  const auto marked = DecodeText("\xEF\xBB\xBFplain\r\ncaf\xE9\r\n");
  ASSERT_OK(marked.status());
  EXPECT_EQ(marked->faults.count(1), 1U);
}

TEST(Text, TheEncodingOfMostLinesIsThatOfTheFile) {
  const auto text = DecodeText("caf\xE9\nren\xE9\ncaf\xC3\xA9\n");
  ASSERT_OK(text.status());
  EXPECT_EQ(text->encoding, "Windows-1252");
  EXPECT_EQ(text->utf8, "caf\xC3\xA9\nren\xC3\xA9\ncaf\xC3\xA9\n");
  ASSERT_EQ(text->faults.size(), 1U);
  EXPECT_EQ(text->faults.begin()->first, 2U);
}

TEST(Text, AByteThatIsNoCharacterIsNamedAndCostsItsLine) {
  const auto text = DecodeText("caf\xE9\rx\x81y\rz\r");
  ASSERT_OK(text.status());
  EXPECT_EQ(text->encoding, "Windows-1252");
  ASSERT_EQ(text->faults.count(1), 1U);
  EXPECT_THAT(text->faults.at(1), HasSubstr("byte 2 of the row, 0x81"));
  EXPECT_EQ(text->utf8, "caf\xC3\xA9\rx\xEF\xBF\xBDy\rz\r");
}

}  // namespace
}  // namespace daybook::ingest
