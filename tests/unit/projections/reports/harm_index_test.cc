// Incidents weighed by the harm that they do.
#include "projections/reports/harm_index.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/projections/reports/builders.h"
#include "tests/unit/projections/reports/rows_of.h"

namespace daybook::reports::testing {
namespace {

using ::daybook::testing::HasReason;
using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr int kCount = 4;
constexpr int kHarm = 6;
constexpr int kShare = 7;
constexpr int kBefore = 8;
constexpr int kChange = 9;
constexpr int kRate = 10;

class HarmIndexTable : public ::testing::Test {
 protected:
  HarmIndexTable() {
    AddArea(feed_, "vale", "Vale", "district");
    AddOrganisation(feed_, "police", "Shire Police");
    for (const char* id : {"burglary", "robbery", "shoplifting"}) Define(id, false);
    Weigh("burglary", "10");
    Weigh("robbery", "2.5");
  }
  void Define(const std::string& id, bool overlaps) {
    MeasureDefined measure = Measure(id, MeasureDefined::SUBJECT_INCIDENTS, id);
    measure.set_is_count(true);
    measure.set_overlaps(overlaps);
    feed_.Add(measure);
  }
  void Weigh(const std::string& id, const std::string& weight, const std::string& from = "") {
    measures::events::v1::HarmWeightSet fact;
    fact.set_index_id("severity");
    fact.set_measure_id(id);
    fact.set_weight(weight);
    fact.set_from_date(from);
    fact.set_source("Institute, 2024");
    feed_.Add(fact);
  }
  void Count(const std::string& id, const std::string& period, const std::string& count) {
    ObservationRecorded fact = Observation(id, "vale", "police", period);
    *fact.mutable_quantity() = Q(count);
    feed_.Add(fact);
  }
  v1::Table Ask(const std::string& period = "2023-24") {
    auto answer = HarmIndex(feed_.Views(), {"vale", P(period), "severity"}, feed_.Context());
    EXPECT_OK(answer);
    return answer.ok() ? answer->tables.at(0) : v1::Table();
  }
  ViewFeed feed_;
};

TEST_F(HarmIndexTable, HarmIsCountTimesWeightAndItsTotalTheirSum) {
  Count("burglary", "2023-24", "30");
  Count("robbery", "2023-24", "40");
  Count("shoplifting", "2023-24", "900");
  Count("burglary", "2022-23", "20");
  Count("robbery", "2022-23", "80");
  const v1::Table table = Ask();
  const Rows rows = RowsOf(table);
  ASSERT_THAT(rows, SizeIs(3)) << "what is not weighed has no row";
  EXPECT_EQ(rows[0][kHarm], "300");
  EXPECT_EQ(rows[0][kShare], "75.0");
  EXPECT_EQ(rows[1][kHarm], "100.0");
  EXPECT_EQ(rows[2][kCount], "70");
  EXPECT_EQ(rows[2][kHarm], "400.0");
  EXPECT_EQ(rows[2][kBefore], "400.0");
  EXPECT_EQ(rows[2][kChange], "0.0") << "less robbery, more burglary: the same harm";
  EXPECT_EQ(rows[2][kRate], "[x]");
  EXPECT_TRUE(HasNote(table.notes(), "not weighed by this index: shoplifting"));
  EXPECT_TRUE(HasNote(table.notes(), "no figure of population"));
}

TEST_F(HarmIndexTable, TheRateIsOfTheNewestDenominatorUpToThePeriodsEnd) {
  Count("burglary", "2023-24", "30");
  feed_.Add(Measure("population", MeasureDefined::SUBJECT_OTHER, "Population"));
  ObservationRecorded people = Observation("population", "vale", "police", "2023-06-30");
  people.set_basis(ObservationRecorded::BASIS_AT_DATE);
  *people.mutable_quantity() = Q("120000");
  feed_.Add(people);
  EXPECT_EQ(RowsOf(Ask()).back()[kRate], "2.50");
}

TEST_F(HarmIndexTable, TheWeightIsThatOfThePeriodsFirstDay) {
  Count("burglary", "2023-24", "30");
  Weigh("burglary", "20", "2023-04-01");
  Weigh("burglary", "99", "2023-04-02");
  EXPECT_EQ(RowsOf(Ask())[0][kHarm], "600");
}

TEST_F(HarmIndexTable, ATotalLacksWhatHasNoExactCount) {
  Count("burglary", "2023-24", "30");
  Count("robbery", "2023-24", "about 40");
  const v1::Table table = Ask();
  EXPECT_EQ(RowsOf(table).back()[kHarm], "[x]");
  EXPECT_TRUE(HasNote(table.notes(), "robbery has no exact count"));
}

TEST_F(HarmIndexTable, WhatOverlapsIsShownAndNeverAdded) {
  Define("domestic", true);
  Weigh("domestic", "5");
  Count("burglary", "2023-24", "30");
  Count("domestic", "2023-24", "10");
  const Rows rows = RowsOf(Ask());
  EXPECT_EQ(rows[1][kHarm], "50");
  EXPECT_EQ(rows[1][kShare], "[z]");
  EXPECT_EQ(rows.back()[kHarm], "300");
}

TEST_F(HarmIndexTable, ChangesAcrossABreakAreWithheld) {
  Count("burglary", "2022-23", "20");
  Count("burglary", "2023-24", "30");
  measures::events::v1::SeriesBreakDeclared broken;
  broken.set_measure_id("burglary");
  broken.set_date("2023-04-01");
  broken.set_cause("definition");
  feed_.Add(broken);
  const Rows rows = RowsOf(Ask());
  EXPECT_EQ(rows[0][kChange], "[b]");
  EXPECT_EQ(rows.back()[kBefore], "[x]");
}

TEST_F(HarmIndexTable, AnIndexWithoutWeightsOrAnAreaNobodyKnowsIsRefused) {
  EXPECT_THAT(HarmIndex(feed_.Views(), {"vale", P("2023-24"), "other"}, feed_.Context()),
              HasReason("UNKNOWN_INDEX"));
  EXPECT_THAT(HarmIndex(feed_.Views(), {"hill", P("2023-24"), "severity"}, feed_.Context()),
              HasReason("UNKNOWN_AREA"));
  EXPECT_TRUE(HasNote(Ask().notes(), "No count of this area is held"));
}

}  // namespace
}  // namespace daybook::reports::testing
