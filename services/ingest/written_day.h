// Days, months and periods as offices write them: "31/01/2024", "Jan-24", "Q1 2017-18". Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "proto/values/civil.h"

namespace daybook::ingest {

// "2024-01-31" of 31/01/2024, 31-1-24, 31.01.2024, 31 January 2024, 31 Jan 24, 2024-01-31 00:00:00,
// or Excel's number of a day (45322). Days stand before months, as in the United Kingdom. A time
// with a zone (2024-06-30T23:30:00Z, +01:00) is its day in London; one without is of that day.
// nullopt for anything else, and for a day or time that does not exist.
std::optional<std::string> DayIn(std::string_view text);

// "2024-01-31T14:30" of a day with a time (31/01/2024 14:30, 45322.604), without its seconds; of a
// day alone what DayIn says. A time with a zone is what a clock in London shows then.
std::optional<std::string> MomentIn(std::string_view text);

// "14:30" of 14:30, 14:30:00, 9:05, 1430, 2.30pm, or Excel's part of a day (0.604167).
std::optional<std::string> TimeIn(std::string_view text);

// "2024-01" of January 2024, Jan-24, 01/2024, or of any day of it. nullopt for two numbers of two
// digits (05/06): they may be a day and a month as well.
std::optional<std::string> MonthIn(std::string_view text);

// What offices write for a period, as proto/values/period.h reads it: "2024-01" of Jan-24 or
// Excel's number of its first day, "2017-18" of 2017/18 or 2017-2018, "2017-18 Q1" of Q1 2017-18.
// nullopt for a period that is in its form, for any other day (31/01/2024 may stand for itself or
// for its month), and anything else.
std::optional<std::string> PeriodIn(std::string_view text);

// "2007-08": a month, and a year and the next.
bool MayBeYearOrMonth(std::string_view text);

// The day that a number is in Excel's count from 1900; nullopt for one that is none of 1982 to
// 2063.
std::optional<values::CivilDay> ExcelDay(std::string_view text);

}  // namespace daybook::ingest
