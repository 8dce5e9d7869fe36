#include "projections/calendar/calendar.h"

#include <gtest/gtest.h>

#include <string>

namespace daybook::calendar {
namespace {

CivilDay Day(std::string_view text) { return values::ParseDay(text).value(); }
Period P(std::string_view label) { return values::ParsePeriod(label).value(); }

TEST(Calendar, FindsThePeriodsOfADay) {
  struct Case {
    const char* day;
    const char* month;
    const char* quarter;
    const char* plan_year;
    const char* assessment_year;
    const char* calendar_year;
    const char* rolling;
  };
  for (const Case& c : {
           Case{"2018-03-31", "2018-03", "2017-18 Q4", "2017-18", "AY2017-18", "CY2018",
                "12m to 2018-03"},
           Case{"2018-04-01", "2018-04", "2018-19 Q1", "2018-19", "AY2017-18", "CY2018",
                "12m to 2018-04"},
           Case{"2018-09-30", "2018-09", "2018-19 Q2", "2018-19", "AY2017-18", "CY2018",
                "12m to 2018-09"},
           Case{"2018-10-01", "2018-10", "2018-19 Q3", "2018-19", "AY2018-19", "CY2018",
                "12m to 2018-10"},
           Case{"2018-12-31", "2018-12", "2018-19 Q3", "2018-19", "AY2018-19", "CY2018",
                "12m to 2018-12"},
           Case{"2024-02-29", "2024-02", "2023-24 Q4", "2023-24", "AY2023-24", "CY2024",
                "12m to 2024-02"},
       }) {
    const CivilDay day = Day(c.day);
    EXPECT_EQ(values::PeriodLabel(MonthOf(day)), c.month);
    EXPECT_EQ(values::PeriodLabel(QuarterOf(day)), c.quarter);
    EXPECT_EQ(values::PeriodLabel(PlanYearOf(day)), c.plan_year);
    EXPECT_EQ(values::PeriodLabel(AssessmentYearOf(day)), c.assessment_year);
    EXPECT_EQ(values::PeriodLabel(CalendarYearOf(day)), c.calendar_year);
    EXPECT_EQ(values::PeriodLabel(Rolling12Ending(day)), c.rolling);
  }
}

TEST(Calendar, EveryDayOfFiftyYearsLiesInItsPeriods) {
  for (CivilDay day = Day("1990-01-01"); day <= Day("2040-12-31"); day = values::AddDays(day, 1)) {
    for (const Period& period :
         {MonthOf(day), QuarterOf(day), PlanYearOf(day), AssessmentYearOf(day), CalendarYearOf(day),
          Rolling12Ending(day)}) {
      ASSERT_TRUE(values::Contains(period, day)) << values::PeriodLabel(period);
      ASSERT_TRUE(values::IsAligned(period)) << values::PeriodLabel(period);
    }
    ASSERT_EQ(QuartersOfPlanYear(day)[static_cast<std::size_t>(QuarterNo(day) - 1)],
              QuarterOf(day));
  }
}

TEST(Calendar, QuartersFillThePlanYear) {
  const std::vector<Period> quarters = QuartersOfPlanYear(Day("2018-02-01"));
  ASSERT_EQ(quarters.size(), 4u);
  EXPECT_EQ(quarters.front().start, P("2017-18").start);
  EXPECT_EQ(quarters.back().end_exclusive, P("2017-18").end_exclusive);
  for (std::size_t i = 1; i < quarters.size(); ++i) {
    EXPECT_EQ(quarters[i].start, quarters[i - 1].end_exclusive);
  }
  EXPECT_EQ(QuarterNo(Day("2018-01-01")), 4);
  EXPECT_EQ(QuarterNo(Day("2018-06-30")), 1);
}

TEST(Calendar, ThePreviousPeriodIsOneOfTheSameKind) {
  struct Case {
    const char* period;
    const char* previous;
    const char* year_before;
  };
  for (const Case& c : {
           Case{"2024-01", "2023-12", "2023-01"},
           Case{"2024-03", "2024-02", "2023-03"},
           Case{"2017-18 Q1", "2016-17 Q4", "2016-17 Q1"},
           Case{"2017-18", "2016-17", "2016-17"},
           Case{"AY2022-23", "AY2021-22", "AY2021-22"},
           Case{"CY2023", "CY2022", "CY2022"},
           Case{"12m to 2024-01", "12m to 2023-01", "12m to 2023-01"},
           Case{"2022-09-01..2023-07-31", "2021-10-01..2022-08-31", "2021-09-01..2022-07-31"},
           Case{"2024-03-10..2024-03-12", "2024-03-07..2024-03-09", "2023-03-10..2023-03-12"},
           Case{"2024-02-01..2024-02-29", "2024-01-01..2024-01-31", "2023-02-01..2023-02-28"},
           Case{"2024-02-29", "2024-02-28", "2023-02-28"},
           Case{"2024-03-01", "2024-02-29", "2023-03-01"},
       }) {
    EXPECT_EQ(values::PeriodLabel(PreviousOf(P(c.period))), c.previous) << c.period;
    EXPECT_EQ(values::PeriodLabel(YearBefore(P(c.period))), c.year_before) << c.period;
  }
}

TEST(Calendar, MonthsFillAPeriodOfWholeMonths) {
  EXPECT_EQ(MonthsOf(P("2017-18"))->size(), 12u);
  EXPECT_EQ(MonthsOf(P("2022-09-01..2023-07-31"))->size(), 11u);
  const std::vector<Period> months = MonthsOf(P("12m to 2024-01")).value();
  EXPECT_EQ(values::PeriodLabel(months.front()), "2023-02");
  EXPECT_EQ(values::PeriodLabel(months.back()), "2024-01");
  EXPECT_FALSE(MonthsOf(P("2024-01-02..2024-02-29")).has_value());
  EXPECT_FALSE(MonthsOf(P("2024-01-01..2024-02-28")).has_value());
}

TEST(Calendar, APlanYearElapsesQuarterByQuarter) {
  const Period year = P("2017-18");
  EXPECT_EQ(ElapsedQuarters(year, Day("2017-03-31")), 0);
  EXPECT_EQ(ElapsedQuarters(year, Day("2017-06-29")), 0);
  EXPECT_EQ(ElapsedQuarters(year, Day("2017-06-30")), 1);
  EXPECT_EQ(ElapsedQuarters(year, Day("2017-12-31")), 3);
  EXPECT_EQ(ElapsedQuarters(year, Day("2018-03-31")), 4);
  EXPECT_EQ(ElapsedQuarters(year, Day("2020-01-01")), 4);
  EXPECT_EQ(ElapsedFraction(1).ToString(), "0.25");
  EXPECT_EQ(ElapsedFraction(2).ToString(), "0.5");
  EXPECT_EQ(ElapsedFraction(4).ToString(), "1");
  EXPECT_EQ(StraightLine(Decimal(10), 1).ToString(), "2.5");
  EXPECT_EQ(StraightLine(Decimal(10), 4).ToString(), "10");
  EXPECT_EQ(StraightLine(Decimal(100), 2).ToString(), "50");
}

}  // namespace
}  // namespace daybook::calendar
