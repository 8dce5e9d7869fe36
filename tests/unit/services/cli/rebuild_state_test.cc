// What the command that waits for a rebuild makes of the server's status.
#include <gtest/gtest.h>

#include <cstdint>

#include "services/cli/rebuild_command.h"

namespace daybook::cli {
namespace {

admin::v1::ViewRebuild Status(std::uint64_t serving, std::uint64_t making, std::uint64_t last = 0) {
  admin::v1::ViewRebuild status;
  status.set_generation(serving);
  status.set_making(making);
  if (last != 0) status.mutable_last()->set_generation(last);
  return status;
}

TEST(RebuildState, RunsUntilItIsToldHowItEnded) {
  EXPECT_EQ(StateOf(Status(1, 2), 2), RebuildState::kRunning);
  EXPECT_EQ(StateOf(Status(2, 2), 2), RebuildState::kRunning) << "it answers and is compared";
  EXPECT_EQ(StateOf(Status(2, 0, 2), 2), RebuildState::kEnded);
  EXPECT_EQ(StateOf(Status(1, 0, 2), 2), RebuildState::kEnded) << "given up";
}

TEST(RebuildState, DoesNotWaitForEverForOneThatAnotherFollowed) {
  EXPECT_EQ(StateOf(Status(2, 3), 2), RebuildState::kTookOver);
  EXPECT_EQ(StateOf(Status(3, 0, 3), 2), RebuildState::kTookOver);
}

TEST(RebuildState, DoesNotWaitForEverAfterAStartOfTheServer) {
  EXPECT_EQ(StateOf(Status(1, 0), 2), RebuildState::kForgotten);
  EXPECT_EQ(StateOf(Status(2, 0), 2), RebuildState::kTookOver);
}

}  // namespace
}  // namespace daybook::cli
