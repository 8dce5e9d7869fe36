#include "proto/values/period.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/proto/values/days.h"

namespace daybook::values {
namespace {

using types::v1::Period_Kind;
using PeriodMessage = types::v1::Period;
using ::testing::ElementsAre;

PeriodMessage WirePeriod(Period_Kind kind, std::string_view first, std::string_view last) {
  PeriodMessage wire;
  wire.set_kind(kind);
  wire.set_start_date(std::string(first));
  wire.set_end_date(std::string(last));
  return wire;
}

std::vector<std::string> Faults(const PeriodMessage& wire) {
  Problems problems;
  const std::optional<Period> period = PeriodFromProto("period", wire, problems);
  EXPECT_EQ(period.has_value(), problems.empty());
  std::vector<std::string> faults;
  for (const Problem& problem : problems) {
    faults.push_back(problem.field + " " + problem.reason);
    EXPECT_FALSE(problem.description.empty());
    EXPECT_FALSE(problem.remedy.empty());
  }
  return faults;
}

TEST(Period, IsReadAndPrintedInTheFormsOfPeople) {
  struct Case {
    const char* text;
    PeriodKind kind;
    const char* first;
    const char* last;
    const char* label;
  };
  for (const Case& c : {
           Case{"2024-01", PeriodKind::kMonth, "2024-01-01", "2024-01-31", "2024-01"},
           Case{"2017-18", PeriodKind::kPlanYear, "2017-04-01", "2018-03-31", "2017-18"},
           Case{"2017/18", PeriodKind::kPlanYear, "2017-04-01", "2018-03-31", "2017-18"},
           Case{"1999-00", PeriodKind::kPlanYear, "1999-04-01", "2000-03-31", "1999-00"},
           Case{"2009/10", PeriodKind::kPlanYear, "2009-04-01", "2010-03-31", "2009/10"},
           Case{"2009-10", PeriodKind::kMonth, "2009-10-01", "2009-10-31", "2009-10"},
           Case{"2012-13", PeriodKind::kPlanYear, "2012-04-01", "2013-03-31", "2012-13"},
           Case{"2017-18 Q1", PeriodKind::kQuarter, "2017-04-01", "2017-06-30", "2017-18 Q1"},
           Case{"2017-18 Q4", PeriodKind::kQuarter, "2018-01-01", "2018-03-31", "2017-18 Q4"},
           Case{"2009/10 Q2", PeriodKind::kQuarter, "2009-07-01", "2009-09-30", "2009-10 Q2"},
           Case{"CY2023", PeriodKind::kCalendarYear, "2023-01-01", "2023-12-31", "CY2023"},
           Case{"2023 (calendar)", PeriodKind::kCalendarYear, "2023-01-01", "2023-12-31", "CY2023"},
           Case{"AY2022-23", PeriodKind::kAssessmentYear, "2022-10-01", "2023-09-30", "AY2022-23"},
           Case{"12m to 2024-01", PeriodKind::kRolling12, "2023-02-01", "2024-01-31",
                "12m to 2024-01"},
           Case{"2022-09-01..2023-07-31", PeriodKind::kRange, "2022-09-01", "2023-07-31",
                "2022-09-01..2023-07-31"},
           Case{" 2014-06-20 ", PeriodKind::kDay, "2014-06-20", "2014-06-20", "2014-06-20"},
       }) {
    const std::optional<Period> period = ParsePeriod(c.text);
    ASSERT_TRUE(period.has_value()) << c.text;
    EXPECT_EQ(period->kind, c.kind) << c.text;
    EXPECT_EQ(FormatDay(period->start), c.first) << c.text;
    EXPECT_EQ(FormatDay(period->LastDay()), c.last) << c.text;
    EXPECT_EQ(PeriodLabel(*period), c.label);
    EXPECT_TRUE(IsAligned(*period));
  }
}

TEST(Period, RefusesWhatIsNoPeriod) {
  for (const char* text : {"",
                           "2024",
                           "2017-19",
                           "2017-18Q1",
                           "2017-18 Q0",
                           "2017-18 Q5",
                           "2017-19 Q1",
                           "CY23",
                           "CY",
                           "AY2022-24",
                           "AY2022",
                           "12m to",
                           "12m to 2024-13",
                           "2023-07-31..2022-09-01",
                           "2022-09-01..",
                           "..2022-09-01",
                           "2014-06-31",
                           "9999-00",
                           "12m to 0001-01",
                           "0000-01",
                           "January 2024"}) {
    EXPECT_FALSE(ParsePeriod(text).has_value()) << text;
  }
}

TEST(Period, PlanYearIsUnderstoodWhereOnlyAPlanYearMakesSense) {
  EXPECT_EQ(ParsePlanYear("2009-10"), PlanYear(2009));
  EXPECT_EQ(ParsePlanYear("2009/10"), PlanYear(2009));
  EXPECT_FALSE(ParsePlanYear("2009-11").has_value());
  EXPECT_FALSE(ParsePlanYear("2024-01").has_value());
}

TEST(Period, EveryLabelOfFiftyYearsIsReadAsThePeriodItNames) {
  const auto check = [](const Period& period) {
    ASSERT_TRUE(IsAligned(period));
    ASSERT_EQ(ParsePeriod(PeriodLabel(period)), period) << PeriodLabel(period);
    ASSERT_EQ(PeriodFromProto(PeriodToProto(period)), period) << PeriodLabel(period);
  };
  for (int year = 1990; year <= 2040; ++year) {
    check(PlanYear(year));
    check(AssessmentYear(year));
    check(CalendarYear(year));
    for (int quarter = 1; quarter <= 4; ++quarter) check(Quarter(year, quarter));
    for (int month = 1; month <= 12; ++month) {
      const Period of_month = Month(year, month);
      check(of_month);
      check(Rolling12To(year, month));
      check(DayPeriod(of_month.LastDay()));
      check(Range(of_month.start, of_month.LastDay()));
      check(Range(AddDays(of_month.start, 9), AddDays(of_month.end_exclusive, 40)));
    }
  }
}

TEST(PeriodFromWire, NamesEachFault) {
  EXPECT_THAT(Faults(PeriodMessage()),
              ElementsAre("period.kind MISSING_FIELD", "period.start_date MISSING_FIELD",
                          "period.end_date MISSING_FIELD"));
  EXPECT_THAT(Faults(WirePeriod(PeriodMessage::KIND_MONTH, "2024-1-1", "2023-02-29")),
              ElementsAre("period.start_date INVALID_FIELD", "period.end_date INVALID_FIELD"));
  EXPECT_THAT(Faults(WirePeriod(static_cast<Period_Kind>(99), "2024-01-01", "2024-01-31")),
              ElementsAre("period.kind UNKNOWN_VALUE"));
  EXPECT_THAT(Faults(WirePeriod(PeriodMessage::KIND_RANGE, "2024-02-01", "2024-01-31")),
              ElementsAre("period.end_date INVALID_FIELD"));
}

TEST(PeriodFromWire, HoldsEachKindToItsCalendar) {
  struct Case {
    Period_Kind kind;
    const char* first;
    const char* last;
    const char* fault;  // "" = good
  };
  for (const Case& c : {
           Case{PeriodMessage::KIND_DAY, "2024-02-29", "2024-02-29", ""},
           Case{PeriodMessage::KIND_DAY, "2024-02-28", "2024-02-29", "end_date"},
           Case{PeriodMessage::KIND_MONTH, "2024-02-01", "2024-02-29", ""},
           Case{PeriodMessage::KIND_MONTH, "2024-02-01", "2024-02-28", "end_date"},
           Case{PeriodMessage::KIND_MONTH, "2024-02-02", "2024-03-01", "start_date"},
           Case{PeriodMessage::KIND_QUARTER, "2017-04-01", "2017-06-30", ""},
           Case{PeriodMessage::KIND_QUARTER, "2018-01-01", "2018-03-31", ""},
           Case{PeriodMessage::KIND_QUARTER, "2017-05-01", "2017-07-31", "start_date"},
           Case{PeriodMessage::KIND_QUARTER, "2017-04-01", "2017-07-31", "end_date"},
           Case{PeriodMessage::KIND_PLAN_YEAR, "2017-04-01", "2018-03-31", ""},
           Case{PeriodMessage::KIND_PLAN_YEAR, "2017-01-01", "2017-12-31", "start_date"},
           Case{PeriodMessage::KIND_PLAN_YEAR, "2017-04-01", "2018-03-30", "end_date"},
           Case{PeriodMessage::KIND_ASSESSMENT_YEAR, "2022-10-01", "2023-09-30", ""},
           Case{PeriodMessage::KIND_ASSESSMENT_YEAR, "2022-04-01", "2023-03-31", "start_date"},
           Case{PeriodMessage::KIND_CALENDAR_YEAR, "2023-01-01", "2023-12-31", ""},
           Case{PeriodMessage::KIND_CALENDAR_YEAR, "2023-01-01", "2024-12-31", "end_date"},
           Case{PeriodMessage::KIND_ROLLING_12, "2023-02-01", "2024-01-31", ""},
           Case{PeriodMessage::KIND_ROLLING_12, "2023-02-15", "2024-02-14", "start_date"},
           Case{PeriodMessage::KIND_ROLLING_12, "2023-02-01", "2023-12-31", "end_date"},
           Case{PeriodMessage::KIND_RANGE, "2022-09-01", "2023-07-31", ""},
       }) {
    SCOPED_TRACE(std::string(c.first) + ".." + c.last);
    const std::vector<std::string> faults = Faults(WirePeriod(c.kind, c.first, c.last));
    if (*c.fault == '\0') {
      EXPECT_TRUE(faults.empty());
    } else {
      EXPECT_THAT(faults, ElementsAre("period." + std::string(c.fault) + " INVALID_FIELD"));
    }
  }
}

TEST(Period, ContainsAndOverlapsByDays) {
  const Period year = PlanYear(2017);
  EXPECT_TRUE(Contains(year, Day("2017-04-01")));
  EXPECT_TRUE(Contains(year, Day("2018-03-31")));
  EXPECT_FALSE(Contains(year, Day("2018-04-01")));
  EXPECT_TRUE(Contains(year, Quarter(2017, 4)));
  EXPECT_FALSE(Contains(year, Rolling12To(2018, 4)));
  EXPECT_TRUE(Overlaps(year, Rolling12To(2018, 4)));
  EXPECT_FALSE(Overlaps(year, PlanYear(2018)));
  EXPECT_LT(Month(2017, 4), year);
  EXPECT_EQ(EffectiveOf(PeriodToProto(year)).end, Day("2018-04-01"));
  EXPECT_EQ(EffectiveOf(PeriodMessage()), eventstore::Effective{});
}

}  // namespace
}  // namespace daybook::values
