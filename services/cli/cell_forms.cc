#include "services/cli/cell_forms.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "proto/values/civil.h"

namespace daybook::cli {
namespace {

// Excel counts days from 1899-12-30 (since March 1900). Numbers of this range are days of 1982 to
// 2063; a year or a count is not one.
constexpr int kExcelFirst = 30'000;
constexpr int kExcelLast = 60'000;
constexpr int kExcelEpochToUnix = 25'569;

constexpr std::array<std::string_view, 12> kMonths = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};

// Debian's Abseil has a string_view of its own.
std::string Lower(std::string_view text) { return absl::AsciiStrToLower(std::string(text)); }

std::optional<int> Whole(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<int> MonthNumber(std::string_view word) {
  const std::string lower = Lower(word);
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    const bool abbreviated = lower.size() == 3 || lower == "sept";
    if (lower == kMonths[i] || (abbreviated && kMonths[i].starts_with(lower))) {
      return static_cast<int>(i) + 1;
    }
  }
  return std::nullopt;
}

// Two digits are a year of this century: nothing here is older.
std::optional<int> Year(std::string_view text) {
  const auto year = Whole(text);
  if (!year || *year < 0) return std::nullopt;
  if (text.size() == 2) return 2000 + *year;
  return text.size() == 4 ? year : std::nullopt;
}

// Parts between spaces, slashes, hyphens and points; a time of day at the end is left off.
std::vector<std::string> Parts(std::string_view text) {
  std::vector<std::string> parts = absl::StrSplit(absl::string_view(text.data(), text.size()),
                                                  absl::ByAnyChar(" /-.T"), absl::SkipEmpty());
  while (!parts.empty() && parts.back().find(':') != std::string::npos) parts.pop_back();
  return parts;
}

std::optional<int> MonthPart(const std::string& part) {
  const auto named = MonthNumber(part);
  return named ? named : Whole(part);
}

bool IsDigits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "" or a time of day: " 00:00:00", "T09:30Z".
bool IsTimeOfDay(std::string_view text) {
  if (text.empty()) return true;
  if (text.front() != ' ' && text.front() != 'T') return false;
  return text.find(':') != std::string_view::npos &&
         text.find_first_not_of("0123456789:.Z", 1) == std::string_view::npos;
}

std::optional<eventstore::CivilDay> ExcelDay(std::string_view text) {
  const std::size_t point = text.find('.');
  if (point != std::string_view::npos && !IsDigits(text.substr(point + 1))) return std::nullopt;
  const auto number = Whole(text.substr(0, point));
  if (!number || *number < kExcelFirst || *number > kExcelLast) return std::nullopt;
  return eventstore::CivilDay{*number - kExcelEpochToUnix};
}

std::optional<eventstore::CivilDay> CivilDayIn(std::string_view text) {
  if (const auto day = values::ParseDay(text.substr(0, 10))) {
    return IsTimeOfDay(text.substr(10)) ? day : std::nullopt;
  }
  if (const auto day = ExcelDay(text)) return day;
  const std::vector<std::string> parts = Parts(text);
  if (parts.size() != 3) return std::nullopt;
  const auto day = Whole(parts[0]);
  const auto month = MonthPart(parts[1]);
  const auto year = Year(parts[2]);
  if (!day || !month || !year || *month < 1 || *month > 12) return std::nullopt;
  return values::DayOf({.year = *year, .month = *month, .day = *day});
}

// Where a column of this name stands in the table.
std::optional<std::size_t> IndexOf(const Header& header, std::string_view name) {
  const auto it = std::find(header.begin(), header.end(), name);
  if (it == header.end()) return std::nullopt;
  return static_cast<std::size_t>(it - header.begin());
}

void Replace(std::string& cell, const std::optional<std::string>& form) {
  if (form) cell = *form;
}

void BringCell(CellKind kind, std::string& cell) {
  if (cell.empty()) return;
  switch (kind) {
    case CellKind::kText:
      return;
    case CellKind::kDay:
      return Replace(cell, DayIn(cell));
    case CellKind::kMonth:
      return Replace(cell, MonthIn(cell));
    case CellKind::kDayOrMonth: {
      const auto day = DayIn(cell);
      return Replace(cell, day ? day : MonthIn(cell));
    }
    case CellKind::kNumber:
    case CellKind::kValue:
      return Replace(cell, NumberIn(cell));
  }
}

bool IsNotApplicable(std::string_view cell) {
  const std::string lower = Lower(cell);
  return lower == "n/a" || lower == "na" || lower == "-" || lower == "not applicable";
}

void BringAbsence(std::string& value, std::string& absence) {
  if (!absence.empty()) return;
  if (IsNotApplicable(value)) {
    value.clear();
    absence = "not-applicable";
  } else if (value.starts_with('<')) {
    std::string below(absl::StripAsciiWhitespace(value.substr(1)));
    if (!IsDigits(below)) return;
    value = std::move(below);
    absence = "suppressed-below";
  }
}

}  // namespace

std::optional<std::string> DayIn(std::string_view text) {
  const auto day = CivilDayIn(text);
  if (!day) return std::nullopt;
  return values::FormatDay(*day);
}

std::optional<std::string> MonthIn(std::string_view text) {
  if (values::ParseMonth(text)) return std::string(text);
  if (const auto day = CivilDayIn(text)) return values::FormatMonth(*day);
  const std::vector<std::string> parts = Parts(text);
  if (parts.size() != 2) return std::nullopt;
  const auto month = MonthPart(parts[0]);
  const auto year = Year(parts[1]);
  if (!month || !year || *month < 1 || *month > 12) return std::nullopt;
  return values::FormatMonth(values::FirstOf(*year, *month));
}

std::optional<std::string> NumberIn(std::string_view text) {
  std::string number;
  if (text.starts_with("\xC2\xA3")) text.remove_prefix(2);  // £
  if (text.ends_with('%')) text.remove_suffix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  if (text.starts_with('+') || text.starts_with('-')) {
    number.push_back(text.front());
    text.remove_prefix(1);
  }
  const std::string_view whole = text.substr(0, text.find('.'));
  const std::string_view fraction = text.substr(whole.size());
  if (!fraction.empty() && !IsDigits(fraction.substr(1))) return std::nullopt;
  std::vector<absl::string_view> groups =
      absl::StrSplit(absl::string_view(whole.data(), whole.size()), ',');
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const std::string_view group(groups[i].data(), groups[i].size());
    const bool fits = groups.size() == 1 || (i == 0 ? group.size() <= 3 : group.size() == 3);
    if (!IsDigits(group) || !fits) return std::nullopt;
    number += group;
  }
  return number + std::string(fraction);
}

void BringIntoForm(const Dataset& dataset, CsvTable& table) {
  std::vector<std::pair<std::size_t, CellKind>> columns;
  std::optional<std::size_t> value;
  for (const Column& column : dataset.columns) {
    const auto index = IndexOf(table.header, column.name);
    if (!index || column.kind == CellKind::kText) continue;
    columns.emplace_back(*index, column.kind);
    if (column.kind == CellKind::kValue) value = index;
  }
  // The column of absences is made where the file lacks it.
  std::optional<std::size_t> absence;
  if (value && std::any_of(dataset.columns.begin(), dataset.columns.end(),
                           [](const Column& column) { return column.name == "absence"; })) {
    absence = IndexOf(table.header, "absence");
    const bool wanted =
        !absence && std::any_of(table.rows.begin(), table.rows.end(), [&](const auto& row) {
          return *value < row.size() && row.size() == table.header.size() &&
                 (IsNotApplicable(row[*value]) || row[*value].starts_with('<'));
        });
    if (wanted) {
      absence = table.header.size();
      table.header.emplace_back("absence");
      for (auto& row : table.rows) {
        if (row.size() + 1 == table.header.size()) row.emplace_back();
      }
    }
  }
  for (auto& row : table.rows) {
    if (absence && *absence < row.size() && *value < row.size()) {
      BringAbsence(row[*value], row[*absence]);
    }
    for (const auto& [index, kind] : columns) {
      if (index < row.size()) BringCell(kind, row[index]);
    }
  }
}

}  // namespace daybook::cli
