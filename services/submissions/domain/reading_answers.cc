#include "services/submissions/domain/reading_answers.h"

#include <algorithm>
#include <map>
#include <set>

#include "fmt/format.h"

namespace daybook::submissions {
namespace {

constexpr std::size_t kQuestionBytesMax = 200;
constexpr std::size_t kChoiceBytesMax = 300;
constexpr std::size_t kRuleIdDigits = 32;
constexpr std::size_t kMarkingBytesMax = 80;
constexpr std::string_view kSensitive = "OFFICIAL-SENSITIVE";

}  // namespace

void CheckAnswers(const ReadingAnswers& answers, commands::Problems& problems) {
  if (answers.size() > kAnswersMax) {
    problems.push_back({.field = "answers",
                        .reason = "TOO_LARGE",
                        .description = fmt::format("holds more than {} answers", kAnswersMax),
                        .remedy = "Send the tables of the file one by one."});
    return;
  }
  std::set<std::string> questions;
  for (int i = 0; i < answers.size(); ++i) {
    const auto& answer = answers[i];
    const std::string field = fmt::format("answers[{}]", i);
    commands::RequireText(field + ".question", answer.question(), kQuestionBytesMax, problems);
    commands::RequireText(field + ".choice", answer.choice(), kChoiceBytesMax, problems);
    if (!answer.rule_id().empty() && !commands::IsLowerHex(answer.rule_id(), kRuleIdDigits)) {
      problems.push_back(commands::InvalidField(field + ".rule_id",
                                                "is not 32 lower-case hexadecimal digits",
                                                "Give the id as ListReadingRules has it."));
    }
    if (!questions.insert(answer.question()).second) {
      problems.push_back(commands::InvalidField(field + ".question", "is answered twice",
                                                "Give one answer to each question."));
    }
  }
}

void CheckMarking(std::string_view marking, commands::Problems& problems) {
  if (marking.empty() || marking == "OFFICIAL") return;
  if (marking == "SECRET" || marking == "TOP SECRET" || marking.starts_with("UK ")) {
    problems.push_back({.field = "marking",
                        .reason = "MARKING_TOO_HIGH",
                        .description = "is above OFFICIAL-SENSITIVE",
                        .remedy = "Do not send the file; ask its owner for a version that is "
                                  "marked lower."});
    return;
  }
  const bool in_capitals = std::ranges::all_of(
      marking, [](char c) { return (c >= 'A' && c <= 'Z') || c == ' ' || c == '-'; });
  const bool is_sensitive =
      marking == kSensitive || marking.starts_with(std::string(kSensitive) + " ");
  if (!is_sensitive || !in_capitals || marking.size() > kMarkingBytesMax) {
    problems.push_back(commands::InvalidField(
        "marking", "is no marking of this ledger",
        "Give OFFICIAL, or OFFICIAL-SENSITIVE with its descriptor in capital letters."));
  }
}

std::string AnswersText(const ReadingAnswers& answers) {
  std::map<std::string, std::string> sorted;
  for (const auto& answer : answers) sorted[answer.question()] = answer.choice();
  std::string text;
  for (const auto& [question, choice] : sorted)
    text.append(question).append("\n").append(choice).append("\n");
  return text;
}

bool SameAnswers(const ReadingAnswers& a, const ReadingAnswers& b) {
  return AnswersText(a) == AnswersText(b);
}

}  // namespace daybook::submissions
