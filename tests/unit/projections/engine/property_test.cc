// The law of every view, shown on the small ones with everything that can happen in a log.
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "tests/support/view_property.h"
#include "tests/unit/projections/engine/test_views.h"

namespace daybook::projections::testing {
namespace {

// A log of `size` events; the seed decides everything.
void Fill(TestLog& log, int size, std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto below = [&random](int end) {
    return std::uniform_int_distribution<int>(0, end - 1)(random);
  };
  for (int i = 0; i < size; ++i) {
    const std::string id = "o" + std::to_string(below(8));
    const eventstore::Known known = below(3) == 0 ? OnDay(kToday - below(5)) : eventstore::Known{};
    switch (below(7)) {
      case 0:
        log.Area(id, known);
        break;
      case 1:
        log.Alias(id);
        break;
      case 2:
        log.Succeeded(id);
        break;
      case 3:
        log.Append("future.SomethingHappened", "anything");
        break;
      default:
        log.Organisation(id, known);
    }
  }
}

TEST(ViewProperty, HoldsOfALogWithEverythingInIt) {
  TestLog log;
  Fill(log, 120, 1);
  ::daybook::testing::ExpectViewsArePureFolds(log.store, &TwoViews);
}

TEST(ViewProperty, HoldsOfALogThatParksAView) {
  TestLog log;
  Fill(log, 40, 2);
  log.Broken(kAlias);
  Fill(log, 40, 3);
  log.Broken(kArea);
  Fill(log, 10, 4);
  ::daybook::testing::ExpectViewsArePureFolds(log.store, &TwoViews);
}

TEST(ViewProperty, HoldsOfAnEmptyLog) {
  TestLog log;
  ::daybook::testing::ExpectViewsArePureFolds(log.store, &TwoViews);
}

}  // namespace
}  // namespace daybook::projections::testing
