// Civil days and months as the contracts write them, and the instants at which a day of
// Europe/London begins and ends. Pure; no time zone database. Years 0001 to 9999.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "eventstore/core/civil_day.h"
#include "eventstore/core/ids.h"

namespace daybook::values {

using eventstore::CivilDay;
using eventstore::Instant;
// The day of an instant in Europe/London: the summer time rule lives with the store's clock.
using eventstore::LondonDay;

struct Date {
  int year = 1970;
  int month = 1;  // 1 to 12
  int day = 1;    // 1 to 31
  friend auto operator<=>(const Date&, const Date&) = default;
};

// "2014-06-20". nullopt for any other form and for a day that does not exist (2023-02-29).
std::optional<CivilDay> ParseDay(std::string_view text);
std::string FormatDay(CivilDay day);

// "2014-06": the month's first day. nullopt for any other form.
std::optional<CivilDay> ParseMonth(std::string_view text);
// The month in which the day lies.
std::string FormatMonth(CivilDay day);

Date DateOf(CivilDay day);
// nullopt for a date that does not exist.
std::optional<CivilDay> DayOf(Date date);
// The first day of a month that does exist (month 1 to 12).
CivilDay FirstOf(int year, int month);

bool IsLeapYear(int year);
int DaysInMonth(int year, int month);

inline CivilDay AddDays(CivilDay day, int days) { return CivilDay{day.days + days}; }
// The same day some months later (or, below zero, earlier), or that month's last day where it has
// no such day: 31 January and one month is 28 or 29 February.
CivilDay AddMonths(CivilDay day, int months);
CivilDay FirstOfMonth(CivilDay day);
CivilDay LastOfMonth(CivilDay day);

// Midnight in Europe/London, at which the day begins.
Instant StartOfDay(CivilDay day);
// The last microsecond of the day in Europe/London.
Instant EndOfDay(CivilDay day);

}  // namespace daybook::values
