// Measures side by side: a total only where it means something.
#include "projections/reports/figure_matrix.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "eventstore/core/error.h"
#include "tests/unit/projections/reports/builders.h"

namespace daybook::reports {
namespace {

using ::testing::ElementsAre;
using testing::HasNote;
using testing::MeasureDefined;
using testing::ObservationRecorded;
using testing::P;
using testing::ViewFeed;

class Matrix : public ::testing::Test {
 protected:
  Matrix() {
    testing::AddOrganisation(feed_, "probation", "Probation");
    testing::AddArea(feed_, "colchester", "Colchester", "district");
    for (const char* grade : {"red", "amber", "met"}) Define(grade, "offenders");
  }

  void Define(const std::string& id, const std::string& unit, bool overlaps = false) {
    auto measure = testing::Measure(id, MeasureDefined::SUBJECT_OTHER, "Grade " + id);
    measure.set_unit(unit);
    measure.set_overlaps(overlaps);
    feed_.Add(measure);
  }

  void Count(const std::string& measure, const std::string& period, const std::string& value,
             ObservationRecorded::Basis basis = ObservationRecorded::BASIS_IN_PERIOD) {
    auto fact = testing::Observation(measure, "colchester", "probation", period);
    *fact.mutable_quantity() = testing::Q(value);
    fact.set_basis(basis);
    feed_.Add(fact);
  }

  v1::Table Ask(const std::string& share = "", std::optional<Period> within = std::nullopt) {
    const auto answer = FigureMatrix(
        feed_.Views(), {{"red", "amber"}, "colchester", std::move(within), share}, feed_.Context());
    EXPECT_OK(answer);
    return answer.value_or(TablesAnswer()).tables.at(0);
  }

  static std::vector<std::string> Row(const v1::Table& table, int row) {
    std::vector<std::string> cells = {table.rows(row).cells(0).text()};
    for (int i = 4; i < table.rows(row).cells_size(); ++i) {
      const auto& cell = table.rows(row).cells(i);
      cells.push_back(cell.marker().empty() ? cell.text() : "[" + cell.marker() + "]");
    }
    return cells;
  }

  ViewFeed feed_;
};

TEST_F(Matrix, AddsMeasuresAndPeriods) {
  for (const char* quarter : {"2013-14 Q1", "2013-14 Q2"}) {
    Count("red", quarter, "11");
    Count("amber", quarter, "71");
  }
  const v1::Table table = Ask();
  ASSERT_EQ(table.rows_size(), 3);
  EXPECT_THAT(Row(table, 0), ElementsAre("2013-14 Q1", "11", "71", "82"));
  EXPECT_THAT(Row(table, 2), ElementsAre("All periods", "22", "142", "164"));
  EXPECT_EQ(Ask("", P("2013-14 Q1")).rows_size(), 1);
}

TEST_F(Matrix, SaysThatPeriodsWhichOverlapAreNotAdded) {
  Count("red", "2013-14 Q3", "1");
  Count("red", "2013-14", "40");
  EXPECT_TRUE(HasNote(Ask().notes(), "some of them overlap"));
}

TEST_F(Matrix, GivesTheNetChangeFromThePeriodBeforeAndNoneAcrossWhatIsNotHeld) {
  Count("red", "2013-14 Q1", "11", ObservationRecorded::BASIS_AT_DATE);
  Count("red", "2013-14 Q2", "10", ObservationRecorded::BASIS_AT_DATE);
  Count("amber", "2013-14 Q2", "83", ObservationRecorded::BASIS_AT_DATE);
  Count("red", "2013-14 Q4", "20", ObservationRecorded::BASIS_AT_DATE);
  FigureMatrixRequest request{{"red", "amber"}, "colchester", std::nullopt, ""};
  request.changes = true;
  ASSERT_OK_AND_ASSIGN(const auto answer, FigureMatrix(feed_.Views(), request, feed_.Context()));
  const v1::Table& table = answer.tables.at(1);
  ASSERT_EQ(table.rows_size(), 1) << "Q4 follows on no quarter that is held";
  EXPECT_THAT(Row(table, 0), ElementsAre("2013-14 Q2", "-1", "[x]"));
}

TEST_F(Matrix, AddsNoStatesUpAndNoPeriodsThatOverlap) {
  for (const char* quarter : {"2013-14 Q1", "2013-14 Q2"}) {
    Count("red", quarter, "11", ObservationRecorded::BASIS_AT_DATE);
  }
  EXPECT_EQ(Ask().rows_size(), 2);
  Count("red", "2013-14 Q3", "1");
  Count("red", "2013-14", "40");
  EXPECT_EQ(Ask().rows_size(), 4);
}

TEST_F(Matrix, HasNoTotalOverWhatIsMissingOrNotOneNumber) {
  Count("red", "2013-14 Q1", "11");
  Count("red", "2013-14 Q2", "11");
  Count("amber", "2013-14 Q2", "about 70");
  const v1::Table table = Ask();
  EXPECT_THAT(Row(table, 0), ElementsAre("2013-14 Q1", "11", "[x]", "[x]"));
  EXPECT_THAT(Row(table, 1), ElementsAre("2013-14 Q2", "11", "about 70", "[x]"));
  EXPECT_THAT(Row(table, 2), ElementsAre("All periods", "22", "[x]", "[x]"));
}

TEST_F(Matrix, AddsNothingThatCountsDifferentThingsOrTheSameTwice) {
  Count("red", "2013-14 Q1", "11");
  Count("amber", "2013-14 Q1", "71");
  Define("amber", "cases");
  EXPECT_THAT(Row(Ask(), 0), ElementsAre("2013-14 Q1", "11", "71", "[z]"));
  EXPECT_TRUE(HasNote(Ask().notes(), "count different things"));
  Define("amber", "offenders", true);
  EXPECT_THAT(Row(Ask(), 0), ElementsAre("2013-14 Q1", "11", "71", "[z]"));
  EXPECT_TRUE(HasNote(Ask().notes(), "counted by others, too"));
}

TEST_F(Matrix, AddsNoPeriodsAcrossABreakOrAnotherDefinition) {
  for (const char* quarter : {"2013-14 Q1", "2013-14 Q2"}) {
    Count("red", quarter, "11");
    Count("amber", quarter, "71");
  }
  measures::events::v1::SeriesBreakDeclared declared;
  declared.set_measure_id("amber");
  declared.set_date("2013-07-01");
  feed_.Add(declared);
  EXPECT_EQ(Ask().rows_size(), 2);
  EXPECT_TRUE(HasNote(Ask().notes(), "another definition of Grade amber"));
}

TEST_F(Matrix, AddsNothingThatIsNotDoneYet) {
  Count("red", "2013-14 Q1", "11");
  auto booked = testing::Observation("amber", "colchester", "probation", "2013-14 Q1");
  *booked.mutable_quantity() = testing::Q("100");
  booked.set_stage(ObservationRecorded::STAGE_BOOKED);
  feed_.Add(booked);
  EXPECT_THAT(Row(Ask(), 0), ElementsAre("2013-14 Q1", "11", "100", "[x]"));
}

TEST_F(Matrix, GivesAMeasureAsAShareOfTheTotal) {
  Count("red", "2013-14 Q1", "107");
  Count("amber", "2013-14 Q1", "112");
  Count("met", "2013-14 Q1", "31");
  EXPECT_THAT(Row(Ask("met"), 0), ElementsAre("2013-14 Q1", "107", "112", "219", "31", "14.2"));
}

TEST_F(Matrix, IsRefusedForWhatItCannotBe) {
  const auto reason = [&](const FigureMatrixRequest& request) {
    return eventstore::ErrorReason(FigureMatrix(feed_.Views(), request, feed_.Context()).status());
  };
  EXPECT_EQ(reason({{}, "colchester", {}, ""}), "MISSING_FIELD");
  EXPECT_EQ(reason({{"red"}, "", {}, ""}), "MISSING_FIELD");
  EXPECT_EQ(reason({{"red", "pink"}, "colchester", {}, ""}), "UNKNOWN_MEASURE");
  EXPECT_EQ(reason({{"red"}, "colchester", {}, "pink"}), "UNKNOWN_MEASURE");
  EXPECT_EQ(reason({{"red"}, "atlantis", {}, ""}), "UNKNOWN_AREA");
  EXPECT_EQ(reason({std::vector<std::string>(25, "red"), "colchester", {}, ""}), "INVALID_FIELD");
  EXPECT_EQ(reason({{"red", "amber", "red"}, "colchester", {}, ""}), "INVALID_FIELD");
  EXPECT_TRUE(HasNote(Ask().notes(), "No figure of these measures"));
}

}  // namespace
}  // namespace daybook::reports
