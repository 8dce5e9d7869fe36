#include "services/ingest/written_period.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/ingest/period_labels.h"
#include "services/ingest/written_marking.h"
#include "services/ingest/written_sign.h"

namespace daybook::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> DaysIn(std::string_view line) {
  std::vector<std::string> days;
  for (const values::CivilDay day : DayStatedIn(line)) days.push_back(values::FormatDay(day));
  return days;
}

std::vector<std::string> PeriodsIn(std::string_view line) {
  std::vector<std::string> labels;
  for (const values::Period& period : PeriodsStatedIn(line)) {
    labels.push_back(values::PeriodLabel(period));
  }
  return labels;
}

TEST(WrittenPeriod, ADayOfTwoReadingsHasBoth) {
  EXPECT_THAT(DaysIn("Data correct as at 05/02/2024"), ElementsAre("2024-02-05", "2024-05-02"));
  EXPECT_THAT(DaysIn("as at 5.2.24."), ElementsAre("2024-02-05", "2024-05-02"));
  for (const char* line :
       {"Data correct as at 25/02/2024", "Extracted on 2024-02-25 09:30", "run 25th February 2024",
        "(February 25, 2024)", "on 25 Feb 24;", "02/25/2024"}) {
    EXPECT_THAT(DaysIn(line), ElementsAre("2024-02-25")) << line;
  }
  EXPECT_THAT(DaysIn("5/5/2024"), ElementsAre("2024-05-05"));
  for (const char* line : {"", "Table 5", "1,984", "31/02/2024", "2024", "05/02"}) {
    EXPECT_THAT(DaysIn(line), IsEmpty()) << line;
  }
}

TEST(WrittenPeriod, APeriodHasEveryKindThatItMayBe) {
  EXPECT_THAT(PeriodsIn("Essex Police, recorded crime, 1 October 2022 to 30 September 2023"),
              ElementsAre("AY2022-23", "12m to 2023-09"));
  EXPECT_THAT(PeriodsIn("01/04/2023 - 31/03/2024"), ElementsAre("2023-24", "12m to 2024-03"));
  EXPECT_THAT(PeriodsIn("October to December 2023"), ElementsAre("2023-24 Q3"));
  EXPECT_THAT(PeriodsIn("November 2023 to January 2024"), ElementsAre("2023-11-01..2024-01-31"));
  EXPECT_THAT(PeriodsIn("Rolling 12 months to January 2024"), ElementsAre("12m to 2024-01"));
  EXPECT_THAT(PeriodsIn("12 months ending 31 January 2024"), ElementsAre("12m to 2024-01"));
  EXPECT_THAT(PeriodsIn("Year to the end of March 2024"), ElementsAre("12m to 2024-03"));
  EXPECT_THAT(PeriodsIn("Plan 2013-14"), ElementsAre("2013-14"));
  EXPECT_THAT(PeriodsIn("Return for Q1 2013/14"), ElementsAre("2013-14 Q1"));
  EXPECT_THAT(PeriodsIn("Crime in January 2024"), ElementsAre("2024-01"));
  for (const char* line : {"as at 5 February 2024", "2023", "Table 12", "12 months to 15 May 2024",
                           "2009-10", "5 to 7", ""}) {
    EXPECT_THAT(PeriodsIn(line), IsEmpty()) << line;
  }
}

TEST(WrittenPeriod, LabelsOfPeriodsAreToldFromOthers) {
  for (const char* label : {"2019", "2019*", "2013-14", "FY2013/14", "Q1", "Qtr 2", "Quarter 3",
                            "Apr", "September", "Jan-24", "2024-01", "Q1 2023", "2013-14 Q1",
                            "12 months to Jan 2024", "2024-01-01", "AY2022-23"}) {
    EXPECT_TRUE(IsPeriodLabel(label)) << label;
  }
  for (const char* label : {"Colchester", "Total", "18+", "13-17", "1,984", "12", "Marching", "",
                            "Q5", "Robbery - Business"}) {
    EXPECT_FALSE(IsPeriodLabel(label)) << label;
  }
}

TEST(WrittenPeriod, WhatIsAskedOfLabelsIsAskedOnce) {
  Inquiry open({});
  PeriodLabels labels(open, {"IOM cohort 2013-14"});
  EXPECT_EQ(labels.Read("", "2019", 3), std::nullopt);
  EXPECT_EQ(labels.Read("", "2020", 3), std::nullopt);
  EXPECT_EQ(labels.Read("", "Q1", 4), std::nullopt);
  EXPECT_EQ(labels.Read("", "2024-01-01", 5), std::nullopt);
  ASSERT_THAT(open.open(), SizeIs(3));
  EXPECT_EQ(open.open()[0].id, "years");
  EXPECT_THAT(open.open()[1].readings,
              ElementsAre(Reading{"2013-14", "as \"IOM cohort 2013-14\" says"}));

  Inquiry told({{"years", "12m-to-January"},
                {"year", "2013-14"},
                {"quarters", "calendar"},
                {"dates", "months"}});
  PeriodLabels read(told, {});
  EXPECT_EQ(read.Read("", "2019", 3), "12m to 2019-01");
  EXPECT_EQ(read.Read("", "Q4", 3), "2013-14 Q4");
  EXPECT_EQ(read.Read("", "Feb", 3), "2014-02");
  EXPECT_EQ(read.Read("2023", "Q1", 3), "2022-23 Q4");
  EXPECT_EQ(read.Read("", "Q3 2023", 3), "2023-24 Q2");
  EXPECT_EQ(read.Read("2022/23", "Q3", 3), "2022-23 Q3");
  EXPECT_EQ(read.Read("", "2024-01-01", 3), "2024-01");
  EXPECT_EQ(read.Read("", "Jan-24", 3), "2024-01");
  EXPECT_EQ(read.Read("", "Colchester", 3), std::nullopt);
  EXPECT_FALSE(read.asked());
  EXPECT_THAT(told.open(), IsEmpty());
}

TEST(WrittenPeriod, EveryFormOfAYearIsWhatItsWordsSay) {
  const auto of = [](const std::string& form) {
    Inquiry inquiry({{"years", form}});
    return PeriodLabels(inquiry, {}).Read("", "2023", 1).value_or("asked");
  };
  EXPECT_EQ(of("calendar"), "CY2023");
  EXPECT_EQ(of("financial"), "2023-24");
  EXPECT_EQ(of("financial-ending"), "2022-23");
  EXPECT_EQ(of("assessment"), "AY2023-24");
  EXPECT_EQ(of("assessment-ending"), "AY2022-23");
  EXPECT_EQ(of("12m-to-sept"), "12m to 2023-09");
  EXPECT_EQ(of("12m-to-never"), "asked");
  EXPECT_EQ(of("whatever"), "asked");
}

TEST(WrittenMarking, IsAWholeCellAndNoSentence) {
  const auto level = [](std::string_view cell) {
    const auto marking = MarkingIn(cell);
    return marking ? marking->text : "";
  };
  EXPECT_EQ(level("OFFICIAL"), "OFFICIAL");
  EXPECT_EQ(level("Classification: Official"), "OFFICIAL");
  EXPECT_EQ(level("[OFFICIAL - SENSITIVE]"), "OFFICIAL-SENSITIVE");
  EXPECT_EQ(level("OFFICIAL-SENSITIVE: COMMERCIAL"), "OFFICIAL-SENSITIVE COMMERCIAL");
  EXPECT_EQ(level("Protective Marking: official sensitive"), "OFFICIAL-SENSITIVE");
  EXPECT_EQ(level("TOP SECRET"), "TOP SECRET");
  EXPECT_EQ(level("Confidential"), "CONFIDENTIAL");
  EXPECT_EQ(MarkingIn("TOP SECRET")->level, MarkingLevel::kAbove);
  EXPECT_EQ(MarkingIn("Not protectively marked")->level, MarkingLevel::kNone);
  for (const char* cell : {"Official statistics", "Secret shopper survey", "Official figures 2024",
                           "Confidential helpline calls", "Restricted access", ""}) {
    EXPECT_FALSE(MarkingIn(cell).has_value()) << cell;
  }
}

TEST(WrittenSign, BandsAndYearsAreNoFigures) {
  for (const char* cell : {"1,984", "-8.7%",
                           "\xC2\xA3"
                           "12",
                           "<5", "about 40", "-", "..", "n/a", "[c]", "2019"}) {
    EXPECT_TRUE(IsFigure(cell)) << cell;
  }
  for (const char* cell : {"13-17", "18+", "2013-14", "Colchester", "", "05/02/2024"}) {
    EXPECT_FALSE(IsFigure(cell)) << cell;
  }
}

}  // namespace
}  // namespace daybook::ingest
