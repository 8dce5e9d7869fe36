// The power goes at any moment, with requests in flight: again and again on the same ledger.
#include "tests/simulation/campaign.h"
#include "tests/simulation/ledger_world.h"
#include "tests/support/status_matchers.h"

namespace daybook::simulation {
namespace {

using ::testing::Test;

constexpr int kLossesPerWorld = 12;

void OnePowerLossWorld(std::uint64_t seed, Tally& tally) {
  LedgerWorld world(seed);
  for (int loss = 0; loss < kLossesPerWorld && !Test::HasFailure(); ++loss) {
    SCOPED_TRACE("loss " + std::to_string(loss));
    // Now and then during the start itself.
    if (world.dice().OneIn(3)) world.disk().PowerOffAfter(world.dice().Below(120));
    if (world.Open().ok() && !world.disk().is_off()) {
      world.Send(1 + world.dice().Below(40));
      world.SendIntoPowerLoss(1 + world.dice().Below(60), world.dice().Below(200));
    }
    world.disk().PowerOff();
    world.Close();
    world.PowerOn();
    ++tally.tries;
    world.Check();
    ASSERT_OK(world.Open());
    world.Verify();
    if (world.dice().OneIn(2)) world.Send(world.dice().Below(30));
    if (world.dice().OneIn(6)) world.BackUpAndRestore();
    if (world.dice().OneIn(4)) world.clock().Advance(daybook::testing::FakeClock::kHour);
    world.Close();
    world.Check();
  }
  tally.acknowledged += world.counts().acknowledged;
  tally.in_doubt += world.counts().unknown;
}

TEST(PowerLoss, LosesNothingThatWasAcknowledged) { RunCampaign("power loss", &OnePowerLossWorld); }

}  // namespace
}  // namespace daybook::simulation
