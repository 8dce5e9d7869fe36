#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "services/cli/output/table_layout.h"
#include "services/cli/output/table_printer.h"
#include "tests/unit/services/cli/report_answer.h"

namespace daybook::cli {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(WrapText, BreaksAtSpacesAndWithinAWordOnlyWhereItMust) {
  EXPECT_THAT(WrapText("two words here", 9), ElementsAre("two words", "here"));
  EXPECT_THAT(WrapText("a violence-with-injury b", 10),
              ElementsAre("a", "violence-", "with-", "injury b"));
  EXPECT_THAT(WrapText("abcdefgh", 3), ElementsAre("abc", "def", "gh"));
  EXPECT_THAT(WrapText("", 3), ElementsAre(""));
}

TEST(WrapText, CountsCharactersAndCutsNone) {
  EXPECT_EQ(TextWidth("caf\u00e9 \u2026"), 6U);
  EXPECT_THAT(WrapText("\u00e9\u00e9\u00e9", 2), ElementsAre("\u00e9\u00e9", "\u00e9"));
}

std::vector<std::string> Lines(const reports::v1::RenderReportResponse& answer, std::size_t width,
                               const std::vector<std::string>& columns = {}) {
  return absl::StrSplit(ToText(answer, columns, width), '\n');
}

TEST(Tables, FitTheWidthByWrappingTextAndNeverNumbers) {
  const auto lines = Lines(
      Answer({{"one", "a long line of words that wants more room than it has", "12345"}}), 40);
  for (const auto& line : lines) EXPECT_LE(TextWidth(line), 40U) << line;
  EXPECT_THAT(lines, ::testing::Contains(HasSubstr("12345")));
}

TEST(Tables, NumbersStandAtTheRight) {
  const auto lines = Lines(Answer({{"one", "x", "7"}, {"two", "y", "12345"}}), 80);
  EXPECT_THAT(lines, ::testing::Contains("one   x          7"));
  EXPECT_THAT(lines, ::testing::Contains("two   y      12345"));
}

TEST(Tables, LeaveOutWhatIsEmptyAndSaySo) {
  const auto text = ToText(Answer({{"one", "", "7"}}), {}, 80);
  EXPECT_THAT(text, HasSubstr("Nothing stands in: words."));
  EXPECT_THAT(text, Not(HasSubstr("name  words")));
}

TEST(Tables, ShowTheColumnsThatAreAskedFor) {
  const auto answer = Answer({{"one", "x", "7"}});
  EXPECT_THAT(ToText(answer, {"count", "name"}, 80), HasSubstr("count  name"));
  EXPECT_THAT(UnknownColumns(answer, {"count", "colour"}), ElementsAre("colour"));
  EXPECT_THAT(UnknownColumns(answer, {}), IsEmpty());
}

TEST(Tables, AreRecordsWhereTheColumnsCannotFit) {
  const auto lines =
      Lines(Answer({{"a name of some length", "and words of some length", "123456789012"}}), 30);
  EXPECT_THAT(lines, ::testing::Contains("name   a name of some length"));
  EXPECT_THAT(lines, ::testing::Contains("count  123456789012"));
}

TEST(Tables, SayOnceAboveThemWhatEveryRowSaysWhereThatMakesThemFit) {
  const auto answer = Answer({{"one", "the same words of a length", "123456789012"},
                              {"other", "the same words of a length", "7"}});
  const std::string narrow = ToText(answer, {}, 30);
  EXPECT_THAT(narrow,
              HasSubstr("words: the same words of a\n       length\n\nname          count\n"));
  EXPECT_THAT(ToText(answer, {}, 60), HasSubstr("one    the same words of a length"));
}

TEST(Tables, ShownAsRecordsSayHowWideTheyWouldHaveToBe) {
  const auto answer =
      Answer({{"a name of some length", "and words of some length", "123456789012"}});
  EXPECT_THAT(ToText(answer, {}, 30), HasSubstr("In columns with --width 40"));
  EXPECT_THAT(ToText(answer, {}, 40), Not(HasSubstr("--width")));
}

TEST(Tables, ExplainTheMarkersThatNoNoteExplains) {
  auto answer = Answer({{"one", "x", "7"}});
  auto* cell = answer.mutable_tables(0)->mutable_rows(0)->mutable_cells(2);
  cell->clear_text();
  cell->set_marker("z");
  EXPECT_THAT(ToText(answer, {}, 80), HasSubstr("[z] not applicable."));
  answer.mutable_tables(0)->add_notes("[z] nobody was asked.");
  EXPECT_THAT(ToText(answer, {}, 80), Not(HasSubstr("not applicable")));
}

}  // namespace
}  // namespace daybook::cli
