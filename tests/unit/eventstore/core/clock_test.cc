#include "eventstore/core/clock.h"

#include <gtest/gtest.h>

namespace daybook::eventstore {
namespace {

TEST(SystemClock, SaysATimeOfThisCentury) {
  EXPECT_GT(SystemClock().Now().micros, 1'700'000'000'000'000);  // November 2023
  EXPECT_LT(SystemClock().Now().micros, 4'102'444'800'000'000);  // January 2100
}

TEST(SystemClock, IsMonotonicWhereItPromisesTo) {
  std::int64_t last = SystemClock().MonotonicMicros();
  for (int i = 0; i < 1000; ++i) {
    const std::int64_t now = SystemClock().MonotonicMicros();
    EXPECT_GE(now, last);
    last = now;
  }
}

}  // namespace
}  // namespace daybook::eventstore
