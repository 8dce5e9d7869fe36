#include "projections/calendar/calendar.h"

#include <algorithm>
#include <cassert>
#include <cstdint>

namespace daybook::calendar {
namespace {

using values::AddDays;
using values::AddMonths;
using values::Date;
using values::DateOf;
using values::FirstOfMonth;

// The year in which the twelve months that begin in `first_month` and hold the day begin.
int StartYear(CivilDay day, int first_month) {
  const Date date = DateOf(day);
  return date.month >= first_month ? date.year : date.year - 1;
}

bool IsWholeMonths(const Period& period) {
  return FirstOfMonth(period.start) == period.start &&
         FirstOfMonth(period.end_exclusive) == period.end_exclusive;
}

int MonthsBetween(CivilDay from, CivilDay to) {
  const Date a = DateOf(from);
  const Date b = DateOf(to);
  return (b.year - a.year) * 12 + b.month - a.month;
}

}  // namespace

Period MonthOf(CivilDay day) {
  const Date date = DateOf(day);
  return values::Month(date.year, date.month);
}

Period QuarterOf(CivilDay day) { return values::Quarter(StartYear(day, 4), QuarterNo(day)); }

Period PlanYearOf(CivilDay day) { return values::PlanYear(StartYear(day, 4)); }

Period AssessmentYearOf(CivilDay day) { return values::AssessmentYear(StartYear(day, 10)); }

Period CalendarYearOf(CivilDay day) { return values::CalendarYear(DateOf(day).year); }

Period Rolling12Ending(CivilDay day) {
  const Date date = DateOf(day);
  return values::Rolling12To(date.year, date.month);
}

std::vector<Period> QuartersOfPlanYear(CivilDay day) {
  std::vector<Period> quarters;
  for (int quarter = 1; quarter <= 4; ++quarter) {
    quarters.push_back(values::Quarter(StartYear(day, 4), quarter));
  }
  return quarters;
}

int QuarterNo(CivilDay day) {
  const int months_after_april = (DateOf(day).month + 8) % 12;
  return months_after_april / 3 + 1;
}

Period PreviousOf(const Period& period) {
  if (period.kind != PeriodKind::kDay && IsWholeMonths(period)) {
    const int months = MonthsBetween(period.start, period.end_exclusive);
    return {period.kind, AddMonths(period.start, -months), period.start};
  }
  return {period.kind, AddDays(period.start, -period.Days()), period.start};
}

Period YearBefore(const Period& period) {
  const CivilDay start = AddMonths(period.start, -12);
  if (IsWholeMonths(period)) return {period.kind, start, AddMonths(period.end_exclusive, -12)};
  return {period.kind, start, AddDays(AddMonths(period.LastDay(), -12), 1)};
}

std::optional<std::vector<Period>> MonthsOf(const Period& period) {
  if (!IsWholeMonths(period)) return std::nullopt;
  std::vector<Period> months;
  for (CivilDay first = period.start; first < period.end_exclusive; first = AddMonths(first, 1)) {
    months.push_back(MonthOf(first));
  }
  return months;
}

int ElapsedQuarters(const Period& plan_year, CivilDay last_day) {
  const CivilDay after = AddDays(last_day, 1);
  if (after <= plan_year.start) return 0;
  return std::min(MonthsBetween(plan_year.start, after) / 3, 4);
}

Decimal ElapsedFraction(int quarters) {
  assert(quarters >= 0 && quarters <= 4);
  return Decimal::FromUnscaled(std::int64_t{25} * quarters, 2).Trimmed();
}

Decimal StraightLine(const Decimal& threshold, int quarters) {
  return (threshold * ElapsedFraction(quarters)).Trimmed();
}

}  // namespace daybook::calendar
