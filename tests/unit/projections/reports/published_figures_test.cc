// What documents printed against what is held: the readings are exact and there is no other.
#include "projections/reports/published_figures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "eventstore/core/error.h"
#include "projections/reports/printed_change.h"
#include "tests/unit/projections/reports/builders.h"

namespace daybook::reports {
namespace {

using ::testing::ElementsAre;
using testing::FigurePublished;
using testing::HasNote;
using testing::MeasureDefined;
using testing::P;
using testing::Q;
using testing::ViewFeed;

PrintedChange Printed(const std::string& percent, const std::string& absolute = "") {
  types::v1::PrintedChange change;
  change.set_percent(percent);
  change.set_absolute(absolute);
  return PrintedChange(change);
}

Decimal D(std::int64_t number) { return Decimal(number); }

TEST(PrintedChanges, AgreeAtTheirOwnDecimals) {
  EXPECT_TRUE(Printed("-17.3").IsOf(D(859), D(710)));
  EXPECT_TRUE(Printed("82").IsOf(D(164), D(299)));
  EXPECT_TRUE(Printed("+10.6", "17").IsOf(D(161), D(178)));
  EXPECT_FALSE(Printed("-8.7", "-1620").IsOf(D(18641), D(17032)));
  EXPECT_FALSE(Printed("10").IsOf(D(0), D(5)));
  EXPECT_TRUE(Printed("", "5").IsOf(D(0), D(5)));
}

TEST(PrintedChanges, SayWhichOtherFigureFitsBoth) {
  const PrintedChange printed = Printed("-8.7", "-1620");
  EXPECT_EQ(printed.LessActual(D(18641), D(17032)), D(-11));
  EXPECT_EQ(printed.BeforeThatFits(D(17032)), D(18652));
  EXPECT_EQ(printed.AfterThatFits(D(18641)), D(17021));
  EXPECT_EQ(Printed("-50", "-1620").BeforeThatFits(D(17032)), std::nullopt);
  EXPECT_EQ(Printed("-8.7").BeforeThatFits(D(17032)), std::nullopt);
}

TEST(PrintedChanges, BoundTheFigureBefore) {
  const auto range = Printed("-15.7").BeforesThatGive(D(2633));
  ASSERT_TRUE(range.has_value());
  EXPECT_EQ(range->first, D(3122));
  EXPECT_EQ(range->second, D(3125));
  EXPECT_EQ(Printed("99.9").BeforesThatGive(D(3)), std::nullopt);  // 3 of 1 is 200, of 2 is 50
  EXPECT_EQ(Printed("-100").BeforesThatGive(D(3)), std::nullopt);
  EXPECT_EQ(Printed("5").BeforesThatGive(D(0)), std::nullopt);
}

TEST(PrintedChanges, BoundTheFigureBeforeAsACountOfAllWouldSay) {
  std::mt19937_64 random(1609);
  for (int round = 0; round < 200; ++round) {
    const auto before = static_cast<std::int64_t>(1 + random() % 900);
    const auto after = static_cast<std::int64_t>(1 + random() % 900);
    const int decimals = static_cast<int>(random() % 2);
    const Decimal percent = *values::ChangePercent(D(before), D(after), decimals);
    std::int64_t least = 0;
    std::int64_t most = 0;
    for (std::int64_t number = 1; number <= 300'000; ++number) {
      const Decimal change = *values::ChangePercent(D(number), D(after), decimals);
      if (change < percent) break;
      if (change != percent) continue;
      if (least == 0) least = number;
      most = number;
    }
    const auto range = Printed(percent.ToString()).BeforesThatGive(D(after));
    if (percent <= D(-100)) continue;  // any number is enough
    ASSERT_TRUE(range.has_value()) << before << " to " << after;
    EXPECT_EQ(range->first, D(least)) << percent.ToString() << " to " << after;
    EXPECT_EQ(range->second, D(most)) << percent.ToString() << " to " << after;
  }
}

class Published : public ::testing::Test {
 protected:
  Published() {
    testing::AddOrganisation(feed_, "essex-police", "Essex Police");
    testing::AddArea(feed_, "colchester", "Colchester", "district");
    auto robbery = testing::Measure("robbery", MeasureDefined::SUBJECT_INCIDENTS, "Robbery");
    robbery.set_incident_type("robbery");
    feed_.Add(robbery);
    feed_.Add(testing::Measure("wso", MeasureDefined::SUBJECT_REFERRALS, "WSO"));
  }

  void Return(const std::string& period, const std::string& value, std::uint32_t version = 1) {
    auto fact = testing::Observation("robbery", "colchester", "essex-police", period);
    *fact.mutable_quantity() = Q(value);
    fact.set_measure_version(version);
    feed_.Add(fact);
  }

  static FigurePublished Figure(const std::string& measure = "robbery") {
    FigurePublished fact;
    fact.set_document_id("report-2024");
    fact.set_section("5.14");
    fact.set_measure_id(measure);
    fact.set_area_id("colchester");
    *fact.mutable_period() = P("12m to 2024-01");
    return fact;
  }

  std::uint64_t Print(const std::string& percent, const std::string& absolute) {
    FigurePublished fact = Figure();
    *fact.mutable_compared_with() = P("12m to 2023-01");
    fact.mutable_change()->set_percent(percent);
    fact.mutable_change()->set_absolute(absolute);
    return feed_.Add(fact);
  }

  v1::Table Ask(const PublishedFiguresRequest& request = {}) {
    const auto answer = PublishedFigures(feed_.Views(), request, feed_.Context());
    EXPECT_OK(answer);
    return answer.value_or(TablesAnswer()).tables.at(0);
  }

  // held, verdict, difference, readings, records
  static std::vector<std::string> Row(const v1::Table& table, int row) {
    std::vector<std::string> cells;
    for (const int column : {9, 12, 13, 14, 15}) {
      const auto& cell = table.rows(row).cells(column);
      cells.push_back(cell.marker().empty() ? cell.text() : "[" + cell.marker() + "]");
    }
    return cells;
  }

  ViewFeed feed_;
};

TEST_F(Published, ChangesThatDifferSayByHowMuchAndWhatWouldFit) {
  Return("12m to 2023-01", "18641");
  Return("12m to 2024-01", "17032");
  const std::uint64_t ref = Print("-8.7", "-1620");
  const v1::Table table = Ask();
  ASSERT_EQ(table.rows_size(), 1);
  EXPECT_EQ(table.rows(0).cells(0).text(), std::to_string(ref));
  EXPECT_THAT(Row(table, 0), ElementsAre("17032 against 18641", "differs", "-11",
                                         "before 18652; after 17021", "[x]"));
  EXPECT_TRUE(HasNote(table.notes(), "the cause is not known"));
}

TEST_F(Published, ChangesThatAgreeSaySo) {
  Return("12m to 2023-01", "161");
  Return("12m to 2024-01", "178");
  Print("10.6", "");
  EXPECT_THAT(Row(Ask(), 0), ElementsAre("178 against 161", "agrees", "[z]", "", "[x]"));
}

TEST_F(Published, ChangesOfWhichThePeriodBeforeIsNotHeldSayWhatItWouldBe) {
  FigurePublished total = Figure();
  *total.mutable_quantity() = Q("2633");
  feed_.Add(total);
  Print("-15.7", "");
  const v1::Table table = Ask();
  EXPECT_THAT(Row(table, 0), ElementsAre("[x]", "not-held", "[z]", "", "[x]"));
  EXPECT_THAT(Row(table, 1), ElementsAre("[x]", "not-held", "[z]", "before 3122 to 3125", "[x]"));
}

TEST_F(Published, AnAbsoluteChangeImpliesTheOneFigureThatIsNotHeld) {
  Return("12m to 2024-01", "411");
  Print("", "-100");
  EXPECT_THAT(Row(Ask(), 0),
              ElementsAre("411 against [x]", "not-held", "[z]", "before 511", "[x]"));
}

TEST_F(Published, ChangesAcrossTwoDefinitionsAreNotCompared) {
  Return("12m to 2023-01", "161");
  Return("12m to 2024-01", "178", 2);
  Print("10.6", "");
  EXPECT_THAT(Row(Ask(), 0), ElementsAre("178 against 161", "not-comparable", "[b]", "", "[x]"));
}

TEST_F(Published, NumbersAndSharesAreHeldAgainstWhatWasReturned) {
  Return("12m to 2024-01", "178");
  FigurePublished number = Figure();
  *number.mutable_quantity() = Q("180");
  feed_.Add(number);
  auto share = testing::Observation("wso", "colchester", "essex-police", "12m to 2024-01");
  share.mutable_share()->set_numerator("8");
  share.mutable_share()->set_denominator("74");
  feed_.Add(share);
  FigurePublished percent = Figure("wso");
  percent.mutable_percent()->set_percent("11");
  feed_.Add(percent);
  percent.mutable_percent()->set_percent("10.9");
  percent.set_section("5.15");
  feed_.Add(percent);
  const v1::Table table = Ask();
  EXPECT_THAT(Row(table, 0), ElementsAre("178", "differs", "+2", "", "[x]"));
  EXPECT_THAT(Row(table, 1), ElementsAre("8 of 74", "agrees", "[z]", "", "[x]"));
  EXPECT_THAT(Row(table, 2), ElementsAre("8 of 74", "differs", "+0.1", "", "[x]"));
}

TEST_F(Published, WhatIsNotOneNumberCannotTell) {
  Return("12m to 2024-01", "about 180");
  FigurePublished number = Figure();
  *number.mutable_quantity() = Q("180");
  feed_.Add(number);
  EXPECT_THAT(Row(Ask(), 0), ElementsAre("about 180", "cannot-tell", "[z]", "", "[x]"));
}

TEST_F(Published, RecordsOfAllMonthsStandBeside) {
  FigurePublished number = Figure();
  *number.mutable_period() = P("2018-10");
  *number.mutable_quantity() = Q("2");
  feed_.Add(number);
  incidents::events::v1::IncidentRecorded incident;
  incident.set_force_id("essex-police");
  incident.set_month("2018-10");
  incident.set_type("robbery");
  incident.set_district("Colchester");
  feed_.Add(incident);
  EXPECT_THAT(Row(Ask(), 0), ElementsAre("[x]", "not-held", "[z]", "", "1"));
}

TEST_F(Published, OneIsFoundByItsReferenceAndNoOther) {
  Print("10.6", "");
  const std::uint64_t ref = Print("10.7", "");
  PublishedFiguresRequest request;
  request.ref = ref;
  EXPECT_EQ(Ask(request).rows_size(), 1);
  request.ref = 0;
  EXPECT_EQ(
      eventstore::ErrorReason(PublishedFigures(feed_.Views(), request, feed_.Context()).status()),
      "UNKNOWN_FIGURE");
}

}  // namespace
}  // namespace daybook::reports
