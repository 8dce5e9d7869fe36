// Which formats a program opens, upgrades and refuses. The formats here are made up.
#include "eventstore/core/ledger_format.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/status_matchers.h"

namespace daybook::eventstore {
namespace {

using ::daybook::testing::HasReason;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

LedgerFormat Format(std::string_view text) { return ParseLedgerFormat(text).value(); }

FormatStep Step(std::string_view from, std::string_view to) {
  return {.from = Format(from), .to = Format(to), .what = "something"};
}

FormatAction ActionOf(std::string_view stored, std::string_view current,
                      const std::vector<FormatStep>& steps = {}) {
  return DecideFormat(stored, Format(current), steps).action;
}

TEST(LedgerFormat, ReadsWhatItWritesAndNothingElse) {
  for (const char* text : {"0", "1", "2", "2-draft.1", "2-draft.30", "4294967295"}) {
    ASSERT_TRUE(ParseLedgerFormat(text)) << text;
    EXPECT_EQ(ToText(*ParseLedgerFormat(text)), text);
  }
  for (const char* text :
       {"", " 1", "01", "+1", "-1", "1 ", "1.2", "2-draft", "2-draft.", "2-beta.1", "2-draft.0",
        "2-draft.01", "2-draft.1.1", "-draft.1", "4294967296"}) {
    EXPECT_FALSE(ParseLedgerFormat(text)) << text;
  }
}

TEST(LedgerFormat, MayBeATextThatOnlyALaterVersionReads) {
  for (const char* text : {"0", "2", "2-draft.1", "2040.spring", "10rc1"}) {
    EXPECT_TRUE(IsFormatText(text)) << text;
  }
  for (const std::string& text : {std::string(), std::string(33, '1'), std::string("1\r"),
                                  std::string("\x1b[2J"), std::string("1\0", 2), std::string("1 "),
                                  std::string("spring"), std::string("1\xc3\xa9")}) {
    EXPECT_FALSE(IsFormatText(text)) << text;
  }
}

TEST(LedgerFormat, ADraftIsOlderThanItsReleaseAndNewerThanTheOneBefore) {
  EXPECT_LT(Format("1"), Format("2-draft.1"));
  EXPECT_LT(Format("2-draft.1"), Format("2-draft.3"));
  EXPECT_LT(Format("2-draft.3"), Format("2"));
  EXPECT_LT(Format("2"), Format("3-draft.1"));
}

TEST(DecideFormat, OpensItsOwn) {
  EXPECT_EQ(ActionOf("1", "1"), FormatAction::kOpen);
  EXPECT_EQ(ActionOf("2-draft.3", "2-draft.3"), FormatAction::kOpen);
  EXPECT_THAT(DecideFormat("1", Format("1"), {}).steps, IsEmpty());
}

TEST(DecideFormat, RefusesWhatIsNewer) {
  EXPECT_EQ(ActionOf("2", "1"), FormatAction::kRefuseNewer);
  EXPECT_EQ(ActionOf("2", "2-draft.3"), FormatAction::kRefuseNewer);
  EXPECT_EQ(ActionOf("2040.spring", "2"), FormatAction::kRefuseNewer);
}

TEST(DecideFormat, RefusesWhatIsOlderWithoutSteps) {
  EXPECT_EQ(ActionOf("1", "2"), FormatAction::kRefuseOlder);
  EXPECT_EQ(ActionOf("1", "2-draft.3"), FormatAction::kRefuseOlder);
  EXPECT_EQ(ActionOf("1", "3", {Step("2", "3")}), FormatAction::kRefuseOlder);
  EXPECT_EQ(ActionOf("1", "3", {Step("1", "2")}), FormatAction::kRefuseOlder) << "a way halfway";
}

TEST(DecideFormat, RefusesEveryDraftButItsOwn) {
  for (const char* current : {"1", "2", "2-draft.2", "2-draft.4", "3"}) {
    EXPECT_EQ(ActionOf("2-draft.3", current), FormatAction::kRefuseDraft) << current;
  }
}

TEST(DecideFormat, UpgradesByTheFewestStepsInTheirOrder) {
  const std::vector<FormatStep> steps = {Step("3", "4"), Step("2", "3"), Step("2", "2-draft.1"),
                                         Step("4", "5"), Step("2", "4")};
  const FormatDecision decision = DecideFormat("2", Format("5"), steps);
  EXPECT_EQ(decision.action, FormatAction::kUpgrade);
  EXPECT_THAT(decision.steps, ElementsAre(4, 3));
  EXPECT_THAT(DecideFormat("3", Format("5"), steps).steps, ElementsAre(0, 3));
}

TEST(DecideFormat, LetsAStepLeadOutOfADraft) {
  EXPECT_EQ(ActionOf("2-draft.3", "2", {Step("2-draft.3", "2")}), FormatAction::kUpgrade);
  EXPECT_EQ(ActionOf("2-draft.2", "2", {Step("2-draft.3", "2")}), FormatAction::kRefuseDraft);
}

std::string Remedy(FormatAction action, std::string_view stored, std::string_view current) {
  const absl::Status status = FormatRefusal(action, "the directory", stored, Format(current));
  EXPECT_THAT(status, HasReason("DIRECTORY_UNUSABLE"));
  EXPECT_THAT(Message(status), ::testing::StartsWith("the directory was written by"));
  EXPECT_THAT(Message(status), HasSubstr("(format " + std::string(stored) + ", this one reads " +
                                         std::string(current) + ")"));
  EXPECT_EQ(GetErrorDetail(status)->metadata["format"], stored);
  EXPECT_EQ(GetErrorDetail(status)->metadata["program_format"], current);
  return GetErrorDetail(status)->remedy;
}

TEST(FormatRefusal, SaysWhatHelps) {
  EXPECT_THAT(Remedy(FormatAction::kRefuseNewer, "2", "1"), HasSubstr("or a newer one"));
  EXPECT_THAT(
      Remedy(FormatAction::kRefuseOlder, "1", "2"),
      HasSubstr("send the files again. A build of Daybook from before format 2 still reads it"));
  EXPECT_THAT(Remedy(FormatAction::kRefuseOlder, "2", "4"),
              HasSubstr("version of Daybook that reads format 2"));
  EXPECT_THAT(Remedy(FormatAction::kRefuseDraft, "2-draft.3", "2"),
              HasSubstr("only by the program that wrote it"));
}

}  // namespace
}  // namespace daybook::eventstore
