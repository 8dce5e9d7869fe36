// No small count of a table for the public can be worked out: held against every table that a
// reader can think of, one by one.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

#include "projections/reports/release.h"
#include "projections/reports/report_catalogue.h"
#include "tests/unit/projections/reports/builders.h"
#include "tests/unit/projections/reports/rows_of.h"

namespace daybook::reports::testing {
namespace {

constexpr int kNumberColumn = 9;  // column of "figures"

// What a reader can say who tries every year and its halves: the oracle knows nothing of how the
// counts were protected.
TEST(FactReleaseProperty, NoSmallCountOfAYearCanBeBracketedMoreTightlyThanTheRule) {
  std::mt19937 random(2024);
  constexpr int kLimit = 60;
  int hidden = 0;
  for (int round = 0; round < 40; ++round) {
    ViewFeed feed;
    AddArea(feed, "vale", "Vale", "district");
    MeasureDefined clients = Measure("clients", MeasureDefined::SUBJECT_OTHER, "Clients");
    clients.set_is_count(true);
    feed.Add(clients);
    const int halves[2] = {static_cast<int>(random() % 12), static_cast<int>(random() % 12)};
    const int counts[3] = {halves[0], halves[0] + halves[1], halves[1]};
    const char* const periods[3] = {"2023-04-01..2023-09-30", "2023-24", "2023-10-01..2024-03-31"};
    for (int i = 0; i < 3; ++i) {
      ObservationRecorded fact = Observation("clients", "vale", "charity", periods[i]);
      *fact.mutable_quantity() = Q(std::to_string(counts[i]));
      feed.Add(fact);
    }
    AnswerContext context = feed.Context();
    context.for_release = true;
    auto report = Render("figures", {{"measure", "clients"}}, feed.Views(), context);
    ASSERT_OK(report);
    ASSERT_OK(ProtectForPublic(v1::PROTECTION_SUPPRESSION, *report)) << round;
    std::vector<std::string> printed;
    for (const char* period : periods) {
      for (const auto& row : RowsOf(report->response.tables(0))) {
        if (row[5] == PeriodLabel(P(period))) printed.push_back(row[kNumberColumn]);
      }
    }
    ASSERT_EQ(printed.size(), 3U);
    int lower[3] = {kLimit, kLimit, kLimit};
    int upper[3] = {-1, -1, -1};
    for (int first = 0; first <= kLimit; ++first) {
      for (int second = 0; second <= kLimit; ++second) {
        const int guess[3] = {first, first + second, second};
        bool fits = true;
        for (int i = 0; i < 3; ++i) {
          fits = fits && (printed[static_cast<std::size_t>(i)] == "[c]"
                              ? guess[i] >= 1
                              : guess[i] == std::stoi(printed[static_cast<std::size_t>(i)]));
        }
        for (int i = 0; fits && i < 3; ++i) {
          lower[i] = std::min(lower[i], guess[i]);
          upper[i] = std::max(upper[i], guess[i]);
        }
      }
    }
    for (int i = 0; i < 3; ++i) {
      hidden += printed[static_cast<std::size_t>(i)] == "[c]" ? 1 : 0;
      if (counts[i] < 1 || counts[i] > 4) continue;
      EXPECT_GE(upper[i], 5) << round;
      EXPECT_GE(upper[i] - lower[i], 4) << round;
    }
  }
  EXPECT_GT(hidden, 20);
}

// The same of a county and a district of it, by halves and the year: nine counts of which six are
// printed, and what the rest of the county has follows from them.
TEST(FactReleaseProperty, NorAnyOfACountyItsDistrictAndWhatIsLeft) {
  std::mt19937 random(77);
  constexpr int kLimit = 16;
  const std::vector<std::string> areas = {"vale", "county"};
  const std::vector<std::string> periods = {"2023-04-01..2023-09-30", "2023-10-01..2024-03-31",
                                            "2023-24"};
  // By district or rest (0, 1) and half (0, 1): every count is a sum of these four.
  using Parts = std::array<std::array<int, 2>, 2>;
  const auto count_of = [](const Parts& parts, std::size_t area, std::size_t period) {
    int sum = 0;
    for (std::size_t half = 0; half < 2; ++half) {
      if (period < 2 && half != period) continue;
      for (std::size_t side = 0; side < 2; ++side) {
        if (area == 1 || (area == 0 && side == 0) || (area == 2 && side == 1)) {
          sum += parts[side][half];
        }
      }
    }
    return sum;
  };
  int hidden = 0;
  int refused = 0;
  for (int round = 0; round < 25; ++round) {
    ViewFeed feed;
    AddArea(feed, "county", "County", "county");
    AddArea(feed, "vale", "Vale", "district", {"county"});
    MeasureDefined clients = Measure("clients", MeasureDefined::SUBJECT_OTHER, "Clients");
    clients.set_is_count(true);
    feed.Add(clients);
    Parts parts;
    for (auto& side : parts) {
      for (int& count : side) count = static_cast<int>(random() % 9);
    }
    for (std::size_t area = 0; area < 2; ++area) {
      for (std::size_t period = 0; period < 3; ++period) {
        ObservationRecorded fact = Observation("clients", areas[area], "charity", periods[period]);
        *fact.mutable_quantity() = Q(std::to_string(count_of(parts, area, period)));
        feed.Add(fact);
      }
    }
    AnswerContext context = feed.Context();
    context.for_release = true;
    auto report = Render("figures", {{"measure", "clients"}}, feed.Views(), context);
    ASSERT_OK(report);
    if (!ProtectForPublic(v1::PROTECTION_SUPPRESSION, *report).ok()) {
      ++refused;
      continue;
    }
    std::array<std::array<std::string, 3>, 2> printed;
    for (const auto& row : RowsOf(report->response.tables(0))) {
      for (std::size_t period = 0; period < 3; ++period) {
        if (row[5] != PeriodLabel(P(periods[period]))) continue;
        printed[row[2] == "Vale" ? 0 : 1][period] = row[kNumberColumn];
        hidden += row[kNumberColumn] == "[c]" ? 1 : 0;
      }
    }
    // Of district, county and rest (0, 1, 2) in each period.
    std::array<std::array<int, 3>, 3> lower;
    std::array<std::array<int, 3>, 3> upper;
    for (auto& row : lower) row.fill(1 << 20);
    for (auto& row : upper) row.fill(-1);
    const auto fits = [&](const Parts& guess) {
      for (std::size_t area = 0; area < 2; ++area) {
        for (std::size_t period = 0; period < 3; ++period) {
          const int count = count_of(guess, area, period);
          const std::string& said = printed[area][period];
          if (said == "[c]" ? count < 1 : std::to_string(count) != said) return false;
        }
      }
      return true;
    };
    Parts guess;
    for (guess[0][0] = 0; guess[0][0] <= kLimit; ++guess[0][0]) {
      for (guess[0][1] = 0; guess[0][1] <= kLimit; ++guess[0][1]) {
        for (guess[1][0] = 0; guess[1][0] <= kLimit; ++guess[1][0]) {
          for (guess[1][1] = 0; guess[1][1] <= kLimit; ++guess[1][1]) {
            if (!fits(guess)) continue;
            for (std::size_t area = 0; area < 3; ++area) {
              for (std::size_t period = 0; period < 3; ++period) {
                const int count = count_of(guess, area, period);
                lower[area][period] = std::min(lower[area][period], count);
                upper[area][period] = std::max(upper[area][period], count);
              }
            }
          }
        }
      }
    }
    for (std::size_t area = 0; area < 3; ++area) {
      for (std::size_t period = 0; period < 3; ++period) {
        const int count = count_of(parts, area, period);
        if (count < 1 || count > 4) continue;
        EXPECT_GE(upper[area][period], 5) << round << ": " << area << ", " << period;
        EXPECT_GE(upper[area][period] - lower[area][period], 4)
            << round << ": " << area << ", " << period;
      }
    }
  }
  EXPECT_LT(refused, 8);
  EXPECT_GT(hidden, 25);
}

}  // namespace
}  // namespace daybook::reports::testing
