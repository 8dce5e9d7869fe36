#include "services/cli/questions.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "eventstore/core/error.h"
#include "fmt/format.h"
#include "services/ingest/text_decoding.h"

namespace daybook::cli {
namespace {

absl::Status WrongAnswer(const std::string& what) {
  return eventstore::MakeError(
      absl::StatusCode::kInvalidArgument, what,
      {.reason = "INVALID_FIELD",
       .remedy = "Give each question its answer as it is printed, for example rows=measure.",
       .fields = {},
       .metadata = {}});
}

absl::Status AddAnswer(const std::string& text, ingest::Answers& answers) {
  const std::size_t equals = text.find('=');
  const std::string id(absl::StripAsciiWhitespace(text.substr(0, equals)));
  if (equals == std::string::npos || id.empty()) {
    return WrongAnswer(fmt::format("\"{}\" is no answer like ID=CHOICE", text));
  }
  const std::string choice(absl::StripAsciiWhitespace(text.substr(equals + 1)));
  const auto [it, is_new] = answers.emplace(id, choice);
  if (is_new || it->second == choice) return absl::OkStatus();
  return WrongAnswer(fmt::format("{} is answered twice: {} and {}", id, it->second, choice));
}

// As somebody copied it from where it was asked.
std::string Pasted(std::string line) {
  constexpr std::string_view kOption = "--answer";
  if (line.starts_with(kOption)) {
    line = std::string(absl::StripAsciiWhitespace(line.substr(kOption.size())));
  }
  const bool quoted = line.size() >= 2 && line.front() == line.back() &&
                      (line.front() == '\'' || line.front() == '"');
  return quoted ? line.substr(1, line.size() - 2) : line;
}

void AddChoice(const std::string& id, const ingest::Reading& reading, bool in_folder,
               std::string& text) {
  constexpr std::size_t kChoiceWidth = 36;
  const std::string answer = id + "=" + reading.choice;
  const std::string given = in_folder ? answer : "--answer " + ShellWord(answer);
  text += fmt::format("      {:<{}}  {}\n", given, kChoiceWidth, reading.meaning);
}

std::string LinesOf(const ingest::Question& question) {
  constexpr std::size_t kLinesShownMax = 5;
  const auto& lines = question.lines;
  // Of a line above or below the table the words say it.
  if (lines.empty()) return "";
  if (question.what.find(fmt::format("ine {} ", lines.front())) != std::string::npos) return "";
  const std::size_t shown = std::min(lines.size(), kLinesShownMax);
  return fmt::format(
      " (line{} {}{})", lines.size() == 1 ? "" : "s",
      absl::StrJoin(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
      shown < lines.size() ? " and more" : "");
}

// The choices of many labels are told once.
void AddQuestion(const ingest::Question& question, const ingest::Question* before, bool in_folder,
                 std::string& text) {
  text += fmt::format("  {}{}\n", question.what, LinesOf(question));
  const ingest::Reading other{"\xE2\x80\xA6", question.other};
  if (before != nullptr && question.readings.size() > 1 && !question.other.empty() &&
      question.readings == before->readings && question.other == before->other) {
    AddChoice(question.id, {other.choice, "likewise"}, in_folder, text);
    return;
  }
  for (const ingest::Reading& reading : question.readings) {
    AddChoice(question.id, reading, in_folder, text);
  }
  if (!question.other.empty()) AddChoice(question.id, other, in_folder, text);
}

}  // namespace

std::string ShellWord(const std::string& text) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-=.:/,+@%";
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string::npos) return text;
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? "'\\''" : std::string(1, c);
  return word + "'";
}

absl::StatusOr<ingest::Answers> ParseAnswers(const std::vector<std::string>& texts) {
  ingest::Answers answers;
  for (const std::string& text : texts) DAYBOOK_RETURN_IF_ERROR(AddAnswer(text, answers));
  return answers;
}

absl::StatusOr<AnswersFile> ReadAnswersFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), {});
  if (!in.is_open() || in.bad()) {
    return eventstore::MakeError(absl::StatusCode::kInvalidArgument, path + ": cannot be read",
                                 {.reason = "MISSING_FIELD",
                                  .remedy = "Check the path and its rights.",
                                  .fields = {},
                                  .metadata = {}});
  }
  DAYBOOK_ASSIGN_OR_RETURN(const ingest::DecodedText text, ingest::DecodeText(std::move(bytes)));
  AnswersFile file;
  std::size_t number = 0;
  for (const absl::string_view part : absl::StrSplit(text.utf8, '\n')) {
    ++number;
    const std::string line(absl::StripAsciiWhitespace(part));
    if (line.empty() || line.starts_with('#')) continue;
    const std::string answer = Pasted(line);
    if (answer == "keep-answers" || answer == "--keep-answers") {
      file.keep = true;
      continue;
    }
    if (const absl::Status added = AddAnswer(answer, file.answers); !added.ok()) {
      return WrongAnswer(fmt::format("{}:{}: {}", path, number, eventstore::Message(added)));
    }
  }
  return file;
}

std::string QuestionsText(const std::string& path, const std::vector<ingest::Question>& questions,
                          bool in_folder) {
  const std::string name = std::filesystem::path(path).filename().string();
  std::string text =
      fmt::format("{}: on hold: {} question{} about how to read it; nothing of it was sent.\n",
                  in_folder ? name : path, questions.size(), questions.size() == 1 ? "" : "s");
  constexpr std::size_t kShownMax = 60;
  const ingest::Question* before = nullptr;
  for (const ingest::Question& question : questions) {
    if (&question == questions.data() + kShownMax) {
      text += fmt::format("  \xE2\x80\xA6 and {} more, once these are answered\n",
                          questions.size() - kShownMax);
      break;
    }
    AddQuestion(question, before, in_folder, text);
    before = &question;
  }
  if (in_folder) {
    text += fmt::format(
        "Write one answer a line into a file {}{} and put it here. A line keep-answers keeps\n"
        "them for the next file of this layout.\n",
        name, kAnswersEnd);
  } else {
    text += fmt::format(
        "  Import it again with an --answer for each; --keep-answers keeps them for the next file "
        "of this layout.\n");
  }
  return text;
}

}  // namespace daybook::cli
