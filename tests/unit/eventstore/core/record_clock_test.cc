#include "eventstore/core/record_clock.h"

#include <gtest/gtest.h>

#include "eventstore/core/error.h"
#include "tests/support/fake_clock.h"
#include "tests/support/status_matchers.h"

namespace daybook::eventstore {
namespace {

using ::daybook::testing::FakeClock;
using ::daybook::testing::HasCode;
using ::daybook::testing::HasReason;
using ::daybook::testing::IsOkAndHolds;

TEST(RecordClock, GivesTheWallTime) {
  FakeClock clock;
  RecordClock record(clock, std::nullopt);
  EXPECT_THAT(record.Stamp(), IsOkAndHolds(clock.Now()));
  clock.Advance(7);
  EXPECT_THAT(record.Stamp(), IsOkAndHolds(clock.Now()));
}

TEST(RecordClock, NeverGoesBack) {
  FakeClock clock;
  RecordClock record(clock, std::nullopt);
  const Instant first = record.Stamp().value();
  clock.JumpWall(-FakeClock::kDay);
  EXPECT_THAT(record.Stamp(), IsOkAndHolds(first));
  clock.Advance(FakeClock::kDay + 5);
  EXPECT_THAT(record.Stamp(), IsOkAndHolds(Instant{first.micros + 5}));
}

TEST(RecordClock, NeverGoesBehindTheLog) {
  FakeClock clock;
  const Instant last{clock.Now().micros + 1000};
  RecordClock record(clock, last);
  EXPECT_THAT(record.Stamp(), IsOkAndHolds(last));
  EXPECT_EQ(record.micros_behind_log_at_start(), 1000);
}

TEST(RecordClock, TrustsTheWallClockAtStartHoweverLongTheLogIsSilent) {
  FakeClock clock;
  RecordClock record(clock, Instant{clock.Now().micros - 400 * FakeClock::kDay});
  EXPECT_THAT(record.Stamp(), IsOkAndHolds(clock.Now()));
  EXPECT_EQ(record.micros_behind_log_at_start(), 0);
}

TEST(RecordClock, StopsWhenTheWallClockRunsMoreThanFiveMinutesAhead) {
  FakeClock clock;
  RecordClock record(clock, std::nullopt);
  const Instant first = record.Stamp().value();
  clock.JumpWall(5 * FakeClock::kMinute + 1);
  EXPECT_THAT(record.Stamp(), HasCode(absl::StatusCode::kUnavailable));
  EXPECT_THAT(record.Stamp(), HasReason(reason::kClockJumped));
  EXPECT_THAT(record.Check(), HasReason(reason::kClockJumped));
  clock.JumpWall(-1);
  EXPECT_OK(record.Check());
  EXPECT_THAT(record.Stamp(), IsOkAndHolds(Instant{first.micros + 5 * FakeClock::kMinute}));
}

TEST(RecordClock, GoesOnByItselfWhenTheWallClockIsRightAgain) {
  FakeClock clock;
  RecordClock record(clock, std::nullopt);
  clock.JumpWall(FakeClock::kDay);
  EXPECT_FALSE(record.Stamp().ok());
  clock.Advance(FakeClock::kHour);
  EXPECT_FALSE(record.Stamp().ok());
  clock.JumpWall(-FakeClock::kDay);
  EXPECT_THAT(record.Stamp(), IsOkAndHolds(clock.Now()));
}

TEST(RecordClock, AWallClockThatIsSetBackAndThenRightAgainIsNoJump) {
  FakeClock clock;
  RecordClock record(clock, std::nullopt);
  const Instant first = record.Stamp().value();
  clock.JumpWall(-FakeClock::kHour);
  EXPECT_THAT(record.Stamp(), IsOkAndHolds(first));
  clock.JumpWall(FakeClock::kHour);
  EXPECT_THAT(record.Stamp(), IsOkAndHolds(clock.Now()));
}

TEST(RecordClock, TimeThatPassesIsNoJump) {
  FakeClock clock;
  RecordClock record(clock, std::nullopt);
  clock.Advance(1000 * FakeClock::kDay);
  EXPECT_THAT(record.Stamp(), IsOkAndHolds(clock.Now()));
}

}  // namespace
}  // namespace daybook::eventstore
