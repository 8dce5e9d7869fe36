#include "services/runtime/drain.h"

#include <gtest/gtest.h>

namespace daybook::runtime {
namespace {

TEST(DrainSignal, TellsEveryoneOnceWhoIsRegistered) {
  DrainSignal drain;
  int first = 0;
  int second = 0;
  drain.Register([&] { ++first; });
  const auto id = drain.Register([&] { ++second; });
  drain.Unregister(id);
  EXPECT_FALSE(drain.fired());
  drain.Fire();
  drain.Fire();
  EXPECT_TRUE(drain.fired());
  EXPECT_EQ(first, 1);
  EXPECT_EQ(second, 0);
}

TEST(DrainSignal, TellsWhoComesLaterAtOnce) {
  DrainSignal drain;
  drain.Fire();
  int told = 0;
  drain.Register([&] { ++told; });
  EXPECT_EQ(told, 1);
}

}  // namespace
}  // namespace daybook::runtime
