// What a series says of a period, whatever the periods that it was returned for: the figure of just
// that period, or the sum of its months and quarters. So a measure returned by months can be read
// in plan years, assessment years, rolling twelve months or any range without being sent again.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "projections/reports/dates.h"
#include "projections/reports/figure.h"
#include "projections/reports/series.h"

namespace daybook::reports {

struct PeriodValue {
  std::string words;                 // empty: there is no figure
  std::optional<Decimal> exact;      // set where a change may be computed from it
  std::uint32_t version = 0;         // of the measure's definition
  std::vector<std::string> missing;  // months, where it would be a sum of months
  bool broken = false;               // no sum: a break, or two definitions, lie within the period
  bool back_loaded = false;
  std::vector<std::uint64_t> positions;  // of the facts that it is made of

  bool IsHeld() const { return !words.empty() || !missing.empty() || broken; }
};

// A figure of just this period goes before a sum, a quarter before its months. They are added where
// they are counted in the period (no states, no means, no figures to date) and no month is missing;
// a series that has none of the months is not held rather than missing them. What is booked or
// planned is no figure of a period yet.
PeriodValue ValueOf(const views::RegisterView& names, const Series& series, const Period& period);

// Records counted in a period: no figure where months are missing.
PeriodValue CountedValue(std::uint64_t count, std::vector<std::string> missing);

// The months that are not among those held.
std::vector<std::string> MissingMonths(const std::vector<std::string>& months,
                                       const std::set<std::string>& held);

// Whether a change from one period to the other makes no sense: a declared break, or another
// version of the definition, lies between them. Of measures that are not defined, never.
bool IsBrokenBetween(const views::RegisterView& names, std::string_view measure_id,
                     const Period& earlier, const PeriodValue& before, const Period& later,
                     const PeriodValue& after);

}  // namespace daybook::reports
