#include "projections/reports/measure_chart.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/projections/reports/builders.h"

namespace daybook::reports {
namespace {

using ::testing::ElementsAre;
using testing::HasNote;
using testing::MeasureDefined;
using testing::Observation;
using testing::ObservationRecorded;
using testing::Q;
using testing::ViewFeed;

class MeasureCharts : public ::testing::Test {
 protected:
  MeasureCharts() {
    testing::AddOrganisation(feed_, "essex-police", "Essex Police");
    testing::AddArea(feed_, "colchester", "Colchester", "district");
    feed_.Add(testing::Measure("robbery", MeasureDefined::SUBJECT_INCIDENTS, "Robbery"));
  }

  ObservationRecorded Figure(const std::string& period, const std::string& value) {
    auto fact = Observation("robbery", "colchester", "essex-police", period);
    *fact.mutable_quantity() = Q(value);
    return fact;
  }

  v1::Table Chart(ChartOptions options = {}) {
    const auto answer =
        MeasureChart(feed_.Views(), {"robbery", "colchester", "", options}, feed_.Context());
    EXPECT_OK(answer);
    EXPECT_EQ(answer->tables.size(), 1U);
    return answer->tables.front();
  }

  static std::vector<std::string> Column(const v1::Table& table, int column) {
    std::vector<std::string> cells;
    for (const auto& row : table.rows()) {
      const auto& cell = row.cells(column);
      cells.push_back(cell.marker().empty() ? cell.text() : "[" + cell.marker() + "]");
    }
    return cells;
  }

  ViewFeed feed_;
};

TEST_F(MeasureCharts, OfQuartersHaveEveryQuarterAndSayWhatIsNotHeld) {
  for (const char* period : {"2017-18 Q1", "2017-18 Q2", "2017-18 Q4", "2018-19 Q1"}) {
    feed_.Add(Figure(period, "10"));
  }
  const v1::Table table = Chart();
  EXPECT_EQ(table.title(), "Control chart: Robbery, Colchester, Essex Police, quarters");
  EXPECT_THAT(Column(table, 0),
              ElementsAre("2017-18 Q1", "2017-18 Q2", "2017-18 Q3", "2017-18 Q4", "2018-19 Q1"));
  EXPECT_THAT(Column(table, 1), ElementsAre("10", "10", "[x]", "10", "10"));
  EXPECT_TRUE(HasNote(table.notes(), "No real change"));
}

TEST_F(MeasureCharts, AreNotDrawnOfWhatOverlapsOrGrows) {
  feed_.Add(Figure("12m to 2023-01", "161"));
  feed_.Add(Figure("12m to 2024-01", "178"));
  auto growing = Figure("2017-18 Q1", "4");
  growing.set_basis(ObservationRecorded::BASIS_TO_DATE);
  feed_.Add(growing);
  const v1::Table table = Chart();
  EXPECT_EQ(table.rows_size(), 0);
  EXPECT_TRUE(HasNote(table.notes(), "3 figures are not charted"));
}

TEST_F(MeasureCharts, TakeNoFigureThatIsNotOneExactNumber) {
  feed_.Add(Figure("2018-10", "10"));
  feed_.Add(Figure("2018-11", "about 300"));
  feed_.Add(Figure("2018-12", "12"));
  EXPECT_THAT(Column(Chart(), 1), ElementsAre("10", "[x]", "12"));
}

TEST_F(MeasureCharts, BeginAnewAtADeclaredBreakAndAtAnotherDefinition) {
  measures::events::v1::SeriesBreakDeclared declared;
  declared.set_measure_id("robbery");
  declared.set_date("2018-03-01");
  feed_.Add(declared);
  for (const auto& [month, value] : std::vector<std::pair<std::string, std::string>>{
           {"2018-01", "10"}, {"2018-02", "12"}, {"2018-03", "50"}, {"2018-04", "52"}}) {
    feed_.Add(Figure(month, value));
  }
  for (const auto& [month, value] :
       std::vector<std::pair<std::string, std::string>>{{"2018-05", "90"}, {"2018-06", "92"}}) {
    auto other = Figure(month, value);
    other.set_measure_version(2);
    feed_.Add(other);
  }
  const v1::Table table = Chart();
  EXPECT_THAT(Column(table, 2), ElementsAre("11.0", "11.0", "51.0", "51.0", "91.0", "91.0"));
  EXPECT_TRUE(HasNote(table.notes(), "limits begin anew with 2018-03"));
  EXPECT_TRUE(HasNote(table.notes(), "No real change since 2018-05"));
}

TEST_F(MeasureCharts, SayWhatIsUnknown) {
  const auto ask = [&](const std::string& measure, const std::string& area) {
    return MeasureChart(feed_.Views(), {measure, area, "", {}}, feed_.Context()).status();
  };
  EXPECT_EQ(ask("", "").code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ask("burglary", "").code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ask("robbery", "atlantis").code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(HasNote(Chart().notes(), "No figure of this is held."));
}

}  // namespace
}  // namespace daybook::reports
