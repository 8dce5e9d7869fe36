// RocksDB cannot write its tables or its manifest for a while: what it then has in memory only, and
// what it says of it, must not be trusted, however often it happens.
#include <vector>

#include "tests/simulation/campaign.h"
#include "tests/simulation/ledger_world.h"
#include "tests/support/status_matchers.h"

namespace daybook::simulation {
namespace {

using ::testing::Test;

constexpr int kFailuresPerWorld = 6;

void SendUntilStopped(LedgerWorld& world) {
  for (int i = 0; i < 300 && world.store().Health().ok(); ++i) world.Send(20);
}

void OneFlushErrorWorld(std::uint64_t seed, Tally& tally) {
  static const std::vector<FaultPoint> kPoints = {
      {.file_class = "log/table", .operation = DiskOperation::kCreate},
      {.file_class = "log/table", .operation = DiskOperation::kWrite},
      {.file_class = "log/table", .operation = DiskOperation::kSync},
      {.file_class = "log/manifest", .operation = DiskOperation::kWrite},
      {.file_class = "log/manifest", .operation = DiskOperation::kSync}};
  LedgerWorld world(seed);
  ASSERT_OK(world.Open());
  world.Send(20);
  for (int failure = 0; failure < kFailuresPerWorld && !Test::HasFailure(); ++failure) {
    FaultPoint point = kPoints[world.dice().Below(kPoints.size())];
    point.n = world.dice().Below(4);
    SCOPED_TRACE("failure " + std::to_string(failure) + " of " + point.file_class + " " +
                 std::string(NameOf(point.operation)));
    world.disk().FailAt(point,
                        world.dice().OneIn(2) ? DiskError::kNoSpace : DiskError::kInputOutput,
                        /*from_then_on=*/true);
    SendUntilStopped(world);
    ++tally.tries;
    if (world.dice().OneIn(2)) world.store().Recover().IgnoreError();  // too early
    world.disk().Heal();
    ASSERT_OK(world.store().Recover());
    world.Verify();
    // Segments are taken back meanwhile; then only what is on the medium counts.
    for (int i = 0; i < 20; ++i) world.Send(20);
    world.SendIntoPowerLoss(10, world.dice().Below(100));
    world.PowerOn();
    world.Check();
    ASSERT_OK(world.Open());
    world.Verify();
  }
  world.Close();
  world.Check();
  tally.acknowledged += world.counts().acknowledged;
  tally.in_doubt += world.counts().unknown;
}

// The database failed, and while it is opened anew the journal fails at one step after the other.
// What is there must be read again after the next try.
TEST(FlushError, AStartThatFailsWhileItIsOpenedAnewIsTriedAgain) {
  const std::vector<DiskOperation> operations = {DiskOperation::kOpen, DiskOperation::kCreate,
                                                 DiskOperation::kWrite, DiskOperation::kSync};
  int failed = 0;
  for (const DiskOperation operation : operations) {
    for (std::uint64_t n = 0; n < 6; ++n) {
      SCOPED_TRACE(std::string(NameOf(operation)) + " " + std::to_string(n));
      LedgerWorld world(n);
      ASSERT_OK(world.Open());
      world.Send(20);
      world.disk().FailAt({.file_class = "log/table", .operation = DiskOperation::kCreate},
                          DiskError::kInputOutput, /*from_then_on=*/true);
      SendUntilStopped(world);
      world.disk().Heal();
      world.disk().FailAt({.file_class = "log/journal", .operation = operation, .n = n},
                          DiskError::kInputOutput, /*from_then_on=*/false);
      failed += world.store().Recover().ok() ? 0 : 1;
      world.disk().Heal();
      ASSERT_OK(world.store().Recover());
      world.Verify();
      if (Test::HasFatalFailure()) return;
    }
  }
  EXPECT_GT(failed, 6) << "the faults missed the start";
}

TEST(FlushError, LeavesNothingThatWasAcknowledgedInMemoryOnly) {
  RunCampaign("flush errors", &OneFlushErrorWorld);
}

}  // namespace
}  // namespace daybook::simulation
