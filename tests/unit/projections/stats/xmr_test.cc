#include "projections/stats/xmr.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::stats {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Series = std::vector<std::optional<Decimal>>;

Series Of(const std::vector<int>& values) {
  Series series;
  for (const int value : values) {
    series.push_back(value < 0 ? std::nullopt : std::make_optional(Decimal(value)));
  }
  return series;
}

std::vector<std::size_t> Where(const XmrChart& chart, bool XmrPoint::*signal) {
  std::vector<std::size_t> where;
  for (std::size_t i = 0; i < chart.points.size(); ++i) {
    if (chart.points[i].*signal) where.push_back(i);
  }
  return where;
}

std::string Text(const Ratio& number) { return number.RoundHalfUp(4).ToString(); }

TEST(Xmr, LimitsAreTheMeanAndTwoPointSixSixMeanRanges) {
  // Mean 12, ranges 4, 2, 4, 2, 4: 3.2 on average.
  const XmrChart chart = MakeXmr(Of({10, 14, 12, 8, 10, 14}), {.ranges = MovingRange::kUnscreened});
  ASSERT_EQ(chart.phases.size(), 1U);
  const XmrLimits& limits = *chart.phases[0].limits;
  EXPECT_EQ(Text(limits.mean), "11.3333");
  EXPECT_EQ(Text(limits.amr), "3.2000");
  EXPECT_EQ(Text(limits.lower), "2.8213");
  EXPECT_EQ(Text(limits.upper), "19.8453");
  EXPECT_EQ(Text(limits.near_lower), "5.6587");
  EXPECT_EQ(Text(limits.near_upper), "17.0080");
  EXPECT_EQ(limits.points, 6U);
  EXPECT_TRUE(limits.IsTrial());
}

TEST(Xmr, ScreeningLeavesOutRangesThatAreFarTooWideOnce) {
  // Ranges 1 x 9 and one of 40: amr 4.9, screen 16.0.
  const Series series = Of({10, 11, 10, 11, 10, 11, 10, 11, 10, 11, 51});
  const XmrChart screened = MakeXmr(series);
  const XmrChart all = MakeXmr(series, {.ranges = MovingRange::kUnscreened});
  EXPECT_EQ(Text(screened.phases[0].limits->amr), "1.0000");
  EXPECT_EQ(Text(all.phases[0].limits->amr), "4.9000");
  EXPECT_THAT(Where(all, &XmrPoint::outside), ElementsAre(10));
  // The one wide step left out, the limits lie as close as the rest of the series demands.
  EXPECT_THAT(Where(screened, &XmrPoint::outside), ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
}

TEST(Xmr, SevenInARowOnOneSideAreAShiftAndSixAreNone) {
  EXPECT_THAT(Where(MakeXmr(Of({5, 5, 5, 5, 5, 5, 9, 9, 9, 9, 9, 9})), &XmrPoint::shift),
              IsEmpty());
  EXPECT_THAT(Where(MakeXmr(Of({9, 5, 9, 5, 5, 5, 5, 5, 5, 5, 9, 9, 9})), &XmrPoint::shift),
              ElementsAre(3, 4, 5, 6, 7, 8, 9));
}

TEST(Xmr, APointOnTheMeanEndsARun) {
  EXPECT_THAT(Where(MakeXmr(Of({4, 4, 4, 6, 4, 4, 4, 12, 12})), &XmrPoint::shift), IsEmpty());
}

TEST(Xmr, SixStepsInOneDirectionAreATrendOfSevenPoints) {
  EXPECT_THAT(Where(MakeXmr(Of({9, 3, 4, 5, 6, 7, 8, 9, 2})), &XmrPoint::trend),
              ElementsAre(1, 2, 3, 4, 5, 6, 7));
  EXPECT_THAT(Where(MakeXmr(Of({9, 3, 4, 5, 6, 7, 8, 8, 9})), &XmrPoint::trend), IsEmpty());
}

TEST(Xmr, OverAMissingPointThereIsNoRangeAndNoRun) {
  const XmrChart chart = MakeXmr(Of({3, 4, 5, 6, -1, 7, 8, 9, 10}));
  EXPECT_THAT(Where(chart, &XmrPoint::trend), IsEmpty());
  EXPECT_EQ(Text(chart.phases[0].limits->amr), "1.0000");
  EXPECT_EQ(chart.phases[0].limits->points, 8U);
  EXPECT_EQ(chart.points[4], XmrPoint());
}

TEST(Xmr, ABreakBeginsAPhaseWithItsOwnLimits) {
  const XmrChart chart = MakeXmr(Of({5, 6, 5, 6, 50, 51, 50, 51}), {.rebase_at = {4}});
  ASSERT_EQ(chart.phases.size(), 2U);
  EXPECT_EQ(Text(chart.phases[0].limits->mean), "5.5000");
  EXPECT_EQ(Text(chart.phases[1].limits->mean), "50.5000");
  for (const XmrPoint& point : chart.points) EXPECT_FALSE(point.Signals());
}

TEST(Xmr, ABaselineOfTheFirstPointsHoldsForThoseAfterIt) {
  const XmrChart chart = MakeXmr(Of({5, 6, 5, 6, 50, 6}), {.baseline_points = 4});
  EXPECT_EQ(Text(chart.phases[0].limits->mean), "5.5000");
  EXPECT_THAT(Where(chart, &XmrPoint::outside), ElementsAre(4));
}

TEST(Xmr, OfFewerThanTwoNeighboursThereAreNoLimits) {
  EXPECT_FALSE(MakeXmr(Of({5})).phases[0].limits.has_value());
  EXPECT_FALSE(MakeXmr(Of({5, -1, 6})).phases[0].limits.has_value());
  EXPECT_THAT(MakeXmr({}).phases, IsEmpty());
}

TEST(Xmr, AConstantSeriesIsItsOwnLimitAndSignalsNothing) {
  const XmrChart chart = MakeXmr(Of({7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7}));
  EXPECT_EQ(Text(chart.phases[0].limits->upper), "7.0000");
  EXPECT_FALSE(chart.phases[0].limits->IsTrial());
  for (const XmrPoint& point : chart.points) EXPECT_FALSE(point.Signals());
}

TEST(Xmr, ATargetIsMetMissedOrAMatterOfVariation) {
  const XmrLimits limits = *MakeXmr(Of({10, 12, 10, 12})).phases[0].limits;  // 5.68 to 16.32
  EXPECT_EQ(AssuranceOf(limits, Decimal(5), Wanted::kMore), Assurance::kPasses);
  EXPECT_EQ(AssuranceOf(limits, Decimal(5), Wanted::kLess), Assurance::kFails);
  EXPECT_EQ(AssuranceOf(limits, Decimal(17), Wanted::kMore), Assurance::kFails);
  EXPECT_EQ(AssuranceOf(limits, Decimal(17), Wanted::kLess), Assurance::kPasses);
  EXPECT_EQ(AssuranceOf(limits, Decimal(11), Wanted::kLess), Assurance::kEither);
  EXPECT_EQ(AssuranceOf(limits, Decimal(17), Wanted::kNothing), Assurance::kEither);
}

// The rules again, in floating point and without any cleverness.
struct Naive {
  explicit Naive(const std::vector<int>& x, bool screened) {
    const auto n = x.size();
    for (const int value : x) mean += value;
    mean /= static_cast<double>(n);
    std::vector<double> ranges;
    for (std::size_t i = 1; i < n; ++i) ranges.push_back(std::abs(x[i] - x[i - 1]));
    amr = Mean(ranges);
    if (screened) {
      std::vector<double> kept;
      for (const double range : ranges) {
        if (range < 3.267 * amr) kept.push_back(range);
      }
      if (!kept.empty()) amr = Mean(kept);
    }
    const double reach = 2.66 * amr;
    for (std::size_t i = 0; i < n; ++i) {
      outside.push_back(std::abs(x[i] - mean) > reach + 1e-9);
      near.push_back(!outside[i] && std::abs(x[i] - mean) > reach * 2 / 3 + 1e-9);
    }
    const auto side = [&](std::size_t i) {
      return x[i] > mean + 1e-9 ? 1 : x[i] < mean - 1e-9 ? -1 : 0;
    };
    const auto step = [&](std::size_t i) { return x[i] > x[i - 1] ? 1 : x[i] < x[i - 1] ? -1 : 0; };
    shift = trend = two_of_three = std::vector<bool>(n, false);
    for (std::size_t first = 0; first < n; ++first) {
      bool same = first + 7 <= n && side(first) != 0;
      bool one_way = first + 7 <= n && step(first + (first + 1 < n ? 1 : 0)) != 0;
      for (std::size_t i = first; i < first + 7 && i < n; ++i) {
        same = same && side(i) == side(first);
        if (i > first) one_way = one_way && step(i) == step(first + 1) && step(i) != 0;
      }
      for (std::size_t i = first; i < first + 7 && i < n; ++i) {
        if (same) shift[i] = true;
        if (one_way) trend[i] = true;
      }
      if (first + 3 > n || side(first) == 0) continue;
      if (side(first) != side(first + 1) || side(first) != side(first + 2)) continue;
      if (near[first] + near[first + 1] + near[first + 2] < 2) continue;
      for (std::size_t i = first; i < first + 3; ++i) {
        if (near[i]) two_of_three[i] = true;
      }
    }
  }

  static double Mean(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return sum / static_cast<double>(values.size());
  }

  double mean = 0;
  double amr = 0;
  std::vector<bool> outside, near, shift, trend, two_of_three;
};

TEST(Xmr, AgreesWithTheRulesSpelledOutOnRandomSeries) {
  const std::uint32_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 500; ++round) {
    std::vector<int> values;
    int level = 20;
    for (std::size_t i = 0, n = 2 + random() % 30; i < n; ++i) {
      if (random() % 9 == 0) level += static_cast<int>(random() % 11) - 5;
      values.push_back(std::max(0, level + static_cast<int>(random() % 9) - 4));
    }
    const bool screened = random() % 2 == 0;
    const XmrChart chart = MakeXmr(
        Of(values), {.ranges = screened ? MovingRange::kScreened : MovingRange::kUnscreened});
    const Naive naive(values, screened);
    for (std::size_t i = 0; i < values.size(); ++i) {
      const XmrPoint& point = chart.points[i];
      ASSERT_EQ(point.outside, naive.outside[i]) << ::testing::PrintToString(values) << " " << i;
      ASSERT_EQ(point.shift, naive.shift[i]) << ::testing::PrintToString(values) << " " << i;
      ASSERT_EQ(point.trend, naive.trend[i]) << ::testing::PrintToString(values) << " " << i;
      ASSERT_EQ(point.two_of_three, naive.two_of_three[i])
          << ::testing::PrintToString(values) << " " << i;
    }
  }
}

}  // namespace
}  // namespace daybook::stats
