// Somebody sets the clock of the server: an hour back, an hour or a year ahead, while it works and
// before a start. Record times never go back, nothing is recorded with a time from the future, and
// writes go on by themselves once the clock is right.
#include "eventstore/core/error.h"
#include "tests/simulation/campaign.h"
#include "tests/simulation/ledger_world.h"
#include "tests/support/status_matchers.h"

namespace daybook::simulation {
namespace {

using daybook::testing::FakeClock;
using ::testing::Test;

constexpr int kJumpsPerWorld = 12;
constexpr std::int64_t kYear = 365 * FakeClock::kDay;

// Sends until an event has the time that it is now; so the log knows it, too.
void SendUntilNow(LedgerWorld& world) {
  eventstore::Instant last;
  while (last != world.clock().Now() && !Test::HasFailure()) {
    world.Send(10);
    EXPECT_OK(world.store().ReadAll({.direction = eventstore::Direction::kBackward, .limit = 1},
                                    [&last](eventstore::RecordedEvent& event) {
                                      last = event.record_time;
                                      return false;
                                    }));
  }
}

void ExpectTimesInOrder(LedgerWorld& world) {
  eventstore::Instant last;
  EXPECT_OK(world.store().ReadAll({}, [&](eventstore::RecordedEvent& event) {
    EXPECT_GE(event.record_time, last);
    EXPECT_LE(event.record_time, world.clock().Now());
    last = event.record_time;
    return true;
  }));
}

void Ahead(LedgerWorld& world, std::int64_t micros) {
  world.clock().JumpWall(micros);
  const std::uint64_t size = world.store().Head().size;
  world.Send(1 + world.dice().Below(30));
  EXPECT_EQ(world.store().Head().size, size) << "recorded at a time that is not yet";
  EXPECT_EQ(eventstore::ErrorReason(world.store().Health()), eventstore::reason::kClockJumped);
  world.clock().JumpWall(-micros);
  EXPECT_OK(world.store().Health());
  world.Send(1 + world.dice().Below(30));
}

void Back(LedgerWorld& world, std::int64_t micros) {
  world.clock().JumpWall(-micros);
  world.Send(1 + world.dice().Below(30));
  if (world.dice().OneIn(2)) {  // a server that starts before it knows what time it is
    world.Close();
    ASSERT_OK(world.Open());
    world.Send(1 + world.dice().Below(30));
  }
  world.clock().JumpWall(micros);
  EXPECT_OK(world.store().Health());
  world.Send(1 + world.dice().Below(30));
}

void OneClockWorld(std::uint64_t seed, Tally& tally) {
  LedgerWorld world(seed);
  ASSERT_OK(world.Open());
  for (int jump = 0; jump < kJumpsPerWorld && !Test::HasFailure(); ++jump) {
    SCOPED_TRACE("jump " + std::to_string(jump));
    world.clock().Advance(static_cast<std::int64_t>(world.dice().Below(FakeClock::kDay)));
    SendUntilNow(world);
    ++tally.tries;
    switch (world.dice().Below(3)) {
      case 0:
        Back(world, FakeClock::kHour);
        break;
      case 1:
        Ahead(world, FakeClock::kHour);
        break;
      default:
        Ahead(world, kYear);
    }
    ExpectTimesInOrder(world);
    world.Verify();
    if (world.dice().OneIn(3)) {
      world.SendIntoPowerLoss(1 + world.dice().Below(60), world.dice().Below(200));
      world.PowerOn();
      world.Check();
      ASSERT_OK(world.Open());
      world.Verify();
    }
  }
  world.Close();
  world.Check();
  tally.acknowledged += world.counts().acknowledged;
  tally.in_doubt += world.counts().unknown;
}

TEST(ClockJumps, NeverReachTheLog) { RunCampaign("clock jumps", &OneClockWorld); }

}  // namespace
}  // namespace daybook::simulation
