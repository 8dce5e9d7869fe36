// Days and periods in a line of words: "Data correct as at 05/02/2024", "Recorded crime, 1 October
// 2022 to 30 September 2023". Pure.
#pragma once

#include <string_view>
#include <vector>

#include "proto/values/civil.h"
#include "proto/values/period.h"

namespace daybook::ingest {

// The readings of the first day in the line, day before month first: two of 05/02/2024, one of
// 25/02/2024, 2024-02-05 and 5 February 2024. Empty where it has none.
std::vector<values::CivilDay> DayStatedIn(std::string_view line);

// The periods that the line states, each in every kind that it may be: "1 October 2022 to 30
// September 2023" is an assessment year and rolling twelve months; "12 months to January 2024",
// "year ending March 2024", "October to December 2023", "2022-23", "Q1 2013-14", "January 2024". A
// year or a day alone is none: too much may be meant.
std::vector<values::Period> PeriodsStatedIn(std::string_view line);

// The kinds of period that have these days, both included; a range where no other has them.
std::vector<values::Period> PeriodsOf(values::CivilDay first, values::CivilDay last);

}  // namespace daybook::ingest
