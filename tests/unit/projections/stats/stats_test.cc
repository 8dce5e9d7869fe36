#include "projections/stats/stats.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>

namespace daybook::stats {
namespace {

using ::testing::ElementsAreArray;

Decimal D(std::string_view text) { return Decimal::Parse(text).value(); }

// Five districts of one benchmark: Colchester, Basildon, Chelmsford, Southend, Thurrock.
constexpr std::array<const char*, 5> kPopulations = {"192700", "187500", "181500", "180600",
                                                     "175900"};

struct Benchmark {
  const char* type;
  std::array<int, 5> counts;
  const char* first_rate;  // of the first district, 2 decimals
  std::array<int, 5> count_ranks;
  std::array<int, 5> rate_ranks;
};

std::vector<int> Ranks(const std::vector<std::optional<Ratio>>& values) {
  std::vector<int> ranks;
  for (const std::optional<Place>& place : Rank(values)) ranks.push_back(place ? place->rank : 0);
  return ranks;
}

TEST(Benchmark, RatesAndRanksAgreeWithThePublishedFigure) {
  for (const Benchmark& b : {
           Benchmark{"homicide", {3, 0, 5, 2, 1}, "0.02", {2, 5, 1, 3, 4}, {2, 5, 1, 3, 4}},
           Benchmark{"violence with injury",
                     {1984, 1793, 1424, 1819, 1316},
                     "10.30",
                     {1, 3, 4, 2, 5},
                     {1, 3, 4, 2, 5}},
           Benchmark{"death or injury by unlawful driving",
                     {5, 1, 4, 2, 1},
                     "0.03",
                     {1, 4, 2, 3, 4},
                     {1, 5, 2, 3, 4}},
           Benchmark{"rape", {336, 225, 247, 309, 205}, "1.74", {1, 4, 3, 2, 5}, {1, 4, 3, 2, 5}},
           Benchmark{"other sexual offences",
                     {427, 420, 300, 434, 317},
                     "2.22",
                     {2, 3, 5, 1, 4},
                     {3, 2, 5, 1, 4}},
           Benchmark{"personal robbery",
                     {170, 161, 129, 296, 151},
                     "0.88",
                     {2, 3, 5, 1, 4},
                     {2, 3, 5, 1, 4}},  // 0.859 and 0.858: the rounded rates tie, the ranks do not
           Benchmark{"residential burglary",
                     {444, 580, 638, 565, 467},
                     "2.30",
                     {5, 2, 1, 3, 4},
                     {5, 3, 1, 2, 4}},
           Benchmark{"business burglary",
                     {225, 141, 191, 219, 203},
                     "1.17",
                     {1, 5, 4, 2, 3},
                     {2, 5, 4, 1, 3}},
           Benchmark{"theft from vehicle",
                     {485, 812, 629, 569, 1171},
                     "2.52",
                     {5, 2, 3, 4, 1},
                     {5, 2, 3, 4, 1}},
           Benchmark{"theft of vehicle",
                     {378, 700, 500, 444, 976},
                     "1.96",
                     {5, 2, 3, 4, 1},
                     {5, 2, 3, 4, 1}},
           Benchmark{"bicycle theft",
                     {332, 123, 324, 203, 105},
                     "1.72",
                     {1, 4, 2, 3, 5},
                     {2, 4, 1, 3, 5}},
           Benchmark{"shoplifting",
                     {1157, 1695, 1419, 1231, 1383},
                     "6.00",
                     {5, 1, 2, 4, 3},
                     {5, 1, 3, 4, 2}},
           Benchmark{"domestic abuse",
                     {2761, 3286, 2132, 3095, 2478},
                     "14.33",
                     {3, 1, 5, 2, 4},
                     {3, 1, 5, 2, 4}},
           Benchmark{
               "hate crime", {468, 481, 361, 461, 468}, "2.43", {2, 1, 5, 4, 2}, {4, 2, 5, 3, 1}},
       }) {
    SCOPED_TRACE(b.type);
    std::vector<std::optional<Ratio>> counts;
    std::vector<std::optional<Ratio>> rates;
    for (std::size_t i = 0; i < kPopulations.size(); ++i) {
      counts.emplace_back(Ratio(Decimal(b.counts[i])));
      rates.push_back(RatePer1000(Decimal(b.counts[i]), D(kPopulations[i])));
    }
    EXPECT_EQ(rates.front()->RoundHalfUp(2).ToString(), b.first_rate);
    EXPECT_THAT(Ranks(counts), ElementsAreArray(b.count_ranks));
    EXPECT_THAT(Ranks(rates), ElementsAreArray(b.rate_ranks));
  }
}

TEST(Rank, TiesShareThePlaceAndTheNextOneCountsThem) {
  const std::vector<std::optional<Ratio>> values = {Ratio(D("7")), Ratio(D("9")), Ratio(D("5")),
                                                    Ratio(D("7.0")), std::nullopt};
  const std::vector<std::optional<Place>> places = Rank(values);
  EXPECT_EQ(places[0], (Place{.rank = 2, .tied = true}));
  EXPECT_EQ(places[1], (Place{.rank = 1, .tied = false}));
  EXPECT_EQ(places[2], (Place{.rank = 4, .tied = false}));
  EXPECT_EQ(places[3], (Place{.rank = 2, .tied = true}));
  EXPECT_EQ(places[4], std::nullopt);
  EXPECT_TRUE(Rank({}).empty());
}

TEST(Rate, IsExactAndNeedsAPopulation) {
  EXPECT_EQ(RatePer1000(D("1"), D("3000"))->RoundHalfUp(4).ToString(), "0.3333");
  EXPECT_EQ(RatePer1000(D("17290"), D("192700"))->RoundHalfUp(2).ToString(), "89.72");
  EXPECT_FALSE(RatePer1000(D("1"), D("0")).has_value());
  EXPECT_FALSE(RatePer1000(D("1"), D("-5")).has_value());
}

CountAmong C(const char* count, const char* among) { return {D(count), D(among)}; }

TEST(RatesDiffer, OnlyWhereTheNoiseOfCountsDoesNotExplainIt) {
  EXPECT_FALSE(RatesDiffer(C("3", "192700"), C("5", "181500")));
  EXPECT_TRUE(RatesDiffer(C("1984", "192700"), C("1316", "175900")));
  EXPECT_FALSE(RatesDiffer(C("0", "1000"), C("0", "2000")));
  // Of 100 among as many, 40 to 60 is 2 standard deviations: just beyond 1.96.
  EXPECT_TRUE(RatesDiffer(C("40", "1000"), C("60", "1000")));
  EXPECT_FALSE(RatesDiffer(C("41", "1000"), C("60", "1000")));
  EXPECT_TRUE(RatesDiffer(C("60", "1000"), C("40", "1000")));
}

TEST(PlaceRanges, HoldThePlaceAndAreNarrowWhereRatesDiffer) {
  std::mt19937_64 random(20240318);
  for (int round = 0; round < 500; ++round) {
    std::vector<CountAmong> rates;
    std::vector<std::optional<Ratio>> ratios;
    const std::size_t areas = 2 + random() % 12;
    for (std::size_t i = 0; i < areas; ++i) {
      rates.push_back({Decimal(static_cast<std::int64_t>(random() % (random() % 2 ? 5000 : 12))),
                       Decimal(static_cast<std::int64_t>(50'000 + random() % 200'000))});
      ratios.push_back(RatePer1000(rates.back().count, rates.back().among));
    }
    const auto ranges = PlaceRanges(rates);
    const auto places = Rank(ratios);
    ASSERT_EQ(ranges.size(), areas);
    for (std::size_t i = 0; i < areas; ++i) {
      EXPECT_LE(ranges[i].best, places[i]->rank);
      EXPECT_GE(ranges[i].worst, places[i]->rank);
      std::size_t alike = 0;
      for (const CountAmong& other : rates) alike += RatesDiffer(rates[i], other) ? 0 : 1;
      // One of `alike` places: its own and those of the areas it cannot be told from.
      EXPECT_EQ(static_cast<std::size_t>(ranges[i].worst - ranges[i].best) + 1, alike);
    }
  }
  EXPECT_TRUE(PlaceRanges({}).empty());
}

TEST(PercentOfSums, AddsBeforeItDivides) {
  const std::vector<Parts> quarters = {
      {D("8"), D("74")}, {D("5"), D("64")}, {D("10"), D("77")}, {D("13"), D("98")}};
  EXPECT_EQ(SumOfParts(quarters).part, D("36"));
  EXPECT_EQ(SumOfParts(quarters).whole, D("313"));
  EXPECT_EQ(PercentOfSums(quarters)->RoundHalfUp(1).ToString(), "11.5");
  EXPECT_FALSE(PercentOfSums({}).has_value());
}

TEST(SharesOfSum, AddUpToTheWhole) {
  const std::vector<std::optional<Ratio>> shares = SharesOfSum({D("107"), D("69"), D("43")});
  EXPECT_EQ(shares[0]->RoundHalfUp(1).ToString(), "48.9");
  EXPECT_EQ(shares[1]->RoundHalfUp(1).ToString(), "31.5");
  EXPECT_EQ(shares[2]->RoundHalfUp(1).ToString(), "19.6");
  EXPECT_EQ(*shares[0] + *shares[1] + *shares[2], Ratio(D("100")));
  EXPECT_FALSE(SharesOfSum({D("0"), D("0")})[0].has_value());
}

}  // namespace
}  // namespace daybook::stats
