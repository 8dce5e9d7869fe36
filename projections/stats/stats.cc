#include "projections/stats/stats.h"

#include <algorithm>

namespace daybook::stats {
namespace {

std::optional<Ratio> PercentOf(const Decimal& part, const Decimal& whole) {
  if (whole.IsNegative()) return std::nullopt;
  return values::PercentRatio(part, whole);
}

}  // namespace

std::optional<Ratio> RatePer1000(const Decimal& count, const Decimal& population) {
  if (population.IsNegative()) return std::nullopt;
  return Ratio::Of(count * Decimal(1000), population);
}

std::vector<std::optional<Place>> Rank(const std::vector<std::optional<Ratio>>& values) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i]) order.push_back(i);
  }
  std::ranges::stable_sort(order,
                           [&](std::size_t a, std::size_t b) { return *values[b] < *values[a]; });
  std::vector<std::optional<Place>> places(values.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t next = first + 1;
    while (next < order.size() && *values[order[next]] == *values[order[first]]) ++next;
    for (std::size_t i = first; i < next; ++i) {
      places[order[i]] = Place{.rank = static_cast<int>(first) + 1, .tied = next - first > 1};
    }
    first = next;
  }
  return places;
}

bool RatesDiffer(const CountAmong& a, const CountAmong& b) {
  static const Decimal kSquaredQuantile = Decimal::FromUnscaled(38416, 4);  // 1.96^2
  const Decimal difference = a.count * b.among - b.count * a.among;
  return difference * difference > kSquaredQuantile * (a.count + b.count) * a.among * b.among;
}

std::vector<PlaceRange> PlaceRanges(const std::vector<CountAmong>& rates) {
  const int all = static_cast<int>(rates.size());
  std::vector<PlaceRange> ranges;
  ranges.reserve(rates.size());
  for (const CountAmong& rate : rates) {
    PlaceRange range{.best = 1, .worst = all};
    for (const CountAmong& other : rates) {
      if (!RatesDiffer(rate, other)) continue;
      const bool other_is_higher = other.count * rate.among > rate.count * other.among;
      if (other_is_higher) {
        ++range.best;
      } else {
        --range.worst;
      }
    }
    ranges.push_back(range);
  }
  return ranges;
}

Parts SumOfParts(const std::vector<Parts>& parts) {
  Parts sum;
  for (const Parts& each : parts) {
    sum.part += each.part;
    sum.whole += each.whole;
  }
  return sum;
}

std::optional<Ratio> PercentOfSums(const std::vector<Parts>& parts) {
  const Parts sum = SumOfParts(parts);
  return PercentOf(sum.part, sum.whole);
}

std::vector<std::optional<Ratio>> SharesOfSum(const std::vector<Decimal>& values) {
  Decimal sum;
  for (const Decimal& value : values) sum += value;
  std::vector<std::optional<Ratio>> shares;
  shares.reserve(values.size());
  for (const Decimal& value : values) shares.push_back(PercentOf(value, sum));
  return shares;
}

}  // namespace daybook::stats
