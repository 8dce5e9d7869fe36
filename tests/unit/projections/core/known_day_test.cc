#include "projections/core/known_day.h"

#include <gtest/gtest.h>

#include <optional>

#include "proto/values/civil.h"

namespace daybook::projections {
namespace {

using eventstore::CivilDay;
using eventstore::Instant;
using eventstore::KnownPrecision;

CivilDay Day(const char* text) { return *values::ParseDay(text); }

eventstore::RecordedEvent Recorded(eventstore::Known known, Instant at) {
  eventstore::RecordedEvent event;
  event.event.known = known;
  event.record_time = at;
  return event;
}

const Instant kSummerNight = values::EndOfDay(Day("2024-07-10"));  // 22:59:59.999999 UTC

TEST(KnownBy, IsTheDayOfTheRecordingInLondonWhereItWasReceivedThen) {
  EXPECT_EQ(KnownBy(Recorded({}, kSummerNight)), Day("2024-07-10"));
  EXPECT_EQ(KnownBy(Recorded({}, Instant{kSummerNight.micros + 1})), Day("2024-07-11"));
}

TEST(KnownBy, IsTheDayGivenOrTheLastDayOfTheMonthGiven) {
  EXPECT_EQ(KnownBy(Recorded({KnownPrecision::kDay, Day("2024-03-18")}, kSummerNight)),
            Day("2024-03-18"));
  EXPECT_EQ(KnownBy(Recorded({KnownPrecision::kMonth, Day("2024-03-31")}, kSummerNight)),
            Day("2024-03-31"));
}

TEST(KnownBy, IsNeverLaterThanTheRecording) {
  EXPECT_EQ(KnownBy(Recorded({KnownPrecision::kMonth, Day("2024-07-31")}, kSummerNight)),
            Day("2024-07-10"));
}

TEST(KnownBy, IsNoDayWhereNobodyKnowsIt) {
  EXPECT_EQ(KnownBy(Recorded({KnownPrecision::kUnknown, {}}, kSummerNight)), std::nullopt);
}

TEST(BackLoaded, IsWhatWasKnownOnAnEarlierDayThanItWasRecorded) {
  EXPECT_FALSE(IsBackLoaded(Recorded({}, kSummerNight)));
  EXPECT_FALSE(IsBackLoaded(Recorded({KnownPrecision::kUnknown, {}}, kSummerNight)));
  EXPECT_FALSE(IsBackLoaded(Recorded({KnownPrecision::kDay, Day("2024-07-10")}, kSummerNight)));
  EXPECT_TRUE(IsBackLoaded(Recorded({KnownPrecision::kDay, Day("2024-07-09")}, kSummerNight)));
  EXPECT_FALSE(IsBackLoaded(Recorded({KnownPrecision::kMonth, Day("2024-07-31")}, kSummerNight)));
  EXPECT_TRUE(IsBackLoaded(Recorded({KnownPrecision::kMonth, Day("2024-06-30")}, kSummerNight)));
}

}  // namespace
}  // namespace daybook::projections
