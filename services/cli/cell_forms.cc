#include "services/cli/cell_forms.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "fmt/format.h"
#include "proto/values/civil.h"
#include "proto/values/period.h"

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

// Half up, away from zero; whether it was.
bool RoundDecimals(std::string& number) {
  const std::size_t point = number.find('.');
  if (point == std::string_view::npos || number.size() - point - 1 <= kDecimalsMax ||
      !IsDigits(std::string_view(number).substr(point + 1))) {
    return false;
  }
  const bool up = number[point + 1 + kDecimalsMax] >= '5';
  number.resize(point + 1 + kDecimalsMax);
  std::size_t i = number.size();
  bool carry = up;
  while (carry && i-- > 0 && number[i] != '-' && number[i] != '+') {
    if (number[i] == '.') continue;
    carry = number[i] == '9';
    number[i] = carry ? '0' : static_cast<char>(number[i] + 1);
  }
  if (carry) number.insert(IsDigits(number.substr(0, 1)) ? 0 : 1, "1");
  while (number.back() == '0') number.pop_back();
  if (number.back() == '.') number.pop_back();
  return true;
}

void Replace(std::string& cell, const std::optional<std::string>& form) {
  if (form) cell = *form;
}

// Whether it was rounded.
bool BringCell(CellKind kind, std::string& cell) {
  if (cell.empty()) return false;
  switch (kind) {
    case CellKind::kText:
      break;
    case CellKind::kDay:
      Replace(cell, DayIn(cell));
      break;
    case CellKind::kMonth:
      Replace(cell, MonthIn(cell));
      break;
    case CellKind::kDayOrMonth: {
      const auto day = DayIn(cell);
      Replace(cell, day ? day : MonthIn(cell));
      break;
    }
    case CellKind::kPeriod:
      Replace(cell, PeriodIn(cell));
      break;
    case CellKind::kNumber:
    case CellKind::kValue:
      Replace(cell, NumberIn(cell));
      return RoundDecimals(cell);
  }
  return false;
}

// "2007-08": a month, and a year and the next.
bool MayBeYearOrMonth(std::string_view cell) {
  if (cell.size() != 7 || cell[4] != '-') return false;
  const auto year = Whole(cell.substr(0, 4));
  const auto second = Whole(cell.substr(5));
  return year && second && *second >= 1 && *second <= 12 && *second == (*year + 1) % 100;
}

bool IsDayNumber(std::string_view cell) { return ExcelDay(cell).has_value(); }

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

std::optional<std::string> PeriodIn(std::string_view text) {
  if (values::ParsePeriod(text)) return std::nullopt;
  // "2017/18", "2017-2018": a year and the next.
  static const auto plan_year = [](std::string_view year) -> std::optional<std::string> {
    if (year.size() != 7 && year.size() != 9) return std::nullopt;
    const auto first = Whole(year.substr(0, 4));
    const auto second = Whole(year.substr(5));
    if (!first || !second || (year[4] != '/' && year[4] != '-')) return std::nullopt;
    const bool follows = year.size() == 9 ? *second == *first + 1 : *second == (*first + 1) % 100;
    if (!follows) return std::nullopt;
    return fmt::format("{}-{:02}", *first, (*first + 1) % 100);
  };
  std::string upper = absl::AsciiStrToUpper(std::string(text));
  std::string_view rest = upper;
  std::string quarter;
  if (rest.size() > 3 && rest[0] == 'Q' && rest[2] == ' ') {  // Q1 2017-18
    quarter = " " + std::string(rest.substr(0, 2));
    rest.remove_prefix(3);
  } else if (rest.size() > 3 && rest[rest.size() - 2] == 'Q' && rest[rest.size() - 3] == ' ') {
    quarter = std::string(rest.substr(rest.size() - 3));
    rest.remove_suffix(3);
  }
  if (const auto year = plan_year(rest); year && values::ParsePeriod(*year + quarter)) {
    return *year + quarter;
  }
  if (!quarter.empty()) return std::nullopt;
  // A day may stand for itself or for its month; only Excel's number of a first day is a month.
  if (const auto day = CivilDayIn(text)) {
    const bool first = values::DateOf(*day).day == 1;
    if (!ExcelDay(text) || !first) return std::nullopt;
  }
  return MonthIn(text);
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
      absl::StrSplit(absl::string_view(whole.data(), whole.size()),
                     whole.find(',') == std::string_view::npos ? ' ' : ',');
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const std::string_view group(groups[i].data(), groups[i].size());
    const bool fits = groups.size() == 1 || (i == 0 ? group.size() <= 3 : group.size() == 3);
    if (!IsDigits(group) || !fits) return std::nullopt;
    number += group;
  }
  return number + std::string(fraction);
}

void SettleYearsAndMonths(const Dataset& dataset, CsvTable& table) {
  for (const Column& column : dataset.columns) {
    const auto index = IndexOf(table.header, column.name);
    if (!index || column.kind != CellKind::kPeriod) continue;
    std::vector<std::size_t> unsettled;
    std::size_t years = 0;
    std::size_t months = 0;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      if (*index >= table.rows[i].size()) continue;
      const std::string& cell = table.rows[i][*index];
      if (MayBeYearOrMonth(cell)) {
        unsettled.push_back(i);
      } else if (const auto period = values::ParsePeriod(PeriodIn(cell).value_or(cell))) {
        years += period->kind == values::PeriodKind::kPlanYear ? 1 : 0;
        months += period->kind == values::PeriodKind::kMonth ? 1 : 0;
      }
    }
    for (const std::size_t i : unsettled) {
      std::string& cell = table.rows[i][*index];
      if (years > 0 && months == 0) {
        cell[4] = '/';
      } else if (months == 0 || years > 0) {
        table.findings[i].push_back({.column = *index,
                                     .what = "may be a month or a year that spans two",
                                     .remedy = "Write the month as Aug-07, the year as 2007/08."});
      }
    }
  }
}

void CountDaysFrom1900(const Dataset& dataset, CsvTable& table) {
  constexpr int kDaysBetween = 1462;
  for (const Column& column : dataset.columns) {
    const auto index = IndexOf(table.header, column.name);
    const bool of_days = column.kind == CellKind::kDay || column.kind == CellKind::kMonth ||
                         column.kind == CellKind::kDayOrMonth;
    if (!index || !of_days) continue;
    for (auto& row : table.rows) {
      if (*index >= row.size() || !IsDayNumber(row[*index])) continue;
      const auto whole = Whole(std::string_view(row[*index]).substr(0, row[*index].find('.')));
      row[*index] = std::to_string(*whole + kDaysBetween);
    }
  }
}

std::size_t BringIntoForm(const Dataset& dataset, CsvTable& table) {
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
  std::size_t rounded = 0;
  for (auto& row : table.rows) {
    if (absence && *absence < row.size() && *value < row.size()) {
      BringAbsence(row[*value], row[*absence]);
    }
    for (const auto& [index, kind] : columns) {
      if (index < row.size()) rounded += BringCell(kind, row[index]) ? 1 : 0;
    }
  }
  return rounded;
}

}  // namespace daybook::cli
