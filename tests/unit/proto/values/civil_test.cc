#include "proto/values/civil.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "tests/unit/proto/values/days.h"

namespace daybook::values {
namespace {

Instant Utc(int year, unsigned month, unsigned day, int hour, int minute = 0, int second = 0) {
  using std::chrono::sys_days;
  const auto midnight =
      sys_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day));
  const std::chrono::microseconds since = midnight.time_since_epoch() + std::chrono::hours(hour) +
                                          std::chrono::minutes(minute) +
                                          std::chrono::seconds(second);
  return Instant{since.count()};
}

TEST(CivilDay, IsReadStrictly) {
  EXPECT_EQ(Day("1970-01-01").days, 0);
  EXPECT_EQ(Day("1969-12-31").days, -1);
  EXPECT_EQ(Day("2000-03-01").days, 11017);
  for (const char* text : {"",
                           "2024",
                           "2024-01",
                           "2024-1-1",
                           "24-01-01",
                           "2024/01/01",
                           "2024-00-10",
                           "2024-13-01",
                           "2024-01-00",
                           "2024-01-32",
                           "2023-02-29",
                           "1900-02-29",
                           "2024-04-31",
                           " 2024-01-01",
                           "2024-01-01 ",
                           "2024-01-0x",
                           "-024-01-01",
                           "0000-01-01",
                           "2024-01-01T00:00:00Z",
                           "+024-01-01"}) {
    EXPECT_FALSE(ParseDay(text).has_value()) << text;
  }
}

TEST(CivilDay, KnowsLeapYears) {
  EXPECT_TRUE(ParseDay("2024-02-29").has_value());
  EXPECT_TRUE(ParseDay("2000-02-29").has_value());
  EXPECT_FALSE(ParseDay("2100-02-29").has_value());
  EXPECT_EQ(DaysInMonth(2024, 2), 29);
  EXPECT_EQ(DaysInMonth(2023, 2), 28);
  EXPECT_EQ(DaysInMonth(1900, 2), 28);
  EXPECT_EQ(DaysInMonth(2024, 12), 31);
  EXPECT_TRUE(IsLeapYear(2000));
  EXPECT_FALSE(IsLeapYear(1900));
}

TEST(CivilDay, IsPrintedAsItIsReadOnEveryDayOfACentury) {
  for (CivilDay day = Day("1950-01-01"); day <= Day("2050-12-31"); day = AddDays(day, 1)) {
    ASSERT_EQ(ParseDay(FormatDay(day)), day);
    ASSERT_EQ(DayOf(DateOf(day)), day);
    ASSERT_EQ(ParseMonth(FormatMonth(day)), FirstOfMonth(day));
    ASSERT_EQ(FirstOfMonth(AddDays(LastOfMonth(day), 1)), AddMonths(FirstOfMonth(day), 1));
  }
  EXPECT_EQ(FormatDay(Day("0001-01-01")), "0001-01-01");
  EXPECT_EQ(FormatDay(Day("9999-12-31")), "9999-12-31");
}

TEST(CivilDay, AddsMonthsAndStaysInTheMonth) {
  EXPECT_EQ(FormatDay(AddMonths(Day("2024-01-31"), 1)), "2024-02-29");
  EXPECT_EQ(FormatDay(AddMonths(Day("2023-01-31"), 1)), "2023-02-28");
  EXPECT_EQ(FormatDay(AddMonths(Day("2024-02-29"), -12)), "2023-02-28");
  EXPECT_EQ(FormatDay(AddMonths(Day("2023-11-15"), 3)), "2024-02-15");
  EXPECT_EQ(FormatDay(AddMonths(Day("2023-01-15"), -1)), "2022-12-15");
  EXPECT_EQ(FormatDay(LastOfMonth(Day("2024-02-01"))), "2024-02-29");
  EXPECT_EQ(FormatDay(FirstOfMonth(Day("2024-02-29"))), "2024-02-01");
}

TEST(LondonDay, FollowsSummerTimeAtItsEdges) {
  struct Case {
    Instant instant;
    const char* day;
  };
  for (const Case& c : {
           Case{Utc(2024, 3, 30, 23, 59, 59), "2024-03-30"},  // the last night of winter time
           Case{Utc(2024, 3, 31, 0), "2024-03-31"},
           Case{Utc(2024, 3, 31, 22, 59, 59), "2024-03-31"},  // summer time since 01:00 UTC
           Case{Utc(2024, 3, 31, 23), "2024-04-01"},
           Case{Utc(2024, 10, 26, 22, 59, 59), "2024-10-26"},
           Case{Utc(2024, 10, 26, 23), "2024-10-27"},
           Case{Utc(2024, 10, 27, 23, 30), "2024-10-27"},  // winter time since 01:00 UTC
           Case{Utc(2024, 10, 28, 0), "2024-10-28"},
           Case{Utc(2023, 3, 26, 23), "2023-03-27"},
           Case{Utc(2023, 3, 25, 23), "2023-03-25"},
           Case{Utc(2023, 9, 17, 23, 30), "2023-09-18"},
           Case{Utc(2024, 1, 1, 0), "2024-01-01"},
       }) {
    EXPECT_EQ(FormatDay(LondonDay(c.instant)), c.day);
  }
}

TEST(DayOfLondon, BeginsAndEndsWithItsMidnights) {
  EXPECT_EQ(StartOfDay(Day("2024-01-15")), Utc(2024, 1, 15, 0));
  EXPECT_EQ(StartOfDay(Day("2024-07-15")), Utc(2024, 7, 14, 23));
  EXPECT_EQ(StartOfDay(Day("2024-03-31")), Utc(2024, 3, 31, 0));  // 23 hours long
  EXPECT_EQ(StartOfDay(Day("2024-04-01")), Utc(2024, 3, 31, 23));
  EXPECT_EQ(StartOfDay(Day("2024-10-27")), Utc(2024, 10, 26, 23));  // 25 hours long
  EXPECT_EQ(StartOfDay(Day("2024-10-28")), Utc(2024, 10, 28, 0));
  EXPECT_EQ(EndOfDay(Day("2023-09-18")).micros, Utc(2023, 9, 18, 23).micros - 1);
}

TEST(DayOfLondon, HoldsExactlyTheInstantsBetweenItsEnds) {
  for (CivilDay day = Day("1996-01-01"); day <= Day("2040-12-31"); day = AddDays(day, 1)) {
    ASSERT_EQ(LondonDay(StartOfDay(day)), day);
    ASSERT_EQ(LondonDay(EndOfDay(day)), day);
    ASSERT_EQ(EndOfDay(day).micros + 1, StartOfDay(AddDays(day, 1)).micros);
  }
}

}  // namespace
}  // namespace daybook::values
