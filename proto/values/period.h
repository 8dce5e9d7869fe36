// A span of civil days of one of the field's calendars. Plain value, any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "daybook/types/v1/types.pb.h"
#include "eventstore/core/event.h"
#include "proto/values/civil.h"
#include "proto/values/problem.h"

namespace daybook::values {

// The numbers are those of types.v1.Period.Kind.
enum class PeriodKind : std::uint8_t {
  kDay = 1,
  kMonth = 2,
  kQuarter = 3,         // of the plan year: starts on 1 April, July, October or January
  kPlanYear = 4,        // 1 April to 31 March
  kAssessmentYear = 5,  // 1 October to 30 September
  kCalendarYear = 6,
  kRolling12 = 7,  // exactly twelve months that end at a month's end
  kRange = 8,      // any other span
};

// [start, end_exclusive). Every Period that this room hands out is aligned as its kind demands; one
// put together by hand can be asked with IsAligned.
struct Period {
  PeriodKind kind = PeriodKind::kDay;
  CivilDay start;
  CivilDay end_exclusive;

  CivilDay LastDay() const { return AddDays(end_exclusive, -1); }
  int Days() const { return end_exclusive.days - start.days; }

  friend bool operator==(const Period&, const Period&) = default;
  // By start, then end, then kind: the order of time.
  friend std::strong_ordering operator<=>(const Period& a, const Period& b);
};

bool IsAligned(const Period& period);

// Makers. Months are 1 to 12, quarters 1 to 4 (Q1 = April to June); a year that spans two is named
// by the one in which it starts.
Period DayPeriod(CivilDay day);
Period Month(int year, int month);
Period Quarter(int plan_year, int quarter);
Period PlanYear(int start_year);
Period AssessmentYear(int start_year);
Period CalendarYear(int year);
Period Rolling12To(int year, int month);      // the last of its months
Period Range(CivilDay first, CivilDay last);  // both included; first <= last

// From the wire. nullopt where anything is wrong; each fault is added to `problems` under
// "<field>.kind", "<field>.start_date" or "<field>.end_date": MISSING_FIELD, INVALID_FIELD
// (malformed, end before start, not aligned as the kind demands) or UNKNOWN_VALUE (a kind that is
// not registered).
std::optional<Period> PeriodFromProto(std::string_view field, const types::v1::Period& proto,
                                      Problems& problems);
// The same for stored messages, which were checked at the door: nullopt where it is no period.
std::optional<Period> PeriodFromProto(const types::v1::Period& proto);
types::v1::Period PeriodToProto(const Period& period);

// What people write:
//   2014-06-20               day                 2024-01      month
//   2017-18 Q1               quarter             2017-18      plan year; also 2017/18
//   AY2022-23                assessment year     CY2023       calendar year; also "2023 (calendar)"
//   12m to 2024-01           rolling 12 months   2022-09-01..2023-07-31   range, both days included
// "2009-10" could be a month or a plan year: it is read as the month. Write 2009/10 for the plan
// year (so does PeriodLabel, in the years 2000/01 to 2011/12), or ask with ParsePlanYear. Spaces
// around it are ignored. nullopt for anything else.
std::optional<Period> ParsePeriod(std::string_view text);
// "2009-10" or "2009/10", where only a plan year makes sense.
std::optional<Period> ParsePlanYear(std::string_view text);
// The inverse: ParsePeriod(PeriodLabel(p)) == p.
std::string PeriodLabel(const Period& period);

bool Contains(const Period& period, CivilDay day);
// Every day of `inner` lies in `outer`.
bool Contains(const Period& outer, const Period& inner);
bool Overlaps(const Period& a, const Period& b);

// For the store's effective time.
eventstore::Effective EffectiveOf(const Period& period);
// "No period of its own" where the message is no period.
eventstore::Effective EffectiveOf(const types::v1::Period& proto);

}  // namespace daybook::values
