#include "services/ingest/number_text.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "eventstore/core/civil_day.h"
#include "fmt/format.h"
#include "proto/values/civil.h"

namespace daybook::ingest {
namespace {

constexpr int kDigits = 15;
constexpr std::int64_t kSecondsOfDay = 86'400;
// Excel's day 1 is 1 January 1900 and its day 60 is 29 February 1900, which did not exist; from day
// 61 on, days count from 30 December 1899. With the other setting they count from 1 January 1904.
constexpr std::int64_t kFirstSureDay = 61;
constexpr std::int64_t kLastDay = 2'958'465;  // 31 December 9999
constexpr std::int64_t kUnixFrom1900 = 25'569;
constexpr std::int64_t kUnixFrom1904 = 24'107;

// The number times ten to the power of `shift`.
std::string Shifted(double value, int shift) {
  // "-1.23456789012345e+16"
  const std::string scientific = fmt::format("{:.{}e}", std::fabs(value), kDigits - 1);
  const std::size_t e = scientific.find('e');
  std::string digits = scientific.substr(0, 1) + scientific.substr(2, e - 2);
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  if (digits == "0") return "0";
  const int point = std::atoi(scientific.c_str() + e + 1) + 1 + shift;  // digits before the point
  std::string text;
  if (point <= 0) {
    text = "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  } else if (digits.size() <= static_cast<std::size_t>(point)) {
    text = digits + std::string(static_cast<std::size_t>(point) - digits.size(), '0');
  } else {
    text = digits.substr(0, static_cast<std::size_t>(point)) + "." +
           digits.substr(static_cast<std::size_t>(point));
  }
  return value < 0 ? "-" + text : text;
}

// With zeros before a whole number up to the width that its format shows.
std::string Widened(std::string text, std::size_t width) {
  const bool digits = text.find_first_not_of("0123456789") == std::string::npos;
  if (digits && text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

std::string TimeText(std::int64_t seconds) {
  return fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

WorkbookCell DayCell(double value, NumberForm form, bool days_from_1904) {
  const std::int64_t first = days_from_1904 ? 0 : kFirstSureDay;
  if (!(value >= static_cast<double>(first) && value < static_cast<double>(kLastDay + 1))) {
    return {.text = "", .fault = CellFault::kNoDay};
  }
  // To the second: a third of a day has no exact number.
  const auto seconds = static_cast<std::int64_t>(std::llround(value * kSecondsOfDay));
  const std::int64_t day = seconds / kSecondsOfDay;
  if (day > kLastDay) return {.text = "", .fault = CellFault::kNoDay};
  const std::int64_t unix_day = day - (days_from_1904 ? kUnixFrom1904 : kUnixFrom1900);
  const eventstore::CivilDay civil{static_cast<std::int32_t>(unix_day)};
  if (form == NumberForm::kMonth) {
    // In words: 2007-08 may also be a year that spans two.
    constexpr std::array<std::string_view, 12> kNames = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const values::Date date = values::DateOf(civil);
    return {.text = fmt::format("{} {:04}", kNames.at(static_cast<std::size_t>(date.month - 1)),
                                date.year)};
  }
  std::string text = values::FormatDay(civil);
  const std::int64_t time = seconds % kSecondsOfDay;
  if (form == NumberForm::kMoment && time != 0) text += "T" + TimeText(time);
  return {.text = std::move(text), .fault = CellFault::kNone, .is_date = true};
}

}  // namespace

std::string DecimalText(double value) { return Shifted(value, 0); }

std::string PercentText(double value) { return Shifted(value, 2); }

WorkbookCell NumberCell(double value, const NumberFormat& format, bool days_from_1904) {
  switch (format.form) {
    case NumberForm::kPlain:
      return {.text = Widened(DecimalText(value), format.width) + format.sign};
    case NumberForm::kText:
      return {.text = DecimalText(value)};
    case NumberForm::kPercent:
      return {.text = PercentText(value) + "%"};
    case NumberForm::kCurrency:
      return {.text = value < 0 ? "-" + format.sign + DecimalText(-value)
                                : format.sign + DecimalText(value)};
    case NumberForm::kTime:
      if (value < 0 || value > kLastDay) return {.text = "", .fault = CellFault::kNoDay};
      return {.text = TimeText(std::llround(value * kSecondsOfDay))};
    case NumberForm::kDay:
    case NumberForm::kMonth:
    case NumberForm::kMoment:
      return DayCell(value, format.form, days_from_1904);
    case NumberForm::kScaled:
      return {.text = "", .fault = CellFault::kScaled};
    case NumberForm::kHidden:
      return {.text = "", .fault = CellFault::kHidden};
  }
  return {};
}

}  // namespace daybook::ingest
