// Reports in files: csv with its metadata, html, workbooks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "nlohmann/json.hpp"
#include "services/cli/output/csv_tables.h"
#include "services/cli/output/html_page.h"
#include "services/cli/output/workbook.h"
#include "services/ingest/workbook.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/services/cli/report_answer.h"

namespace daybook::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(CsvTables, QuoteWhatNeedsItAndKeepFormulasTexts) {
  const auto csv = ToCsv(Answer({{"=HYPERLINK(1)", "a, \"b\"", "-5"}, {"-x", "+3.5", "1"}}));
  EXPECT_EQ(csv, "name,words,count\n'=HYPERLINK(1),\"a, \"\"b\"\"\",-5\n'-x,+3.5,1\n");
}

TEST(CsvMetadata, NamesColumnsTypesMarkersAndNotes) {
  auto answer = Answer({{"one", "1", "7"}, {"two", "2", ""}});
  answer.mutable_tables(0)->mutable_rows(1)->mutable_cells(2)->set_marker("x");
  answer.mutable_truth()->set_known_on("2024-03-18");
  const auto metadata =
      nlohmann::json::parse(CsvMetadata("t.csv", answer.tables(0), answer.truth()));
  EXPECT_EQ(metadata["url"], "t.csv");
  EXPECT_EQ(metadata["dc:title"], "A report");
  EXPECT_EQ(metadata["dc:date"], "2024-03-18");
  const auto& columns = metadata["tableSchema"]["columns"];
  ASSERT_EQ(columns.size(), 3U);
  EXPECT_EQ(columns[1]["datatype"], "string");
  EXPECT_EQ(columns[2]["datatype"], "decimal");
  EXPECT_EQ(columns[2]["null"], (nlohmann::json{"", "[x]"}));
  EXPECT_THAT(metadata["rdfs:comment"][1], "[x] not available.");
}

TEST(CsvMetadata, AColumnOfNumbersWithWordsInItIsText) {
  const auto answer = Answer({{"one", "x", "about 8"}});
  EXPECT_FALSE(IsNumbers(answer.tables(0), 2));
}

TEST(HtmlPage, EscapesWhatIsThereAndHeadsRowsAndColumns) {
  auto answer = Answer({{"<script>&\"", "x", "7"}});
  answer.mutable_tables(0)->mutable_rows(0)->mutable_cells(2)->add_notes(1);
  const std::string page = ToHtml(answer);
  EXPECT_THAT(page, HasSubstr("<th scope=\"row\">&lt;script&gt;&amp;&quot;</th>"));
  EXPECT_THAT(page, HasSubstr("<th scope=\"col\" class=\"number\">count</th>"));
  EXPECT_THAT(page, HasSubstr("<td class=\"number\">7 <a href=\"#note-1-1\">(1)</a></td>"));
  EXPECT_THAT(page, HasSubstr("<caption>A report</caption>"));
  EXPECT_THAT(page, Not(HasSubstr("http")));
}

TEST(Workbooks, HaveNumbersAsNumbersAndEverythingElseAsText) {
  const daybook::testing::TempDir folder;
  auto answer = Answer({{"=1+1", "2024-01", "7"}, {"007", "", "about 8"}});
  answer.mutable_tables(0)->set_name("plan/performance");
  answer.mutable_tables(0)->mutable_rows(0)->mutable_cells(2)->add_notes(1);
  answer.mutable_truth()->set_known_on("2024-03-18");
  const std::string path = folder / "book.xlsx";
  ASSERT_OK(WriteWorkbook(path, answer));
  ASSERT_OK(WriteWorkbook(path, answer)) << "a second time, over it";
  EXPECT_FALSE(std::filesystem::exists(path + ".part"));
  std::ifstream in(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), {});
  ASSERT_OK_AND_ASSIGN(const ingest::Workbook book, ingest::ReadWorkbook(bytes));
  std::vector<std::vector<std::string>> lines;
  for (const ingest::WorkbookRow& row : book.sheets.at(0).rows) {
    auto& line = lines.emplace_back();
    for (const ingest::WorkbookCell& cell : row.cells) line.push_back(cell.text);
  }
  EXPECT_THAT(lines, ElementsAre(ElementsAre("name", "words", "count", "Notes", "As known on"),
                                 ElementsAre("=1+1", "2024-01", "7", answer.tables(0).notes(0),
                                             "2024-03-18"),
                                 ElementsAre("007", "", "about 8", "", "2024-03-18")));
}

TEST(Workbooks, ThatWouldLoseATextAreRefusedAndLeaveWhatWasThere) {
  const daybook::testing::TempDir folder;
  const std::string path = folder / "book.xlsx";
  ASSERT_OK(WriteWorkbook(path, Answer({{"a", "b", "1"}})));
  const auto size = std::filesystem::file_size(path);
  const absl::Status status = WriteWorkbook(path, Answer({{"a", std::string(40'000, 'x'), "1"}}));
  EXPECT_EQ(status.code(), absl::StatusCode::kOutOfRange) << status;
  EXPECT_EQ(std::filesystem::file_size(path), size);
  EXPECT_FALSE(std::filesystem::exists(path + ".part"));
}

TEST(Workbooks, ThatCannotBeWrittenAreSaidToBeSo) {
  const absl::Status status = WriteWorkbook("/nowhere/book.xlsx", Answer({{"a", "b", "1"}}));
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace daybook::cli
