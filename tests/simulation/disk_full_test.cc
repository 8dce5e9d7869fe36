// The disk runs full under a working ledger, and has room again: writes are refused with the reason
// and nothing is acknowledged, reads go on, and the store goes on by itself.
#include "eventstore/core/error.h"
#include "tests/simulation/campaign.h"
#include "tests/simulation/ledger_world.h"
#include "tests/support/status_matchers.h"

namespace daybook::simulation {
namespace {

using ::testing::Test;

constexpr int kTimesFull = 4;

void OneDiskFullWorld(std::uint64_t seed, Tally& tally) {
  LedgerWorld world(seed);
  ASSERT_OK(world.Open());
  world.Send(20);
  for (int time = 0; time < kTimesFull && !Test::HasFailure(); ++time) {
    SCOPED_TRACE("full for the " + std::to_string(time) + ". time");
    world.disk().SetCapacity(world.disk().UsedBytes() + world.dice().Below(60'000));
    for (int i = 0; i < 200 && world.store().Health().ok(); ++i) world.Send(20);
    if (world.store().Health().ok()) return;  // it all fitted into what was there
    ++tally.tries;
    const std::uint64_t size = world.store().Head().size;
    std::uint64_t seen = 0;
    EXPECT_OK(world.store().ReadAll({}, [&seen](eventstore::RecordedEvent&) {
      ++seen;
      return true;
    }));
    EXPECT_EQ(seen, size) << "reads go on while the disk is full";
    EXPECT_FALSE(world.store().Recover().ok() && world.disk().FreeBytes() == 0);
    world.disk().Heal();
    EXPECT_OK(world.store().Recover());
    EXPECT_OK(world.store().Health());
    world.Verify();
  }
  world.Close();
  world.Check();
  tally.acknowledged += world.counts().acknowledged;
  tally.in_doubt += world.counts().unknown;
}

TEST(DiskFull, RefusesWritesAndGoesOnWhenThereIsRoom) {
  RunCampaign("disk full", &OneDiskFullWorld);
}

}  // namespace
}  // namespace daybook::simulation
