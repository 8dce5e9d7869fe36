// Periods side by side: figures as returned, sums of months and quarters, breaks.
#include "projections/reports/multi_year.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "eventstore/core/error.h"
#include "tests/unit/projections/reports/builders.h"

namespace daybook::reports {
namespace {

using ::testing::ElementsAre;
using testing::HasNote;
using testing::MeasureDefined;
using testing::P;
using testing::ViewFeed;

class MultiYears : public ::testing::Test {
 protected:
  MultiYears() {
    testing::AddOrganisation(feed_, "essex-police", "Essex Police");
    testing::AddArea(feed_, "colchester", "Colchester", "district");
    feed_.Add(testing::Measure("robbery", MeasureDefined::SUBJECT_INCIDENTS, "Robbery"));
  }

  void Add(const std::string& period, const std::string& value, std::uint32_t version = 1) {
    auto fact = testing::Observation("robbery", "colchester", "essex-police", period);
    *fact.mutable_quantity() = testing::Q(value);
    fact.set_measure_version(version);
    feed_.Add(fact);
  }

  void AddMonths(const std::string& from, const std::string& to, const std::string& value) {
    for (const std::string& month : MonthsFromTo(from, to)) Add(month, value);
  }

  TablesAnswer Ask(const std::string& last, int periods) {
    const auto answer = MultiYear(feed_.Views(), {"colchester", P(last), periods}, feed_.Context());
    EXPECT_OK(answer);
    return answer.value_or(TablesAnswer());
  }

  // The cells of the only row, after those that say which series it is.
  static std::vector<std::string> Figures(const v1::Table& table) {
    EXPECT_EQ(table.rows_size(), 1);
    std::vector<std::string> cells;
    for (int i = 4; i < table.rows(0).cells_size(); ++i) {
      const auto& cell = table.rows(0).cells(i);
      cells.push_back(cell.text() + (cell.marker().empty() ? "" : "[" + cell.marker() + "]"));
    }
    return cells;
  }

  ViewFeed feed_;
};

TEST_F(MultiYears, ShowFiguresAndTheirChanges) {
  Add("12m to 2022-01", "160");
  Add("12m to 2023-01", "161");
  Add("12m to 2024-01", "178");
  const TablesAnswer answer = Ask("12m to 2024-01", 3);
  EXPECT_THAT(Figures(answer.tables[0]), ElementsAre("160", "161", "178"));
  EXPECT_THAT(Figures(answer.tables[1]), ElementsAre("+0.6", "+10.6", "+11.3"));
}

TEST_F(MultiYears, ReadMonthsInAnyCalendar) {
  AddMonths("2021-10", "2024-03", "10");
  EXPECT_THAT(Figures(Ask("2023-24", 2).tables[0]), ElementsAre("120", "120"));
  EXPECT_THAT(Figures(Ask("AY2022-23", 2).tables[0]), ElementsAre("120", "120"));
  EXPECT_THAT(Figures(Ask("CY2023", 2).tables[0]), ElementsAre("120", "120"));
  EXPECT_THAT(Figures(Ask("12m to 2024-01", 2).tables[0]), ElementsAre("120", "120"));
  EXPECT_THAT(Figures(Ask("2023-24 Q2", 3).tables[0]), ElementsAre("30", "30", "30"));
  EXPECT_THAT(Figures(Ask("2023-05-01..2023-06-30", 2).tables[0]), ElementsAre("20", "20"));
}

TEST_F(MultiYears, AddQuartersWhereTheyAreWhatWasReturned) {
  Add("2022-23 Q4", "31");
  Add("2023-24 Q1", "10");
  AddMonths("2023-04", "2023-06", "99");  // the quarter was returned as one
  AddMonths("2023-07", "2023-12", "5");
  EXPECT_THAT(Figures(Ask("CY2023", 2).tables[0]), ElementsAre("[x]", "71"));
}

TEST_F(MultiYears, SayWhichMonthsAreNotHeld) {
  AddMonths("2022-04", "2023-01", "10");
  const v1::Table table = Ask("2022-23", 2).tables[0];
  EXPECT_THAT(Figures(table), ElementsAre("[x]", "[x]"));
  EXPECT_TRUE(HasNote(table.notes(), "2023-02, 2023-03"));
}

TEST_F(MultiYears, WithholdAChangeAcrossABreakAndMarkTheFigureAfterIt) {
  measures::events::v1::SeriesBreakDeclared declared;
  declared.set_measure_id("robbery");
  declared.set_date("2022-02-01");
  declared.set_cause("definition");
  feed_.Add(declared);
  for (const char* year : {"12m to 2022-01", "12m to 2023-01", "12m to 2024-01"}) Add(year, "100");
  const TablesAnswer answer = Ask("12m to 2024-01", 3);
  EXPECT_THAT(Figures(answer.tables[0]), ElementsAre("100", "100[b]", "100"));
  EXPECT_THAT(Figures(answer.tables[1]), ElementsAre("[b]", "0.0", "[b]"));
  EXPECT_TRUE(HasNote(answer.tables[0].notes(), "[b]"));
}

TEST_F(MultiYears, AddNoMonthsOfTwoDefinitions) {
  AddMonths("2022-04", "2022-12", "10");
  for (const char* month : {"2023-01", "2023-02", "2023-03"}) Add(month, "10", 2);
  EXPECT_THAT(Figures(Ask("2022-23", 2).tables[0]), ElementsAre("[x]", "[b]"));
}

TEST_F(MultiYears, TakeNothingThatIsPlannedAndSayTheBasisOfStates) {
  auto planned = testing::Observation("robbery", "colchester", "essex-police", "2023-24");
  *planned.mutable_quantity() = testing::Q("90");
  planned.set_stage(measures::events::v1::ObservationRecorded::STAGE_PLANNED);
  feed_.Add(planned);
  EXPECT_EQ(Ask("2023-24", 2).tables[0].rows_size(), 0);
  auto state = testing::Observation("robbery", "colchester", "essex-police", "2022-23");
  *state.mutable_quantity() = testing::Q("7");
  state.set_basis(measures::events::v1::ObservationRecorded::BASIS_AT_DATE);
  feed_.Add(state);
  const v1::Table table = Ask("2023-24", 2).tables[0];
  EXPECT_THAT(Figures(table), ElementsAre("7", "[x]"));
  EXPECT_EQ(table.rows(0).cells(1).text(), "Robbery, at-date");
}

TEST_F(MultiYears, AreRefusedForWhatTheyCannotBe) {
  const auto reason = [&](const MultiYearRequest& request) {
    return eventstore::ErrorReason(MultiYear(feed_.Views(), request, feed_.Context()).status());
  };
  EXPECT_EQ(reason({"", P("CY2023"), 3}), "MISSING_FIELD");
  EXPECT_EQ(reason({"nowhere", P("CY2023"), 3}), "UNKNOWN_AREA");
  EXPECT_EQ(reason({"colchester", P("CY2023"), 1}), "INVALID_FIELD");
  EXPECT_EQ(reason({"colchester", P("CY2023"), 13}), "INVALID_FIELD");
  EXPECT_EQ(reason({"colchester", Period(), 3}), "INVALID_FIELD");
}

}  // namespace
}  // namespace daybook::reports
