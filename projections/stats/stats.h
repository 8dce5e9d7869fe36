// Rates, ranks and shares of sums. Exact; only what is shown is rounded, half up. Pure, any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "proto/values/decimal.h"

namespace daybook::stats {

using values::Decimal;
using values::Ratio;

// count / population * 1,000, unrounded; nullopt for a population of 0 or less.
std::optional<Ratio> RatePer1000(const Decimal& count, const Decimal& population);

// Places from 1 = highest, on the unrounded values. Equal values share the place, and the next one
// counts those above it: 9, 7, 7, 5 are 1, 2, 2, 4. A missing value (nullopt: no population, not
// collected) gets no place and moves nobody. Same order as the input.
struct Place {
  int rank = 0;       // from 1
  bool tied = false;  // shared with another
  friend bool operator==(const Place&, const Place&) = default;
};
std::vector<std::optional<Place>> Rank(const std::vector<std::optional<Ratio>>& values);

// A part and its whole, to be added up before they are divided: the share of a year is never the
// mean of its quarters' shares.
struct Parts {
  Decimal part;
  Decimal whole;
};
Parts Sum(const std::vector<Parts>& parts);

// 100 * sum of parts / sum of wholes, unrounded; nullopt for none or a whole of 0 or less.
std::optional<Ratio> PercentOfSums(const std::vector<Parts>& parts);

// 100 * each / sum of all, unrounded; all nullopt where the sum is 0 or less.
std::vector<std::optional<Ratio>> SharesOfSum(const std::vector<Decimal>& values);

}  // namespace daybook::stats
