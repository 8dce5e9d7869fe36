// The disk returns an error, or is full, at one operation after the other: opening, writing,
// syncing, renaming, removing, of every kind of file. Once, or from then on until it is well again.
#include <map>
#include <vector>

#include "tests/simulation/campaign.h"
#include "tests/simulation/ledger_world.h"
#include "tests/support/status_matchers.h"

namespace daybook::simulation {
namespace {

using ::testing::Test;

struct Plan {
  FaultPoint point;
  DiskError error = DiskError::kInputOutput;
  bool from_then_on = false;
};

constexpr int kRounds = 4;

// Starts, sends, stops; with the fault or without, the same steps.
void Live(LedgerWorld& world) {
  for (int start = 0; start < 2; ++start) {
    if (!world.Open().ok()) return;
    for (int round = 0; round < kRounds; ++round) {
      world.Send(8);
      if (!world.store().Health().ok()) return;
    }
    if (start == 0) world.Close();
  }
}

// How often each operation happens in such a life.
std::map<std::pair<std::string, DiskOperation>, std::uint64_t> Operations(std::uint64_t seed) {
  LedgerWorld world(seed);
  Live(world);
  world.Close();
  return world.disk().counts();
}

// Well again: by Recover where the store still runs, by a new start where it does not.
void Mend(LedgerWorld& world) {
  const bool power = world.dice().OneIn(3);
  if (power) world.disk().PowerOff();
  if (power || world.dice().OneIn(2)) world.Close();
  if (power) world.PowerOn();
  world.disk().Heal();
  if (world.is_open() && world.store().Recover().ok()) return;
  world.Close();
  ASSERT_OK(world.Open());
}

void OneFault(std::uint64_t seed, const Plan& plan, Tally& tally) {
  SCOPED_TRACE(plan.point.file_class + " " + std::string(NameOf(plan.point.operation)) + " " +
               std::to_string(plan.point.n) +
               (plan.error == DiskError::kNoSpace ? " no space" : " i/o error") +
               (plan.from_then_on ? " from then on" : ""));
  LedgerWorld world(seed);
  world.disk().FailAt(plan.point, plan.error, plan.from_then_on);
  Live(world);
  Mend(world);
  if (Test::HasFatalFailure()) return;
  world.Verify();
  world.Send(8);
  world.Verify();
  world.Close();
  world.Check();
  ++tally.tries;
  tally.acknowledged += world.counts().acknowledged;
  tally.in_doubt += world.counts().unknown;
}

// One seed: a life, and failures at up to so many points of it. Many points with few seeds, or few
// with many, come to the same in a long run.
void OneDiskErrorWorld(std::uint64_t seed, Tally& tally) {
  constexpr int kPointsPerSeed = 24;
  eventstore::testing::Dice dice(seed ^ 0x9e3779b97f4a7c15);
  const auto operations = Operations(seed);
  std::vector<std::pair<std::string, DiskOperation>> kinds;
  for (const auto& [kind, count] : operations) {
    if (kind.second != DiskOperation::kRead) kinds.push_back(kind);
  }
  for (int i = 0; i < kPointsPerSeed && !Test::HasFailure(); ++i) {
    // Each kind is as likely as any other, however rare it is.
    const auto& kind = kinds[dice.Below(kinds.size())];
    OneFault(seed,
             {.point = {.file_class = kind.first,
                        .operation = kind.second,
                        .n = dice.Below(operations.at(kind))},
              .error = dice.OneIn(2) ? DiskError::kNoSpace : DiskError::kInputOutput,
              .from_then_on = dice.OneIn(2)},
             tally);
  }
}

TEST(DiskError, AtAnyPointLosesNothingAndIsSurvived) {
  RunCampaign("disk errors", &OneDiskErrorWorld);
}

}  // namespace
}  // namespace daybook::simulation
