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

// Events counted among so many people (or of anything else that they could happen to).
struct CountAmong {
  Decimal count;  // 0 or more
  Decimal among;  // more than 0
};

// Whether two rates differ by more than the noise of counts: the counts are taken as Poisson, and
// given their sum each event would fall to the first with the chance n1 / (n1 + n2) if the rates
// were alike; they differ where the first count is further than 1.96 standard deviations from that
// (two-sided, 95%): (c1 n2 - c2 n1)^2 > 1.96^2 (c1 + c2) n1 n2. Przyborowski and Wilenski (1940).
bool RatesDiffer(const CountAmong& a, const CountAmong& b);

// The places that the noise of counts leaves open for each: from one below those that are surely
// higher to one above those that are surely lower. `rates` has no gaps; same order.
struct PlaceRange {
  int best = 0;   // from 1
  int worst = 0;  // up to the number of rates
  friend bool operator==(const PlaceRange&, const PlaceRange&) = default;
};
std::vector<PlaceRange> PlaceRanges(const std::vector<CountAmong>& rates);

// A part and its whole, to be added up before they are divided: the share of a year is never the
// mean of its quarters' shares.
struct Parts {
  Decimal part;
  Decimal whole;
};
Parts SumOfParts(const std::vector<Parts>& parts);

// 100 * sum of parts / sum of wholes, unrounded; nullopt for none or a whole of 0 or less.
std::optional<Ratio> PercentOfSums(const std::vector<Parts>& parts);

// 100 * each / sum of all, unrounded; all nullopt where the sum is 0 or less.
std::vector<std::optional<Ratio>> SharesOfSum(const std::vector<Decimal>& values);

}  // namespace daybook::stats
