#include "services/ingest/stated_lines.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "eventstore/core/error.h"
#include "fmt/format.h"
#include "proto/values/civil.h"
#include "services/ingest/written_marking.h"
#include "services/ingest/written_period.h"

namespace daybook::ingest {
namespace {

using values::CivilDay;

// What offices write before the day on which figures were taken from their system.
constexpr std::array<std::string_view, 16> kExtractWords = {
    "as at",     "as of",    "extract", "correct at", "correct on", "correct to",
    "accurate",  "download", "run on",  "run date",   "report run", "produced on",
    "generated", "pulled",   "refresh", "data taken"};

bool SpeaksOfExtract(const std::string& line) {
  const std::string lower = absl::AsciiStrToLower(line);
  return std::ranges::any_of(kExtractWords, [&](std::string_view words) {
    return lower.find(words) != std::string::npos;
  });
}

std::string InWords(CivilDay day) {
  static constexpr std::array<std::string_view, 12> kMonths = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  const values::Date date = values::DateOf(day);
  return fmt::format("{} {} {}", date.day, kMonths.at(static_cast<std::size_t>(date.month) - 1),
                     date.year);
}

std::string LinesText(const std::vector<std::uint32_t>& lines) {
  return fmt::format("line{} {}", lines.size() == 1 ? "" : "s", absl::StrJoin(lines, ", "));
}

void AskAboutExtract(const std::vector<StatedLine>& lines, Inquiry& inquiry, Stated& stated,
                     std::vector<std::string>& notes, std::set<std::uint32_t>& taken) {
  Question question{.id = "extract", .what = "", .can_be_kept = false};
  std::vector<CivilDay> days;
  std::vector<std::string> texts;
  for (const StatedLine& line : lines) {
    const std::string text = line.Text();
    const std::vector<CivilDay> found =
        SpeaksOfExtract(text) ? DayStatedIn(text) : std::vector<CivilDay>();
    if (found.empty()) continue;
    question.lines.push_back(line.number);
    texts.push_back("\"" + text + "\"");
    for (const CivilDay day : found) {
      if (std::ranges::find(days, day) == days.end()) days.push_back(day);
    }
  }
  if (days.empty()) return;
  taken.insert(question.lines.begin(), question.lines.end());
  const std::string where = LinesText(question.lines);
  if (!stated.extract_date.empty()) {
    const auto told = values::ParseDay(stated.extract_date);
    const bool agrees = told && std::ranges::find(days, *told) != days.end();
    notes.push_back(fmt::format("{}: {} the day of the extract that was given", where,
                                agrees ? "says" : "does not say"));
    return;
  }
  question.what = fmt::format("On which day were the figures extracted? {} says {}.", where,
                              absl::StrJoin(texts, ", "));
  for (const CivilDay day : days) {
    question.readings.push_back({values::FormatDay(day), InWords(day)});
  }
  question.readings.push_back({"none", "it is not the day of the extract"});
  question.other = "another day, as YYYY-MM-DD";
  const auto choice = inquiry.Ask(std::move(question), [](const std::string& text) {
    return std::string(values::ParseDay(text) ? "" : "is not a day like 2024-02-05");
  });
  if (!choice) return;
  if (*choice != "none") stated.extract_date = *choice;
  notes.push_back(*choice == "none"
                      ? fmt::format("{}: not the day of the extract, as answered", where)
                      : fmt::format("{}: extract of {}, as answered", where, *choice));
}

std::optional<std::pair<Marking, std::uint32_t>> HighestMarking(
    const std::vector<StatedLine>& lines) {
  std::optional<std::pair<Marking, std::uint32_t>> highest;
  for (const StatedLine& line : lines) {
    std::vector<std::string> texts = line.cells;
    texts.push_back(line.Text());
    for (const std::string& text : texts) {
      auto marking = MarkingIn(text);
      if (marking && (!highest || marking->level > highest->first.level)) {
        highest.emplace(*std::move(marking), line.number);
      }
    }
  }
  return highest;
}

absl::Status AskAboutMarking(const std::vector<StatedLine>& lines, Inquiry& inquiry, Stated& stated,
                             std::vector<std::string>& notes, std::set<std::uint32_t>& taken) {
  const auto found = HighestMarking(lines);
  if (!found) return absl::OkStatus();
  const Marking& marking = found->first;
  const std::uint32_t line = found->second;
  if (marking.level != MarkingLevel::kNone) taken.insert(line);
  Question question{.id = "marking",
                    .what = fmt::format("Line {} is marked {}. Does that hold for these figures?",
                                        line, marking.text),
                    .lines = {line},
                    .can_be_kept = false};
  const Reading none{"none", "the figures by themselves are not marked"};
  const std::string kept =
      "kept with the file and named in its receipt; reports that show its "
      "figures do not carry it yet";
  switch (marking.level) {
    case MarkingLevel::kAbove:
      return eventstore::MakeError(
          absl::StatusCode::kInvalidArgument,
          fmt::format("line {}: the file is marked {}", line, marking.text),
          {.reason = "MARKING_TOO_HIGH",
           .remedy = "A ledger of a partnership holds nothing above OFFICIAL-SENSITIVE. Do not "
                     "send it; ask its owner for a version that is marked lower.",
           .fields = {},
           .metadata = {}});
    case MarkingLevel::kNone:
      return absl::OkStatus();
    case MarkingLevel::kOfficial:
      stated.marking = marking.text;
      notes.push_back(fmt::format("line {}: marked OFFICIAL, kept with the file", line));
      return absl::OkStatus();
    case MarkingLevel::kOld:
      question.readings = {{"OFFICIAL", kept}, {"OFFICIAL-SENSITIVE", kept}, none};
      break;
    case MarkingLevel::kOfficialSensitive:
      question.readings = {{marking.text, kept}, none};
      break;
  }
  const auto choice = inquiry.Ask(std::move(question));
  if (choice && *choice != "none") stated.marking = *choice;
  if (choice) notes.push_back(fmt::format("line {}: marking {}, as answered", line, *choice));
  return absl::OkStatus();
}

using Months = std::pair<CivilDay, CivilDay>;  // the first and the last

// Where a text states one span of whole months.
std::optional<Months> MonthsStatedIn(const std::string& text) {
  std::optional<Months> months;
  for (const values::Period& period : PeriodsStatedIn(text)) {
    const std::pair span(period.start, values::FirstOfMonth(period.LastDay()));
    const bool whole = period.start == values::FirstOfMonth(period.start) &&
                       period.LastDay() == values::LastOfMonth(period.LastDay());
    if (!whole || (months && *months != span)) return std::nullopt;
    months = span;
  }
  return months;
}

// A name has hyphens and underscores for spaces, and hyphens within a period.
std::string WordsOfName(std::string name) {
  std::ranges::replace(name, '_', ' ');
  return name;
}

// False where the rows have all of these months, or none of them.
bool AskWhetherCovered(const Months& months, const std::string& where,
                       std::vector<std::uint32_t> lines, const Table& table, std::size_t column,
                       Inquiry& inquiry, Stated& stated) {
  std::set<std::string> found;
  for (const auto& row : table.rows) {
    if (column < row.size()) found.insert(row[column].substr(0, std::string("2024-01").size()));
  }
  std::vector<std::string> without;
  bool has_some = false;
  for (CivilDay month = months.first; month <= months.second; month = values::AddMonths(month, 1)) {
    const std::string name = values::FormatMonth(month);
    has_some = has_some || found.contains(name);
    if (!found.contains(name)) without.push_back(name);
  }
  if (without.empty() || !has_some) return false;
  const std::string first = values::FormatMonth(months.first);
  const std::string last = values::FormatMonth(months.second);
  const auto choice = inquiry.Ask(
      {.id = "cover",
       .what = fmt::format("{} says {} to {}, and the file has no row of {}. Were there none?",
                           where, first, last, absl::StrJoin(without, ", ")),
       .lines = std::move(lines),
       .readings = {{first + ".." + last,
                     "there were none: rows of those months that were sent before are withdrawn"},
                    {"found", "the file covers only the months of its rows"}},
       .can_be_kept = false});
  if (choice && *choice != "found") stated.covers = *choice;
  return true;
}

}  // namespace

std::string StatedLine::Text() const {
  std::string text;
  for (const std::string& cell : cells) {
    if (!cell.empty()) text += (text.empty() ? "" : " ") + cell;
  }
  return text;
}

absl::StatusOr<std::set<std::uint32_t>> AskAboutLines(const std::vector<StatedLine>& lines,
                                                      Inquiry& inquiry, Stated& stated,
                                                      std::vector<std::string>& notes) {
  std::set<std::uint32_t> taken;
  AskAboutExtract(lines, inquiry, stated, notes, taken);
  DAYBOOK_RETURN_IF_ERROR(AskAboutMarking(lines, inquiry, stated, notes, taken));
  return taken;
}

void AskAboutCover(const std::vector<StatedLine>& lines, const std::string& name,
                   const DatasetSpec& dataset, const Table& table, Inquiry& inquiry,
                   Stated& stated) {
  const auto column = IndexOf(table.header, dataset.cover_column);
  if (dataset.cover_column.empty() || !column || !stated.covers.empty()) return;
  for (const StatedLine& line : lines) {
    const auto months = MonthsStatedIn(line.Text());
    if (months && AskWhetherCovered(*months, fmt::format("Line {}", line.number), {line.number},
                                    table, *column, inquiry, stated)) {
      return;
    }
  }
  if (const auto months = MonthsStatedIn(WordsOfName(name))) {
    AskWhetherCovered(*months, "The name of the file", {}, table, *column, inquiry, stated);
  }
}

}  // namespace daybook::ingest
