// Days, months and periods as reports need them; ISO 8601 text throughout.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daybook/types/v1/types.pb.h"
#include "eventstore/core/ids.h"

namespace daybook::reports {

using types::v1::Period;

std::string IsoDay(eventstore::CivilDay day);

// As people write it, for example "2013-14 Q1"; see values::PeriodLabel.
std::string PeriodLabel(const Period& period);

// The inverse; see values::ParsePeriod for the forms. nullopt for anything else.
std::optional<Period> ParsePeriod(std::string_view text);

// Whether it is well formed: real days, aligned as its kind demands.
bool IsValidPeriod(const Period& period);

// The same days, of whatever kind they are.
bool SamePeriod(const Period& a, const Period& b);
// Every day of `inner` is one of `outer`.
bool Contains(const Period& outer, const Period& inner);

// The period of the same kind just before it; nullopt for a period that is not valid.
std::optional<Period> PreviousPeriod(const Period& period);

// The months "YYYY-MM" of a period that begins and ends with a month; empty for any other.
std::vector<std::string> MonthsOf(const Period& period);

// From one month to another, both included; empty when they are not months or the
// wrong way round. At most a hundred years.
std::vector<std::string> MonthsFromTo(std::string_view from, std::string_view to);

bool IsMonth(std::string_view text);

// The month, quarter or plan year that the month "YYYY-MM" lies in.
Period MonthPeriod(std::string_view month);
Period QuarterOf(std::string_view month);
Period PlanYearOf(std::string_view month);

}  // namespace daybook::reports
