#include "services/ingest/cell_forms.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "fmt/format.h"
#include "proto/values/civil.h"
#include "proto/values/period.h"
#include "proto/values/precision.h"
#include "proto/values/text.h"
#include "services/ingest/written_day.h"
#include "services/ingest/written_number.h"
#include "services/ingest/written_sign.h"

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

// The zeros before a number, which a format may show.
std::string WithoutZeros(std::string digits) {
  const std::size_t first = digits.find_first_not_of("+-");
  while (first < digits.size() && digits[first] == '0' && first + 1 < digits.size() &&
         digits[first + 1] != '.') {
    digits.erase(first, 1);
  }
  return digits;
}

constexpr std::string_view kNoFigure = "none";
constexpr std::string_view kBelow = "suppressed-below-";

// What a sign may stand for. In a printed table a cell may just as well say that there is no
// figure.
Question AboutSign(std::string_view id, std::string_view sign, bool has_absence, bool is_printed) {
  Question question{
      .id = std::string(id),
      .what = fmt::format("\"{}\" may stand for nought or for no number. What does it "
                          "stand for in this file?",
                          sign)};
  question.readings = {{"0", "nought"}};
  if (has_absence) {
    question.readings.push_back({"not-collected", "nobody counts it"});
    question.readings.push_back({"not-applicable", "it makes no sense here"});
    question.readings.push_back({"not-yet-due", "it will come"});
    question.readings.push_back({std::string(kBelow) + "5",
                                 "a number below 5 that is not told (any other number likewise)"});
  }
  if (is_printed) question.readings.push_back({std::string(kNoFigure), "no figure: not stored"});
  return question;
}

class Former {
 public:
  Former(const DatasetSpec& dataset, Table& table, Inquiry* inquiry)
      : dataset_(dataset), table_(table), inquiry_(inquiry) {}

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
      case CellKind::kKey:
      case CellKind::kPersonKey:
      case CellKind::kAge:
        break;
      case CellKind::kWord:
        cell = WordIn(cell);
        break;
      case CellKind::kDay:
        Replace(cell, DayIn(cell));
        break;
      case CellKind::kMoment:
        Replace(cell, MomentIn(cell));
        break;
      case CellKind::kTime:
        Replace(cell, TimeIn(cell));
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
    Cell(column) = WithoutZeros(std::move(number->digits));
    rounded_ += RoundDecimals(Cell(column)) ? 1 : 0;
    return true;
  }

  void BringValue(std::size_t column) {
    if (BringNumber(column, UnitSign::kNone)) return;
    const std::string cell = Cell(column);
    if (const auto sign = SignIn(cell); !sign.empty()) return BringSign(column, sign, cell);
    if (dataset_.Find("absence") != nullptr && BringAbsence(column, cell)) return;
    BringWords(column, cell);
  }

  void BringSign(std::size_t column, std::string_view sign, const std::string& cell) {
    if (inquiry_ == nullptr) {
      table_.AddFinding(row_, {.column = column,
                               .what = "is a sign that may stand for nought or for no number",
                               .remedy = "Write 0 for nought, n/a where it does not apply, <5 for "
                                         "a number below 5, else why there is none into the column "
                                         "absence."});
      return;
    }
    const bool has_absence = dataset_.Find("absence") != nullptr;
    const auto choice = AskAboutSign(sign, cell, has_absence);
    if (!choice) return;
    if (*choice == "0") {
      Cell(column) = "0";
    } else if (choice->starts_with(kBelow)) {
      SetAbsence(column, "suppressed-below", choice->substr(kBelow.size()));
    } else {
      SetAbsence(column, *choice, "");
    }
  }

  // Asked in every row until it is asked in enough of them; a file may have a million.
  std::optional<std::string> AskAboutSign(std::string_view sign, const std::string& cell,
                                          bool has_absence) {
    constexpr std::size_t kTimesMax = 20;
    Answered& answered = signs_[std::string(sign)];
    if (answered.choice || answered.times++ > kTimesMax) return answered.choice;
    Question question = AboutSign(sign, cell, has_absence, !table_.labels.empty());
    if (row_ < table_.lines.size()) question.lines = {table_.lines[row_]};
    answered.choice = inquiry_->Ask(std::move(question), [&](const std::string& text) {
      const bool below = has_absence && text.starts_with(kBelow) &&
                         values::IsDigits(std::string_view(text).substr(kBelow.size()));
      return std::string(below ? "" : "is none of the choices");
    });
    return answered.choice;
  }

  // False where the row gives another reason in its own column.
  bool SetAbsence(std::size_t column, const std::string& absence, const std::string& below) {
    std::string& said = Cell(ColumnFor("absence"));
    if (!said.empty() && WordIn(said) != absence) return false;
    said = absence;
    Cell(column) = below;
    return true;
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
    return SetAbsence(column, absence, below);
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
  Inquiry* const inquiry_;
  struct Answered {
    std::optional<std::string> choice = {};
    std::size_t times = 0;
  };
  std::map<std::string, Answered> signs_;  // by question
  std::size_t row_ = 0;
  std::size_t rounded_ = 0;
};

}  // namespace

namespace {

// What a column of periods holds: cells that may be a month or a year, and what the others are.
struct YearsAndMonths {
  std::vector<std::size_t> unsettled;  // rows
  std::size_t years = 0;
  std::size_t months = 0;
};

YearsAndMonths CountYearsAndMonths(const Table& table, std::size_t column) {
  YearsAndMonths counts;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    if (column >= table.rows[i].size()) continue;
    const std::string& cell = table.rows[i][column];
    if (MayBeYearOrMonth(cell)) {
      counts.unsettled.push_back(i);
    } else if (const auto period = values::ParsePeriod(PeriodIn(cell).value_or(cell))) {
      counts.years += period->kind == values::PeriodKind::kPlanYear ? 1 : 0;
      counts.months += period->kind == values::PeriodKind::kMonth ? 1 : 0;
    }
  }
  return counts;
}

// nullopt where it is not answered.
std::optional<bool> AskWhetherYears(const std::string& cell, std::uint32_t line, Inquiry& inquiry) {
  const std::string year = cell.substr(0, 4) + "/" + cell.substr(5);
  const auto choice =
      inquiry.Ask({.id = "years-or-months",
                   .what = fmt::format("{} may be a month or a year that spans two. Which of the "
                                       "two is meant in this file?",
                                       cell),
                   .lines = {line},
                   .readings = {{"months", "the month " + cell},
                                {"years", "the year " + year + ", April to March"}}});
  if (!choice) return std::nullopt;
  return *choice == "years";
}

}  // namespace

void SettleYearsAndMonths(const DatasetSpec& dataset, Table& table, Inquiry* inquiry) {
  for (const ColumnSpec& column : dataset.columns) {
    const auto index = IndexOf(table.header, column.name);
    if (!index || column.kind != CellKind::kPeriod) continue;
    const YearsAndMonths counts = CountYearsAndMonths(table, *index);
    const bool is_settled = (counts.years == 0) != (counts.months == 0);
    for (const std::size_t i : counts.unsettled) {
      std::string& cell = table.rows[i][*index];
      std::optional<bool> are_years;
      if (is_settled) {
        are_years = counts.years > 0;
      } else if (inquiry != nullptr) {
        are_years = AskWhetherYears(cell, table.lines[i], *inquiry);
        if (!are_years) continue;
      }
      if (!are_years) {
        table.AddFinding(i, {.column = *index,
                             .what = "may be a month or a year that spans two",
                             .remedy = "Write the month as Aug-07, the year as 2007/08."});
      } else if (*are_years) {
        cell[4] = '/';
      }
    }
  }
}

void CountDaysFrom1900(const DatasetSpec& dataset, Table& table) {
  constexpr int kDaysBetween = 1462;
  for (const ColumnSpec& column : dataset.columns) {
    const auto index = IndexOf(table.header, column.name);
    const bool of_days = column.kind == CellKind::kDay || column.kind == CellKind::kMonth ||
                         column.kind == CellKind::kDayOrMonth || column.kind == CellKind::kMoment;
    if (!index || !of_days) continue;
    for (auto& row : table.rows) {
      if (*index >= row.size()) continue;
      std::string& cell = row[*index];
      const auto day = ExcelDay(cell);
      if (!day) continue;
      const std::size_t time = MomentIn(cell)->find('T');
      const std::string clock = time == std::string::npos ? "" : MomentIn(cell)->substr(time);
      cell = values::FormatDay(values::AddDays(*day, kDaysBetween)) + clock;
    }
  }
}

std::size_t BringIntoForm(const DatasetSpec& dataset, Table& table, Inquiry* inquiry) {
  table.FillRows();
  return Former(dataset, table, inquiry).Run();
}

}  // namespace daybook::ingest
