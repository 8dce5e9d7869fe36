#include "proto/values/civil.h"

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace daybook::values {
namespace {

constexpr int kYearMin = 1;
constexpr int kYearMax = 9999;

constexpr std::int64_t kHourMicros = 3'600'000'000;
constexpr std::int64_t kDayMicros = 24 * kHourMicros;

std::chrono::year_month_day Ymd(CivilDay day) {
  return std::chrono::year_month_day(std::chrono::sys_days(std::chrono::days(day.days)));
}

CivilDay DayFrom(std::chrono::year_month_day date) {
  return CivilDay{
      static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count())};
}

std::chrono::year_month_day MakeYmd(int year, int month, int day) {
  return {std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
          std::chrono::day(static_cast<unsigned>(day))};
}

// The digits of text[from, from + count) as a number; -1 where one of them is none.
int Digits(std::string_view text, std::size_t from, std::size_t count) {
  int number = 0;
  for (const char c : text.substr(from, count)) {
    if (c < '0' || c > '9') return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

void AppendPadded(std::string& text, int number, std::size_t width) {
  const std::string digits = std::to_string(number);
  text.append(width - std::min(width, digits.size()), '0').append(digits);
}

}  // namespace

std::optional<CivilDay> ParseDay(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  return DayOf({Digits(text, 0, 4), Digits(text, 5, 2), Digits(text, 8, 2)});
}

std::string FormatDay(CivilDay day) {
  std::string text = FormatMonth(day) + "-";
  AppendPadded(text, DateOf(day).day, 2);
  return text;
}

std::optional<CivilDay> ParseMonth(std::string_view text) {
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  return DayOf({Digits(text, 0, 4), Digits(text, 5, 2), 1});
}

std::string FormatMonth(CivilDay day) {
  const Date date = DateOf(day);
  std::string text;
  AppendPadded(text, date.year, 4);
  text += '-';
  AppendPadded(text, date.month, 2);
  return text;
}

Date DateOf(CivilDay day) {
  const std::chrono::year_month_day date = Ymd(day);
  return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day()))};
}

std::optional<CivilDay> DayOf(Date date) {
  if (date.year < kYearMin || date.year > kYearMax || date.month < 1 || date.month > 12 ||
      date.day < 1 || date.day > DaysInMonth(date.year, date.month)) {
    return std::nullopt;
  }
  return DayFrom(MakeYmd(date.year, date.month, date.day));
}

CivilDay FirstOf(int year, int month) { return DayFrom(MakeYmd(year, month, 1)); }

bool IsLeapYear(int year) { return std::chrono::year(year).is_leap(); }

int DaysInMonth(int year, int month) {
  const std::chrono::year_month_day_last last(
      std::chrono::year(year),
      std::chrono::month_day_last(std::chrono::month(static_cast<unsigned>(month))));
  return static_cast<int>(static_cast<unsigned>(last.day()));
}

CivilDay AddMonths(CivilDay day, int months) {
  const std::chrono::year_month_day date = Ymd(day);
  const std::chrono::year_month month = date.year() / date.month() + std::chrono::months(months);
  const std::chrono::day last = (month / std::chrono::last).day();
  return DayFrom(month / std::min(date.day(), last));
}

CivilDay FirstOfMonth(CivilDay day) { return AddDays(day, 1 - DateOf(day).day); }

CivilDay LastOfMonth(CivilDay day) { return AddDays(AddMonths(FirstOfMonth(day), 1), -1); }

Instant StartOfDay(CivilDay day) {
  // London is at UTC or one hour ahead of it, and the clocks change at 01:00 UTC: the day begins at
  // 23:00 UTC of the day before exactly when that instant belongs to it already.
  const Instant midnight_utc{day.days * kDayMicros};
  const Instant hour_before{midnight_utc.micros - kHourMicros};
  return LondonDay(hour_before) == day ? hour_before : midnight_utc;
}

Instant EndOfDay(CivilDay day) { return Instant{StartOfDay(AddDays(day, 1)).micros - 1}; }

}  // namespace daybook::values
