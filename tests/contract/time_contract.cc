// The three times: effective, known, record_time; and a clock that cannot be trusted.
#include <vector>

#include "eventstore/core/civil_day.h"
#include "eventstore/core/error.h"
#include "tests/contract/event_store_contract.h"

namespace daybook::eventstore {
namespace {

using ::daybook::testing::FakeClock;
using ::daybook::testing::HasCode;
using ::daybook::testing::HasReason;
using ::daybook::testing::HasReasonAndField;
using ::daybook::testing::IsOkAndHolds;

TEST_P(EventStoreContract, AllEventsOfARequestHaveItsRecordTime) {
  clock_.Advance(123);
  const AppendResult result = Append(Request(
      {{"a", ExpectedRevision::Any(), Events(2)}, {"b", ExpectedRevision::Any(), Events(1)}}));
  EXPECT_EQ(result.record_time, clock_.Now());
  for (const RecordedEvent& event : ReadAll()) {
    EXPECT_EQ(event.record_time, result.record_time);
  }
}

TEST_P(EventStoreContract, RecordTimeDoesNotGoBackWithTheClock) {
  const Instant first = Append("a").record_time;
  clock_.JumpWall(-3 * FakeClock::kHour);
  EXPECT_EQ(Append("a").record_time, first);
  clock_.Advance(2 * FakeClock::kHour);
  EXPECT_EQ(Append("a").record_time, first);
  clock_.Advance(2 * FakeClock::kHour);
  EXPECT_EQ(Append("a").record_time, Instant{first.micros + FakeClock::kHour});
}

TEST_P(EventStoreContract, AClockThatIsSetBackAndThenRightAgainStopsNothing) {
  Append("a");
  clock_.JumpWall(-FakeClock::kHour);
  Append("a");
  clock_.JumpWall(FakeClock::kHour + FakeClock::kSecond);
  EXPECT_EQ(Append("a").record_time, clock_.Now());
}

TEST_P(EventStoreContract, RecordTimeDoesNotGoBackAfterReopening) {
  const Instant first = Append("a").record_time;
  clock_.JumpWall(-FakeClock::kDay);
  Reopen();
  EXPECT_EQ(Append("a").record_time, first);
}

TEST_P(EventStoreContract, AClockThatJumpsAheadStopsWritesUntilItIsRightAgain) {
  const Instant first = Append("a").record_time;
  clock_.JumpWall(FakeClock::kDay);
  const auto refused = store().Append(Request("a"));
  EXPECT_THAT(refused, HasCode(absl::StatusCode::kUnavailable));
  EXPECT_THAT(refused, HasReason(reason::kClockJumped));
  EXPECT_THAT(store().Health(), HasReason(reason::kClockJumped));
  EXPECT_EQ(Size(), 1U);

  clock_.JumpWall(-FakeClock::kDay);
  EXPECT_EQ(Append("a").record_time, first);
  EXPECT_OK(store().Health());
}

TEST_P(EventStoreContract, AClockThatJumpedAheadStopsNoReadsAndNoAnswersToRetries) {
  const AppendRequest request = Request("a");
  Append(request);
  clock_.JumpWall(FakeClock::kDay);
  EXPECT_TRUE(Append(request).duplicate);
  EXPECT_EQ(ReadAll().size(), 1U);
}

TEST_P(EventStoreContract, AClockThatIsSetForwardALittleIsFollowed) {
  Append("a");
  clock_.JumpWall(5 * FakeClock::kMinute);
  EXPECT_EQ(Append("a").record_time, clock_.Now());
}

TEST_P(EventStoreContract, TimeThatPassesIsNoJump) {
  Append("a");
  clock_.Advance(40 * FakeClock::kDay);
  EXPECT_EQ(Append("a").record_time, clock_.Now());
}

TEST_P(EventStoreContract, SizeAtTellsHowLongTheLogWasAtATime) {
  const Instant start = clock_.Now();
  EXPECT_THAT(store().SizeAt(start), IsOkAndHolds(0U));
  Append("a", 2);
  clock_.Advance(FakeClock::kSecond);
  Append("a", 1);
  Append("a", 3);
  const auto at = [&](std::int64_t micros) {
    return store().SizeAt({start.micros + micros}).value();
  };
  EXPECT_EQ(at(-1), 0U);
  EXPECT_EQ(at(0), 2U);
  EXPECT_EQ(at(FakeClock::kSecond - 1), 2U);
  EXPECT_EQ(at(FakeClock::kSecond), 6U);
  EXPECT_EQ(at(FakeClock::kDay), 6U);
  EXPECT_THAT(store().SizeAt({INT64_MIN}), IsOkAndHolds(0U));
  EXPECT_THAT(store().SizeAt({INT64_MAX}), IsOkAndHolds(6U));
}

TEST_P(EventStoreContract, EffectiveIsKeptAsGiven) {
  NewEvent event = Event();
  event.effective = {.start = {-700'000}, .end = {17'866}};
  Append(Request({{"a", ExpectedRevision::Any(), {event, Event()}}}));
  const std::vector<RecordedEvent> events = ReadStream("a");
  EXPECT_EQ(events[0].event.effective, event.effective);
  EXPECT_EQ(events[1].event.effective, Effective{});
}

TEST_P(EventStoreContract, KnownIsKeptAsGivenForADayAMonthAndUnknown) {
  NewEvent day = Event();
  day.known = {.precision = KnownPrecision::kDay, .day = {19'800}};
  NewEvent month = Event();
  month.known = {.precision = KnownPrecision::kMonth, .day = {19'812}};
  NewEvent unknown = Event();
  unknown.known = {.precision = KnownPrecision::kUnknown, .day = {}};
  Append(Request({{"a", ExpectedRevision::Any(), {day, month, unknown}}}));
  const std::vector<RecordedEvent> events = ReadStream("a");
  EXPECT_EQ(events[0].event.known, day.known);
  EXPECT_EQ(events[1].event.known, month.known);
  EXPECT_EQ(events[2].event.known, unknown.known);
}

TEST_P(EventStoreContract, KnownWhenRecordedReadsAsTheRecordDayInLondon) {
  // 23:30 UTC on 30 June 2026 is already 1 July in London.
  clock_.Advance(1'782'862'200'000'000 - clock_.Now().micros);
  NewEvent event = Event();
  event.known = {.precision = KnownPrecision::kRecorded, .day = {12}};
  Append(Request({{"a", ExpectedRevision::Any(), {event}}}));
  const Known known = ReadStream("a").front().event.known;
  EXPECT_EQ(known.precision, KnownPrecision::kRecorded);
  EXPECT_EQ(known.day, CivilDay{20'635});
  EXPECT_EQ(known.day, LondonDay(clock_.Now()));
}

TEST_P(EventStoreContract, AFactCannotBeKnownAfterTheDayOfItsRecording) {
  const CivilDay today = LondonDay(clock_.Now());
  NewEvent event = Event();
  event.known = {.precision = KnownPrecision::kDay, .day = {today.days + 1}};
  EXPECT_THAT(store().Append(Request({{"a", ExpectedRevision::Any(), {Event(), event}}})),
              HasReasonAndField(reason::kInvalidArgument, "writes[0].events[1].known.day"));
  EXPECT_EQ(Size(), 0U);
  event.known.day = today;
  Append(Request({{"a", ExpectedRevision::Any(), {event}}}));
}

TEST_P(EventStoreContract, AFactMayBeKnownInTheMonthOfItsRecordingButInNoLaterOne) {
  NewEvent event = Event();
  event.known = {.precision = KnownPrecision::kMonth, .day = {20'484}};  // 31 January 2026
  Append(Request({{"a", ExpectedRevision::Any(), {event}}}));
  event.known.day = {20'512};  // 28 February 2026
  EXPECT_THAT(store().Append(Request({{"a", ExpectedRevision::Any(), {event}}})),
              HasReason(reason::kInvalidArgument));
}

}  // namespace
}  // namespace daybook::eventstore
