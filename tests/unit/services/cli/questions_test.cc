#include "services/cli/questions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "daybook/submissions/v1/submissions_service.pb.h"
#include "services/cli/receipt.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace daybook::cli {
namespace {

using ::testing::ElementsAre;
using testing::HasReason;
using ::testing::HasSubstr;
using ::testing::Pair;

TEST(Answers, HaveAnIdAndAChoice) {
  const auto answers =
      ParseAnswers({"rows=measure", "label:% = x=ignore", "rows=measure", "dash="});
  ASSERT_OK(answers.status());
  EXPECT_THAT(*answers,
              ElementsAre(Pair("dash", ""), Pair("label:%", "x=ignore"), Pair("rows", "measure")));
  for (const char* text : {"rows", "=measure", " = ", ""}) {
    EXPECT_THAT(ParseAnswers({text}).status(), HasReason("INVALID_FIELD")) << text;
  }
  EXPECT_THAT(ParseAnswers({"rows=measure", "rows=area"}).status(), HasReason("INVALID_FIELD"));
}

TEST(Answers, AreReadFromAFileAsTheyWereTold) {
  const testing::TempDir folder;
  const std::string path = (folder.path() / "t.xlsx.answers").string();
  std::ofstream(path, std::ios::binary) << "\xEF\xBB\xBF# as told\r\n\r\nrows=measure\r\n"
                                           "--answer 'label:Change = +/-=ignore'\r\n"
                                           "  keep-answers\r\n";
  ASSERT_OK_AND_ASSIGN(const AnswersFile file, ReadAnswersFile(path));
  EXPECT_TRUE(file.keep);
  EXPECT_THAT(file.answers,
              ElementsAre(Pair("label:Change", "+/-=ignore"), Pair("rows", "measure")));
  std::ofstream(path, std::ios::binary) << "rows=measure\nmeasure please\n";
  const auto wrong = ReadAnswersFile(path).status();
  EXPECT_THAT(wrong, HasReason("INVALID_FIELD"));
  EXPECT_THAT(std::string(wrong.message()), HasSubstr("t.xlsx.answers:2"));
  EXPECT_THAT(ReadAnswersFile(path + ".gone").status(), HasReason("MISSING_FIELD"));
}

TEST(Questions, AreToldWithTheExactWordsThatAnswerThem) {
  const std::vector<ingest::Question> questions = {{.id = "label:Men's",
                                                    .what = "What is \"Men's\"?",
                                                    .readings = {{"ignore", "of no use"}},
                                                    .other = "its name"}};
  const std::string text = QuestionsText("in/t.csv", questions, false);
  EXPECT_THAT(text, HasSubstr("in/t.csv: on hold: 1 question about how to read it"));
  EXPECT_THAT(text, HasSubstr("--answer 'label:Men'\\''s=ignore'"));
  EXPECT_THAT(text, HasSubstr("its name"));
  const std::string in_folder = QuestionsText("in/t.csv", questions, true);
  EXPECT_THAT(in_folder, HasSubstr("\n      label:Men's=ignore"));
  EXPECT_THAT(in_folder, HasSubstr("a file t.csv.answers"));
}

TEST(Questions, ThatWereAnsweredStandInTheReceipt) {
  submissions::v1::Submission submission;
  submission.set_submission_id(std::string(32, 'a'));
  submission.set_marking("OFFICIAL-SENSITIVE");
  const auto add = [&](const std::string& question, const std::string& choice,
                       const std::string& rule) {
    auto* answer = submission.add_answers();
    answer->set_question(question);
    answer->set_choice(choice);
    answer->set_rule_id(rule);
  };
  add("rows", "measure", std::string(32, 'b'));
  add("dash", "0", std::string(32, 'b'));
  add("period", "2024-01", "");
  EXPECT_EQ(ReadingText(submission),
            "  read as answered: period=2024-01\n"
            "  read by reading rule bbbbbbbbbbbb: rows=measure dash=0\n"
            "  marked OFFICIAL-SENSITIVE\n");
  EXPECT_THAT(ReceiptText("t.csv", submission, 0, ReceiptLength::kScreen),
              HasSubstr("read by reading rule bbbbbbbbbbbb"));
}

}  // namespace
}  // namespace daybook::cli
