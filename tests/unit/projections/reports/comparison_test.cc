// What changed between two answers: every figure that did, none that did not.
#include "projections/reports/comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "projections/reports/table_builder.h"
#include "tests/unit/projections/reports/builders.h"

namespace daybook::reports {
namespace {

using ::testing::ElementsAre;
using testing::HasNote;

struct Line {
  std::string place;
  std::string count;
  std::uint64_t position = 0;
};

v1::RenderReportResponse AnswerWith(const std::vector<Line>& lines,
                                    const std::string& title = "Places") {
  TableBuilder table("places", title);
  table.Key("place", "Place").Number("count", "Count").Text("words", "Words");
  table.AsideNumber("loaded", "Loaded");
  for (const Line& line : lines) {
    table.Row().Cell(line.place).CellOr(line.count, marker::kNotAvailable).RestsOn({line.position});
    table.Cell("as ever").Cell(line.position);
  }
  v1::RenderReportResponse answer;
  *answer.add_tables() = table.Take();
  return answer;
}

std::vector<std::string> Changes(const v1::RenderReportResponse& before,
                                 const v1::RenderReportResponse& after) {
  const v1::Table changes = ChangesBetween(before, after);
  std::vector<std::string> lines;
  for (const v1::Row& row : changes.rows()) {
    std::string line;
    for (int i = 1; i < row.cells_size(); ++i) {
      const v1::Cell& cell = row.cells(i);
      line += (line.empty() ? "" : "|") +
              (cell.marker().empty() ? cell.text() : "[" + cell.marker() + "]");
    }
    lines.push_back(line);
  }
  EXPECT_EQ(lines.empty(), HasNote(changes.notes(), "No figure changed"));
  return lines;
}

TEST(Comparison, NamesTheFigureBothValuesAndTheFactsThatChangedIt) {
  EXPECT_THAT(Changes(AnswerWith({{"A", "10", 1}, {"B", "20", 2}}),
                      AnswerWith({{"A", "10", 1}, {"B", "17", 9}})),
              ElementsAre("B|Count|20|17|-3|9"));
}

TEST(Comparison, OfTheSameAnswerIsEmptyWhateverTheOrderOfItsRows) {
  EXPECT_THAT(Changes(AnswerWith({{"A", "10", 1}, {"B", "20", 2}}),
                      AnswerWith({{"B", "20", 2}, {"A", "10", 1}})),
              ElementsAre());
}

TEST(Comparison, ShowsWhatCameAndWhatWent) {
  EXPECT_THAT(
      Changes(AnswerWith({{"A", "10", 1}}), AnswerWith({{"B", "", 2}})),
      ElementsAre("B|Words|[x]|as ever|[z]|", "A|Count|10|[x]|[z]|", "A|Words|as ever|[x]|[z]|"));
}

TEST(Comparison, ComparesRowsOfEqualNamesInTheirOrder) {
  EXPECT_THAT(Changes(AnswerWith({{"A", "1", 1}, {"A", "2", 2}}),
                      AnswerWith({{"A", "1", 1}, {"A", "3", 3}, {"A", "4", 4}})),
              ElementsAre("A|Count|2|3|+1|3", "A|Count|[x]|4|[z]|4", "A|Words|[x]|as ever|[z]|"));
}

TEST(Comparison, ShowsAColumnThatOnlyOneOfThemHas) {
  v1::RenderReportResponse before = AnswerWith({{"A", "1", 1}});
  v1::RenderReportResponse after = before;
  after.mutable_tables(0)->mutable_columns(1)->set_key("total");
  after.mutable_tables(0)->mutable_columns(1)->set_title("Total");
  EXPECT_THAT(Changes(before, after), ElementsAre("A|Total|[x]|1|[z]|1", "A|Count|1|[x]|[z]|"));
}

TEST(Comparison, GoesByTheTitlesOfTablesThatShareAName) {
  v1::RenderReportResponse before = AnswerWith({{"A", "1", 1}}, "North");
  *before.add_tables() = AnswerWith({{"A", "5", 2}}, "South").tables(0);
  v1::RenderReportResponse after = AnswerWith({{"A", "6", 3}}, "South");
  EXPECT_THAT(Changes(before, after),
              ElementsAre("A|Count|5|6|+1|3", "A|Count|1|[x]|[z]|", "A|Words|as ever|[x]|[z]|"));
}

TEST(Comparison, ListsTheFilesThatCameSince) {
  const v1::Table since = SubmissionsSince(AnswerWith({{"old", "1", 1}}),
                                           AnswerWith({{"old", "2", 5}, {"new", "3", 9}}));
  ASSERT_EQ(since.rows_size(), 1);
  EXPECT_EQ(since.rows(0).cells(0).text(), "new");
}

}  // namespace
}  // namespace daybook::reports
