#include "services/ingest/label_meaning.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "fmt/format.h"

namespace daybook::ingest {
namespace {

std::string LowerCase(std::string_view text) { return absl::AsciiStrToLower(std::string(text)); }

// Lower case, without footnote marks; words between single spaces.
std::string PlainWords(std::string_view label) {
  std::string plain = LowerCase(label);
  std::ranges::replace_if(
      plain, [](char c) { return c == '-' || c == '_' || c == '(' || c == ')' || c == ':'; }, ' ');
  std::erase(plain, '*');
  std::vector<std::string> words = absl::StrSplit(plain, ' ', absl::SkipEmpty());
  plain.clear();
  for (const std::string& word : words) plain += (plain.empty() ? "" : " ") + word;
  return plain;
}

bool HasWord(std::string_view plain, std::initializer_list<std::string_view> words) {
  const std::vector<std::string> parts =
      absl::StrSplit(absl::string_view(plain.data(), plain.size()), absl::ByAnyChar(" /"));
  return std::ranges::any_of(parts, [&](const std::string& part) {
    return std::ranges::find(words, part) != words.end();
  });
}

}  // namespace

std::optional<Meaning> MeaningOfWords(std::string_view label) {
  const std::string plain = PlainWords(label);
  static constexpr std::array<std::string_view, 8> kTotals = {
      "total",    "totals", "grand total",   "sub total",
      "subtotal", "sum",    "overall total", "row total"};
  if (std::ranges::find(kTotals, plain) != kTotals.end()) return Meaning::kTotal;
  const bool percent = plain.find('%') != std::string::npos ||
                       HasWord(plain, {"percent", "percentage", "pct"}) ||
                       plain.find("per cent") != std::string::npos;
  const bool change = HasWord(plain, {"change", "changes", "diff", "difference", "variance"}) ||
                      label.find("+/") != std::string_view::npos;
  if (change) return percent ? Meaning::kChangePercent : Meaning::kChange;
  if (HasWord(plain, {"rank", "ranking"})) return Meaning::kRank;
  if (plain == "rate" || plain.starts_with("rate per") || plain.starts_with("per 1,000") ||
      plain.starts_with("per 1000")) {
    return Meaning::kRate;
  }
  if (plain.starts_with('%') || plain.ends_with('%') || plain == "share" || plain == "percentage" ||
      plain.starts_with("share of") || plain.starts_with("percentage of")) {
    return Meaning::kShare;
  }
  return std::nullopt;
}

std::optional<Meaning> MeaningOfAnswer(std::string_view choice) {
  using Word = std::pair<std::string_view, Meaning>;
  static constexpr std::array<Word, 5> kWords = {{{"total", Meaning::kTotal},
                                                  {"total-kept", Meaning::kStoredTotal},
                                                  {"change", Meaning::kChange},
                                                  {"change-percent", Meaning::kChangePercent},
                                                  {"ignore", Meaning::kIgnored}}};
  const auto word = std::ranges::find(kWords, LowerCase(choice), &Word::first);
  return word == kWords.end() ? std::nullopt : std::optional(word->second);
}

std::string_view WordsOf(Meaning meaning) {
  switch (meaning) {
    case Meaning::kFigures:
      return "figures";
    case Meaning::kTotal:
    case Meaning::kStoredTotal:
      return "a total";
    case Meaning::kChange:
      return "a change";
    case Meaning::kChangePercent:
      return "a change in percent";
    case Meaning::kShare:
      return "a percentage of a total";
    case Meaning::kRank:
      return "a rank";
    case Meaning::kRate:
      return "a rate";
    case Meaning::kIgnored:
      return "not stored, as answered";
  }
  return "";
}

std::optional<Assignments> AssignmentsIn(std::string_view choice, const PrintedSpec& printed,
                                         std::string& wrong) {
  Assignments assignments;
  for (const absl::string_view text : absl::StrSplit(
           absl::string_view(choice.data(), choice.size()), ';', absl::SkipWhitespace())) {
    const std::pair<std::string, std::string> pair = absl::StrSplit(text, absl::MaxSplits('=', 1));
    const std::string id(absl::StripAsciiWhitespace(pair.first));
    const std::string value(absl::StripAsciiWhitespace(pair.second));
    if (id == "figure") {
      const auto figure =
          std::ranges::find(printed.figures, value, &std::pair<std::string, std::string>::first);
      if (figure == printed.figures.end()) {
        wrong = fmt::format("has a figure that is none: {}", value);
        return std::nullopt;
      }
      assignments.figure = figure->second;
      continue;
    }
    const auto part = std::ranges::find(printed.parts, id, &PrintedPart::id);
    if (part == printed.parts.end() || value.empty()) {
      wrong = fmt::format("names \"{}\", which is none of its parts, or gives it nothing", id);
      return std::nullopt;
    }
    AddCell(*part, value, assignments.cells);
  }
  return assignments;
}

const PrintedPart* PartOf(std::string_view choice, const PrintedSpec& printed, std::string& list) {
  const std::string_view id = choice.substr(0, choice.find(':'));
  const bool has_list = id.size() < choice.size();
  list = has_list ? std::string(choice.substr(id.size() + 1)) : "";
  for (const PrintedPart& part : printed.parts) {
    if (part.id != id || !part.labels) continue;
    return part.is_list == (has_list && !list.empty()) ? &part : nullptr;
  }
  return nullptr;
}

std::string CellOf(const PrintedPart& part, std::string_view list, std::string_view label) {
  return part.is_list ? fmt::format("{}={}", list, label) : std::string(label);
}

void AddCell(const PrintedPart& part, const std::string& text,
             std::map<std::string, std::string>& cells) {
  std::string& cell = cells[part.column];
  cell = part.is_list && !cell.empty() ? cell + ";" + text : text;
}

}  // namespace daybook::ingest
