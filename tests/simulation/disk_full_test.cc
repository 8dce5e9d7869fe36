// The disk runs full under a working ledger, and has room again: writes are refused with the reason
// and nothing is acknowledged, reads go on, and the store goes on by itself.
#include <gmock/gmock.h>

#include "eventstore/core/error.h"
#include "tests/simulation/campaign.h"
#include "tests/simulation/ledger_world.h"
#include "tests/support/status_matchers.h"

namespace daybook::simulation {
namespace {

using ::testing::AnyOf;
using ::testing::Test;

constexpr int kTimesFull = 4;

// Every event is read, however full the disk is.
void ExpectWholeReads(LedgerWorld& world) {
  std::uint64_t seen = 0;
  EXPECT_OK(world.store().ReadAll({}, [&seen](eventstore::RecordedEvent&) {
    ++seen;
    return true;
  }));
  EXPECT_EQ(seen, world.store().Head().size) << "reads go on while the disk is full";
}

// The store says that it takes no writes, and acknowledges none. It does not know that the disk is
// full where RocksDB met that in the background before a request did.
void ExpectWritesAreRefused(LedgerWorld& world) {
  EXPECT_THAT(eventstore::ErrorReason(world.store().Health()),
              AnyOf(eventstore::reason::kDiskFull, eventstore::reason::kStoreStopped));
  const std::uint64_t size = world.store().Head().size;
  const std::uint64_t acknowledged = world.counts().acknowledged;
  world.Send(20);
  EXPECT_EQ(world.counts().acknowledged, acknowledged);
  EXPECT_EQ(world.store().Head().size, size);
}

// No more bytes fit. A store whose journal has room in the current segment starts without them;
// any other must not say that it takes writes.
void TryToRecoverWhileFull(LedgerWorld& world) {
  world.disk().SetCapacity(world.disk().UsedBytes());
  const std::uint64_t size = world.store().Head().size;
  const absl::Status recovered = world.store().Recover();
  EXPECT_EQ(recovered.ok(), world.store().Health().ok()) << recovered;
  EXPECT_GE(world.store().Head().size, size) << "acknowledged events are gone";
  if (recovered.ok()) return ExpectWholeReads(world);
  ExpectWritesAreRefused(world);
}

void OneDiskFullWorld(std::uint64_t seed, Tally& tally) {
  LedgerWorld world(seed);
  ASSERT_OK(world.Open());
  world.Send(20);
  for (int time = 0; time < kTimesFull && !Test::HasFailure(); ++time) {
    SCOPED_TRACE("full for the " + std::to_string(time) + ". time");
    world.disk().SetCapacity(world.disk().UsedBytes() + world.dice().Below(60'000));
    for (int i = 0; i < 200 && world.store().Health().ok(); ++i) world.Send(20);
    ASSERT_FALSE(world.store().Health().ok()) << "it all fitted into what was there";
    ++tally.tries;
    ExpectWritesAreRefused(world);
    ExpectWholeReads(world);
    TryToRecoverWhileFull(world);
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
