#include "services/ingest/cell_forms.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "proto/values/civil.h"
#include "proto/values/period.h"
#include "proto/values/precision.h"
#include "services/ingest/written_day.h"
#include "services/ingest/written_number.h"

namespace daybook::ingest {
namespace {

using types::v1::Quantity;

// Debian's Abseil has a string_view of its own.
std::string Lower(std::string_view text) { return absl::AsciiStrToLower(std::string(text)); }

// "Not started", "not_started" -> "not-started".
std::string WordIn(std::string_view text) {
  std::string word = Lower(text);
  std::ranges::replace_if(
      word, [](char c) { return c == ' ' || c == '_'; }, '-');
  return word;
}

void Replace(std::string& cell, const std::optional<std::string>& form) {
  if (form) cell = *form;
}

bool IsNotApplicable(std::string_view cell) {
  const std::string lower = Lower(cell);
  return lower == "n/a" || lower == "na" || lower == "not applicable";
}

// Offices write these for nought, for a number that is too small to print, and for one that is not
// known.
bool IsUnclearSign(std::string_view cell) {
  static constexpr std::array<std::string_view, 8> kSigns = {
      "-", "--", "\xE2\x80\x93", "\xE2\x80\x94", "*", "..", "...", "\xE2\x80\xA6"};
  return std::ranges::find(kSigns, cell) != kSigns.end();
}

class Former {
 public:
  Former(const DatasetSpec& dataset, Table& table) : dataset_(dataset), table_(table) {}

  std::size_t Run() {
    std::vector<std::pair<std::size_t, CellKind>> columns;
    for (const ColumnSpec& column : dataset_.columns) {
      const auto index = IndexOf(table_.header, column.name);
      if (index && column.kind != CellKind::kText) columns.emplace_back(*index, column.kind);
    }
    for (row_ = 0; row_ < table_.rows.size(); ++row_) {
      for (const auto& [index, kind] : columns) {
        if (!table_.rows[row_][index].empty()) BringCell(kind, index);
      }
    }
    return rounded_;
  }

 private:
  std::string& Cell(std::size_t column) { return table_.rows[row_][column]; }

  void BringCell(CellKind kind, std::size_t column) {
    std::string& cell = Cell(column);
    switch (kind) {
      case CellKind::kText:
        break;
      case CellKind::kWord:
        cell = WordIn(cell);
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
      case CellKind::kYear:
        if (MayBeYearOrMonth(cell)) cell[4] = '/';
        [[fallthrough]];
      case CellKind::kPeriod:
        Replace(cell, PeriodIn(cell));
        break;
      case CellKind::kNumber:
        BringNumber(column, UnitSign::kNone);
        break;
      case CellKind::kPercent:
        BringNumber(column, UnitSign::kPercent);
        break;
      case CellKind::kMoney:
        BringNumber(column, UnitSign::kPounds);
        break;
      case CellKind::kValue:
        BringValue(column);
        break;
    }
  }

  // Whether it is one.
  bool BringNumber(std::size_t column, UnitSign allowed) {
    auto number = NumberIn(Cell(column));
    if (!number) return false;
    if (number->sign != UnitSign::kNone && number->sign != allowed) {
      const bool percent = number->sign == UnitSign::kPercent;
      table_.AddFinding(
          row_, {.column = column,
                 .what = percent ? "is a percentage, and the column holds none"
                                 : "is a sum of money, and the column holds none",
                 .remedy = percent ? "Put a percentage into the column for percentages; if this is "
                                     "the number that is wanted, write it without the sign."
                                   : "If this is the number that is wanted, write it without the "
                                     "sign."});
      return true;
    }
    Cell(column) = std::move(number->digits);
    rounded_ += RoundDecimals(Cell(column)) ? 1 : 0;
    return true;
  }

  void BringValue(std::size_t column) {
    if (BringNumber(column, UnitSign::kNone)) return;
    const std::string cell = Cell(column);
    if (IsUnclearSign(cell)) {
      table_.AddFinding(row_, {.column = column,
                               .what = "is a sign that may stand for nought or for no number",
                               .remedy = "Write 0 for nought, n/a where it does not apply, <5 for "
                                         "a number below 5, else why there is none into the column "
                                         "absence."});
      return;
    }
    if (dataset_.Find("absence") != nullptr && BringAbsence(column, cell)) return;
    BringWords(column, cell);
  }

  bool BringAbsence(std::size_t column, std::string_view cell) {
    std::string absence;
    std::string below;
    if (IsNotApplicable(cell)) {
      absence = "not-applicable";
    } else if (cell.starts_with('<') && !cell.starts_with("<=")) {
      cell.remove_prefix(std::min(cell.find_first_not_of("< "), cell.size()));
      const auto number = NumberIn(cell);
      if (!number || number->sign != UnitSign::kNone) return false;
      absence = "suppressed-below";
      below = number->digits;
    } else {
      return false;
    }
    std::string& said = Cell(ColumnFor("absence"));
    if (!said.empty() && WordIn(said) != absence) return false;
    said = std::move(absence);
    Cell(column) = std::move(below);
    return true;
  }

  // Only where the row does not say the same in its own columns.
  void BringWords(std::size_t column, std::string_view cell) {
    const auto quantity = values::QuantityFromText(cell);
    if (!quantity || quantity->absence() != Quantity::ABSENCE_UNSPECIFIED) return;
    const std::string words(values::PrecisionWords(quantity->precision()));
    for (const auto& [name, text] :
         {std::pair<std::string_view, const std::string&>("precision", words),
          {"upper", quantity->upper()}}) {
      if (text.empty()) continue;
      const auto there = IndexOf(table_.header, name);
      if (dataset_.Find(name) == nullptr || (there && !Cell(*there).empty())) return;
    }
    if (!words.empty()) Cell(ColumnFor("precision")) = words;
    if (!quantity->upper().empty()) Cell(ColumnFor("upper")) = quantity->upper();
    Cell(column) = quantity->value();
  }

  // Made where the file lacks it.
  std::size_t ColumnFor(std::string_view name) {
    if (const auto index = IndexOf(table_.header, name)) return *index;
    table_.header.emplace_back(name);
    for (auto& row : table_.rows) {
      row.insert(row.begin() + static_cast<std::ptrdiff_t>(table_.header.size()) - 1, "");
    }
    return table_.header.size() - 1;
  }

  const DatasetSpec& dataset_;
  Table& table_;
  std::size_t row_ = 0;
  std::size_t rounded_ = 0;
};

}  // namespace

void SettleYearsAndMonths(const DatasetSpec& dataset, Table& table) {
  for (const ColumnSpec& column : dataset.columns) {
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
        table.AddFinding(i, {.column = *index,
                             .what = "may be a month or a year that spans two",
                             .remedy = "Write the month as Aug-07, the year as 2007/08."});
      }
    }
  }
}

void CountDaysFrom1900(const DatasetSpec& dataset, Table& table) {
  constexpr int kDaysBetween = 1462;
  for (const ColumnSpec& column : dataset.columns) {
    const auto index = IndexOf(table.header, column.name);
    const bool of_days = column.kind == CellKind::kDay || column.kind == CellKind::kMonth ||
                         column.kind == CellKind::kDayOrMonth;
    if (!index || !of_days) continue;
    for (auto& row : table.rows) {
      if (*index >= row.size()) continue;
      const auto day = ExcelDay(row[*index]);
      if (day) row[*index] = values::FormatDay(values::AddDays(*day, kDaysBetween));
    }
  }
}

std::size_t BringIntoForm(const DatasetSpec& dataset, Table& table) {
  table.FillRows();
  return Former(dataset, table).Run();
}

}  // namespace daybook::ingest
