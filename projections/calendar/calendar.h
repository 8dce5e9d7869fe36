// The calendars of the field: which plan year, quarter and assessment year a day lies in, what came
// before a period, how far a plan year has gone. Pure, any thread; reads no clock.
#pragma once

#include <optional>
#include <vector>

#include "proto/values/civil.h"
#include "proto/values/decimal.h"
#include "proto/values/period.h"

namespace daybook::calendar {

using values::CivilDay;
using values::Decimal;
using values::Period;
using values::PeriodKind;

// The period of that calendar in which the day lies.
Period MonthOf(CivilDay day);
Period QuarterOf(CivilDay day);
Period PlanYearOf(CivilDay day);        // 1 April to 31 March
Period AssessmentYearOf(CivilDay day);  // 1 October to 30 September
Period CalendarYearOf(CivilDay day);

// The twelve months of which the day's month is the last.
Period Rolling12Ending(CivilDay day);

// Q1 (April to June) to Q4 of the plan year in which the day lies.
std::vector<Period> QuartersOfPlanYear(CivilDay day);

// Which quarter of its plan year the day lies in: 1 to 4, 1 = April to June.
int QuarterNo(CivilDay day);

// The period of the same kind just before; for twelve rolling months the twelve before them (no
// shared month), for a range of whole months as many months, for another range as many days.
Period PreviousOf(const Period& period);

// The same period a year earlier: what a seasonal figure is compared with. For a day that its year
// does not have, and for a range that ends on one, the last day of February.
Period YearBefore(const Period& period);

// The calendar months of a period of whole months, in order; nullopt where it begins or ends inside
// one.
std::optional<std::vector<Period>> MonthsOf(const Period& period);

// How many quarters of the plan year have ended by the end of the period: 1 at the end of Q1, 4 at
// the year's end. 0 before the first one ends; never above 4.
int ElapsedQuarters(const Period& plan_year, CivilDay last_day);

// The part of the plan year that is over at the end of that quarter: 0.25, 0.5, 0.75, 1. `quarters`
// 0 to 4.
Decimal ElapsedFraction(int quarters);

// What a target that grows evenly over the plan year would have reached by then, exactly: 10 at the
// end of Q1 is 2.5.
Decimal StraightLine(const Decimal& threshold, int quarters);

}  // namespace daybook::calendar
