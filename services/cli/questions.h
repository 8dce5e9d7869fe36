// Questions about a file as a person reads and answers them: on the command line, and in a drop
// folder as the files NAME.questions.txt and NAME.answers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/ingest/question.h"

namespace daybook::cli {

inline constexpr std::string_view kQuestionsEnd = ".questions.txt";
inline constexpr std::string_view kAnswersEnd = ".answers";

// "rows=measure" and the like. INVALID_ARGUMENT, reason INVALID_FIELD: no "=", no id, a question
// answered twice in different ways.
absl::StatusOr<ingest::Answers> ParseAnswers(const std::vector<std::string>& texts);

// What stands in a file of answers: "ID=CHOICE" a line, also as it was told ("--answer
// 'ID=CHOICE'"); a line "keep-answers"; empty lines and those that begin with #.
struct AnswersFile {
  ingest::Answers answers;
  bool keep = false;
};
// INVALID_ARGUMENT as ParseAnswers, with the line; MISSING_FIELD for a file that cannot be read.
absl::StatusOr<AnswersFile> ReadAnswersFile(const std::string& path);

// Each question with its choices and what to give for it. `in_folder`: for whoever answers in a
// file beside it, else on the command line.
std::string QuestionsText(const std::string& path, const std::vector<ingest::Question>& questions,
                          bool in_folder);

// The text as one word of a shell.
std::string ShellWord(const std::string& text);

}  // namespace daybook::cli
