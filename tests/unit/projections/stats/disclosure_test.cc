// No small count can be worked out: held against every solution that a reader could think of.
#include "projections/stats/disclosure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "tests/support/status_matchers.h"

namespace daybook::stats {
namespace {

using Why = Protection::Why;

// A table of rows and columns with totals on both sides, each count one base cell.
struct Grid {
  Grid(std::size_t rows, std::size_t columns, std::vector<std::int64_t> counts) {
    problem.cells = std::move(counts);
    for (std::size_t i = 0; i < problem.cells.size(); ++i) problem.printed.push_back({{i}});
    for (std::size_t r = 0; r < rows; ++r) {
      Sum total;
      for (std::size_t c = 0; c < columns; ++c) total.cells.push_back(r * columns + c);
      problem.printed.push_back(total);
    }
    for (std::size_t c = 0; c < columns; ++c) {
      Sum total;
      for (std::size_t r = 0; r < rows; ++r) total.cells.push_back(r * columns + c);
      problem.printed.push_back(total);
    }
    Sum all;
    for (std::size_t i = 0; i < problem.cells.size(); ++i) all.cells.push_back(i);
    problem.printed.push_back(all);
  }
  DisclosureProblem problem;
};

std::int64_t SumOf(const std::vector<std::int64_t>& cells, const Sum& sum) {
  std::int64_t total = 0;
  for (const std::size_t cell : sum.cells) total += cells[cell];
  return total;
}

std::vector<bool> HiddenOf(const Protection& protection) {
  std::vector<bool> hidden;
  for (const Why why : protection.printed) hidden.push_back(why != Why::kShown);
  return hidden;
}

// Every table that agrees with all that is printed, one by one: the oracle. Cells up to `limit`.
void ForEachSolution(const DisclosureProblem& problem, const std::vector<bool>& hidden,
                     std::int64_t limit,
                     const std::function<void(const std::vector<std::int64_t>&)>& visit) {
  std::vector<std::int64_t> cells(problem.cells.size(), 0);
  const auto agrees = [&](std::size_t filled) {
    for (std::size_t i = 0; i < problem.printed.size(); ++i) {
      const Sum& sum = problem.printed[i];
      const bool whole = std::all_of(sum.cells.begin(), sum.cells.end(),
                                     [&](std::size_t cell) { return cell < filled; });
      const std::int64_t said = SumOf(problem.cells, sum);
      std::int64_t so_far = 0;
      for (const std::size_t cell : sum.cells) so_far += cell < filled ? cells[cell] : 0;
      if (!hidden[i] && (so_far > said || (whole && so_far != said))) return false;
      if (hidden[i] && whole && so_far < 1) return false;
    }
    for (const Equation& equation : problem.equations) {
      const auto is_filled = [&](const Sum& sum) {
        return std::all_of(sum.cells.begin(), sum.cells.end(),
                           [&](std::size_t cell) { return cell < filled; });
      };
      if (is_filled(equation.whole) && is_filled(equation.parts) &&
          SumOf(cells, equation.whole) != SumOf(cells, equation.parts)) {
        return false;
      }
    }
    return true;
  };
  const std::function<void(std::size_t)> fill = [&](std::size_t next) {
    if (next == cells.size()) {
      visit(cells);
      return;
    }
    for (cells[next] = 0; cells[next] <= limit; ++cells[next]) {
      if (agrees(next + 1)) fill(next + 1);
    }
    cells[next] = 0;
  };
  fill(0);
}

Span SpanByTrying(const DisclosureProblem& problem, const std::vector<bool>& hidden,
                  std::int64_t limit, const Sum& sum) {
  Span span{INT64_MAX, INT64_MIN};
  ForEachSolution(problem, hidden, limit, [&](const std::vector<std::int64_t>& cells) {
    span.lower = std::min(span.lower, SumOf(cells, sum));
    span.upper = std::max(span.upper, SumOf(cells, sum));
  });
  return span;
}

// The matrix of clients that a report printed: three ages by status and sex, with all its margins.
struct Clients {
  // Existing female, male, other; new female, male, other.
  Clients() {
    problem.cells = {11, 0, 0, 14, 5, 0, 49, 8, 1, 65, 6, 3, 425, 33, 10, 391, 40, 6};
    for (std::size_t i = 0; i < problem.cells.size(); ++i) problem.printed.push_back({{i}});
    for (std::size_t age = 0; age < kAges; ++age) Print({age}, All(kStatuses), All(kSexes));
    for (std::size_t status = 0; status < kStatuses; ++status) {
      for (std::size_t sex = 0; sex < kSexes; ++sex) Print(All(kAges), {status}, {sex});
    }
    Print(All(kAges), All(kStatuses), All(kSexes));
    // Not printed: age by sex, age by status, sex, status.
    for (std::size_t age = 0; age < kAges; ++age) {
      for (std::size_t sex = 0; sex < kSexes; ++sex) Margin({age}, All(kStatuses), {sex});
      for (std::size_t status = 0; status < kStatuses; ++status) {
        Margin({age}, {status}, All(kSexes));
      }
    }
    for (std::size_t sex = 0; sex < kSexes; ++sex) Margin(All(kAges), All(kStatuses), {sex});
    for (std::size_t s = 0; s < kStatuses; ++s) Margin(All(kAges), {s}, All(kSexes));
  }

  static constexpr std::size_t kAges = 3;
  static constexpr std::size_t kStatuses = 2;
  static constexpr std::size_t kSexes = 3;
  using Choice = std::vector<std::size_t>;
  static Choice All(std::size_t count) {
    Choice all;
    for (std::size_t i = 0; i < count; ++i) all.push_back(i);
    return all;
  }
  static Sum Of(const Choice& ages, const Choice& statuses, const Choice& sexes) {
    Sum sum;
    for (const auto age : ages) {
      for (const auto status : statuses) {
        for (const auto sex : sexes) sum.cells.push_back((age * kStatuses + status) * kSexes + sex);
      }
    }
    return sum;
  }
  void Print(const Choice& ages, const Choice& statuses, const Choice& sexes) {
    problem.printed.push_back(Of(ages, statuses, sexes));
  }
  void Margin(const Choice& ages, const Choice& statuses, const Choice& sexes) {
    problem.margins.push_back(Of(ages, statuses, sexes));
  }
  DisclosureProblem problem;
};

constexpr std::size_t kExistingOther13 = 8;
constexpr std::size_t kNewOther13 = 11;

TEST(Disclosure, HidingTheSmallCountsAloneGivesThemAway) {
  const Clients clients;
  std::vector<bool> hidden(clients.problem.printed.size(), false);
  hidden[kExistingOther13] = hidden[kNewOther13] = true;
  ASSERT_OK_AND_ASSIGN(const Span one, SpanOf(clients.problem, hidden, {{kExistingOther13}}));
  EXPECT_EQ(one, (Span{1, 1}));
  ASSERT_OK_AND_ASSIGN(const Span three, SpanOf(clients.problem, hidden, {{kNewOther13}}));
  EXPECT_EQ(three, (Span{3, 3}));
}

TEST(Disclosure, AMarginThatNobodyPrintsIsGivenAwayByWhatProtectsTheCells) {
  const Clients clients;
  std::vector<bool> hidden(clients.problem.printed.size(), false);
  for (const std::size_t cell : {kExistingOther13, kNewOther13, std::size_t{14}, std::size_t{17}}) {
    hidden[cell] = true;  // 14 and 17: 18 and over, other, existing and new
  }
  ASSERT_OK_AND_ASSIGN(const Span margin,
                       SpanOf(clients.problem, hidden, Clients::Of({1}, {0, 1}, {2})));
  EXPECT_EQ(margin, (Span{4, 4})) << "13 to 17, other: 132 - 49 - 8 - 65 - 6";
}

TEST(Disclosure, TheMatrixOfClientsIsProtectedWithItsMargins) {
  const Clients clients;
  ASSERT_OK_AND_ASSIGN(const Protection made, Protect(clients.problem, {}));
  EXPECT_EQ(made.printed[kExistingOther13], Why::kSensitive);
  EXPECT_EQ(made.printed[kNewOther13], Why::kSensitive);
  EXPECT_LE(std::count(made.printed.begin(), made.printed.end(), Why::kProtectsOthers), 4)
      << "the worked case hides four more";
  for (std::size_t i = clients.problem.cells.size(); i < made.printed.size(); ++i) {
    EXPECT_EQ(made.printed[i], Why::kShown) << "no total has to be hidden";
  }
  for (const Sum& sum :
       {Sum{{kExistingOther13}}, Sum{{kNewOther13}}, Clients::Of({1}, {0, 1}, {2})}) {
    ASSERT_OK_AND_ASSIGN(const Span span, SpanOf(clients.problem, HiddenOf(made), sum));
    EXPECT_GE(span.upper, 5);
    EXPECT_GE(span.upper - span.lower, 4);
  }
}

TEST(Disclosure, WithoutSmallCountsNothingIsHidden) {
  const Grid grid(2, 2, {5, 0, 12, 30});
  ASSERT_OK_AND_ASSIGN(const Protection made, Protect(grid.problem, {}));
  EXPECT_THAT(made.printed, ::testing::Each(Why::kShown));
}

TEST(Disclosure, ATotalThatIsSmallItselfIsHiddenToo) {
  const Grid grid(3, 2, {2, 1, 40, 50, 70, 80});
  ASSERT_OK_AND_ASSIGN(const Protection made, Protect(grid.problem, {}));
  EXPECT_EQ(made.printed[6], Why::kSensitive) << "the total of the first row, 3";
}

TEST(Disclosure, WhereOneSmallCountIsAllThereIsTheTotalsAreHidden) {
  const Grid grid(2, 2, {3, 0, 0, 0});
  ASSERT_OK_AND_ASSIGN(const Protection made, Protect(grid.problem, {}));
  EXPECT_EQ(made.printed.back(), Why::kSensitive) << "3 in all: no total of it can be shown";
}

TEST(Disclosure, WhatWasPrintedBeforeIsHeldAgainstIt) {
  Grid grid(2, 2, {3, 20, 30, 40});
  ASSERT_OK_AND_ASSIGN(const Protection alone, Protect(grid.problem, {}));
  EXPECT_EQ(alone.printed[0], Why::kSensitive);
  // An earlier table told what this one would hide for the sake of the 3.
  grid.problem.known = {{{{1}}, {20, 20}}, {{{2}}, {30, 30}}};
  ASSERT_OK_AND_ASSIGN(const Protection after, Protect(grid.problem, {}));
  ASSERT_OK_AND_ASSIGN(const Span span, SpanOf(grid.problem, HiddenOf(after), {{0}}));
  EXPECT_GE(span.upper, 5);
  EXPECT_NE(after.printed, alone.printed) << "totals have to be hidden instead";
}

TEST(Disclosure, WhatWasGivenAwayBeforeIsRefused) {
  Grid grid(2, 2, {3, 20, 30, 40});
  grid.problem.known = {{{{0, 1}}, {23, 23}}, {{{1}}, {20, 20}}};
  EXPECT_EQ(Protect(grid.problem, {}).status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST(Disclosure, ATableThatIsTooLargeToBeProvedSafeIsRefused) {
  DisclosureProblem problem;
  problem.cells.assign(kCellsMax + 1, 7);
  EXPECT_EQ(Protect(problem, {}).status().code(), absl::StatusCode::kResourceExhausted);
}

TEST(Disclosure, TheSpansAreThoseOfAllSolutions) {
  std::mt19937 random(20240318);
  for (int round = 0; round < 15; ++round) {
    std::vector<std::int64_t> counts(6);
    for (auto& count : counts) count = static_cast<std::int64_t>(random() % 9);
    const Grid grid(2, 3, counts);
    std::vector<bool> hidden(grid.problem.printed.size(), false);
    for (std::size_t i = 0; i < hidden.size() - 1; ++i) {
      // Zeros are shown, and the total keeps the number of solutions finite.
      hidden[i] = SumOf(counts, grid.problem.printed[i]) > 0 && random() % 2 == 0;
    }
    for (std::size_t i = 0; i < hidden.size(); ++i) {
      const Sum& sum = grid.problem.printed[i];
      ASSERT_OK_AND_ASSIGN(const Span span, SpanOf(grid.problem, hidden, sum));
      EXPECT_EQ(span, SpanByTrying(grid.problem, hidden, 60, sum))
          << "round " << round << ", " << i;
    }
  }
}

// The property: no count below the threshold, printed or a margin, can be bracketed more tightly
// than the rule allows - as seen by somebody who tries every table.
TEST(Disclosure, NoSmallCountOfARandomTableCanBeBracketedMoreTightlyThanTheRule) {
  std::mt19937 random(7);
  constexpr std::int64_t kThreshold = 5;
  int refused = 0;
  int hidden_cells = 0;
  for (int round = 0; round < 20; ++round) {
    std::vector<std::int64_t> counts(6);
    for (auto& count : counts) {
      count = static_cast<std::int64_t>(random() % (random() % 3 == 0 ? 5 : 9));
    }
    Grid grid(3, 2, counts);
    // Two rows together are what anybody would ask for.
    grid.problem.margins.push_back({{0, 1, 2, 3}});
    const auto made = Protect(grid.problem, {.threshold = kThreshold});
    if (!made.ok()) {
      ++refused;
      continue;
    }
    const std::vector<bool> hidden = HiddenOf(*made);
    hidden_cells += static_cast<int>(std::count(hidden.begin(), hidden.end(), true));
    // Fewer tables than there are where there is no end to them: what they allow, all of them do.
    constexpr std::int64_t kLimit = 13;
    std::vector<Sum> sums = grid.problem.printed;
    sums.insert(sums.end(), grid.problem.margins.begin(), grid.problem.margins.end());
    for (const Sum& sum : sums) {
      const std::int64_t value = SumOf(counts, sum);
      if (value < 1 || value >= kThreshold) continue;
      const Span span = SpanByTrying(grid.problem, hidden, kLimit, sum);
      EXPECT_GE(span.upper, kThreshold) << "round " << round;
      EXPECT_GE(span.upper - span.lower, kThreshold - 1) << "round " << round;
    }
  }
  EXPECT_LT(refused, 4);
  EXPECT_GT(hidden_cells, 30);
}

// A year, its two halves and what is left of them, each a cell of its own: 0 = 1 + 2 + 3.
DisclosureProblem YearAndHalves(std::int64_t first, std::int64_t second, std::int64_t rest) {
  DisclosureProblem problem;
  problem.cells = {first + second + rest, first, second, rest};
  problem.equations = {{{{0}}, {{1, 2, 3}}}};
  problem.printed = {{{0}}, {{1}}, {{2}}};
  return problem;
}

TEST(Disclosure, WhatIsLeftOfAPrintedWholeIsProtectedToo) {
  // Nobody prints the rest of 2, and year and halves would give it away.
  DisclosureProblem problem = YearAndHalves(20, 30, 2);
  problem.margins = {{{3}}};
  ASSERT_OK_AND_ASSIGN(const Protection made, Protect(problem, {}));
  EXPECT_EQ(std::count(made.printed.begin(), made.printed.end(), Why::kShown), 2);
  ASSERT_OK_AND_ASSIGN(const Span span, SpanOf(problem, HiddenOf(made), {{3}}));
  EXPECT_GE(span.upper, 5);
  EXPECT_GE(span.upper - span.lower, 4);
}

TEST(Disclosure, ASmallPartOfAWholeTakesAnotherCountWithIt) {
  ASSERT_OK_AND_ASSIGN(const Protection made, Protect(YearAndHalves(3, 30, 0), {}));
  EXPECT_EQ(made.printed[1], Why::kSensitive);
  // What is left is known by nobody, so the whole less the other half is only a limit above.
  ASSERT_OK_AND_ASSIGN(const Span span, SpanOf(YearAndHalves(3, 30, 0), HiddenOf(made), {{1}}));
  EXPECT_GE(span.upper, 5) << "33 less 30 would say at most 3";
}

TEST(Disclosure, TheSpansUnderEquationsAreThoseOfAllSolutions) {
  std::mt19937 random(11);
  for (int round = 0; round < 10; ++round) {
    const auto count = [&] { return static_cast<std::int64_t>(random() % 9); };
    const DisclosureProblem problem = YearAndHalves(count(), count(), count());
    std::vector<bool> hidden(3, false);
    for (std::size_t i = 1; i < hidden.size(); ++i) {
      hidden[i] = SumOf(problem.cells, problem.printed[i]) > 0 && random() % 2 == 0;
    }
    for (std::size_t cell = 0; cell < problem.cells.size(); ++cell) {
      ASSERT_OK_AND_ASSIGN(const Span span, SpanOf(problem, hidden, {{cell}}));
      EXPECT_EQ(span, SpanByTrying(problem, hidden, 40, {{cell}})) << round << ", " << cell;
    }
  }
}

TEST(Disclosure, RoundingIsToTheNearestMultiple) {
  EXPECT_EQ(RoundedTo(0, 5), 0);
  EXPECT_EQ(RoundedTo(2, 5), 0);
  EXPECT_EQ(RoundedTo(3, 5), 5);
  EXPECT_EQ(RoundedTo(7, 5), 5);
  EXPECT_EQ(RoundedTo(8, 5), 10);
  EXPECT_EQ(RoundingSpan(1, 5), (Span{0, 2}));
  EXPECT_EQ(RoundingSpan(4, 5), (Span{3, 7}));
}

TEST(Disclosure, RoundedCountsThatTheirTotalsNarrowAreRefused) {
  // 2 and 2 round to 0, their total 4 to 5: each of them is 1 or 2, not 0.
  const Grid narrowed(1, 2, {2, 2});
  EXPECT_EQ(CheckRounded(narrowed.problem, {}, 5).code(), absl::StatusCode::kFailedPrecondition);
  const Grid safe(2, 2, {2, 20, 30, 40});
  EXPECT_OK(CheckRounded(safe.problem, {}, 5));
}

}  // namespace
}  // namespace daybook::stats
