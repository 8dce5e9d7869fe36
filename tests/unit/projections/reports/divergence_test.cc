// Two series side by side: indices, the gap, and what a break does to them.
#include "projections/reports/divergence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/projections/reports/builders.h"

namespace daybook::reports {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::MeasureDefined;

class TwoAgencies : public ::testing::Test {
 protected:
  TwoAgencies() {
    testing::AddArea(feed_, "colchester", "Colchester", "district");
    testing::AddOrganisation(feed_, "police", "Police");
    testing::AddOrganisation(feed_, "service", "Service");
    auto crimes = testing::Measure("crimes", MeasureDefined::SUBJECT_OTHER, "Crimes");
    crimes.set_unit("offences");
    feed_.Add(crimes);
    auto people = testing::Measure("people", MeasureDefined::SUBJECT_OTHER, "People");
    people.set_unit("referrals");
    feed_.Add(people);
  }
  void Figure(const std::string& measure, const std::string& period, const std::string& value) {
    auto fact = testing::Observation(measure, "colchester",
                                     measure == "crimes" ? "police" : "service", period);
    *fact.mutable_quantity() = testing::Q(value);
    feed_.Add(fact);
  }
  v1::Table Ask() {
    auto answer = Divergence(feed_.Views(), {"crimes", "people", "colchester", std::nullopt},
                             feed_.Context());
    EXPECT_OK(answer);
    return answer.ok() ? answer->tables[0] : v1::Table();
  }
  // Index of each and the gap.
  static std::vector<std::string> Indices(const v1::Row& row) {
    const auto text = [&](int at) {
      const v1::Cell& cell = row.cells(at);
      return cell.text() + (cell.marker().empty() ? "" : "[" + cell.marker() + "]");
    };
    return {text(3), text(6), text(7)};
  }

  testing::ViewFeed feed_;
};

TEST_F(TwoAgencies, ShowsEachAsAPartOfItsFirstFigureAndTheGapBetweenThem) {
  for (const auto& [period, crimes, people] :
       {std::tuple("2020-21", "400", "30"), std::tuple("2021-22", "300", "45"),
        std::tuple("2022-23", "333", "30")}) {
    Figure("crimes", period, crimes);
    Figure("people", period, people);
  }
  Figure("crimes", "2023-24", "500");  // of which the other has nothing
  const v1::Table table = Ask();
  ASSERT_EQ(table.rows_size(), 3);
  EXPECT_THAT(Indices(table.rows(0)), ElementsAre("100.0", "100.0", "0.0"));
  EXPECT_THAT(Indices(table.rows(1)), ElementsAre("75.0", "150.0", "-75.0"));
  EXPECT_THAT(Indices(table.rows(2)), ElementsAre("83.3", "100.0", "-16.7"));
  EXPECT_THAT(table.notes(), Contains(HasSubstr("different things: offences and referrals")));
  EXPECT_THAT(table.notes(), Contains(HasSubstr("different agencies")));
}

TEST_F(TwoAgencies, BeginsAnewAfterABreakAndSaysWhatItWas) {
  measures::events::v1::SeriesBreakDeclared declared;
  declared.set_measure_id("crimes");
  declared.set_date("2022-04-01");
  declared.set_cause("stalking left the definition");
  feed_.Add(declared);
  for (const auto& [period, crimes, people] :
       {std::tuple("2021-22", "400", "30"), std::tuple("2022-23", "200", "45"),
        std::tuple("2023-24", "300", "45")}) {
    Figure("crimes", period, crimes);
    Figure("people", period, people);
  }
  const v1::Table table = Ask();
  EXPECT_THAT(Indices(table.rows(1)), ElementsAre("100.0[b]", "100.0[b]", "0.0"));
  EXPECT_THAT(Indices(table.rows(2)), ElementsAre("150.0", "100.0", "+50.0"));
  EXPECT_THAT(table.notes(),
              Contains(HasSubstr("Crimes: stalking left the definition on 2022-04-01")));
}

TEST_F(TwoAgencies, NothingIsAMultipleOfNone) {
  for (const auto& [period, crimes, people] :
       {std::tuple("2021-22", "0", "30"), std::tuple("2022-23", "5", "45")}) {
    Figure("crimes", period, crimes);
    Figure("people", period, people);
  }
  EXPECT_THAT(Indices(Ask().rows(1)), ElementsAre("[z]", "150.0", "[z]"));
}

TEST_F(TwoAgencies, SaysThatTheyHaveNothingInCommon) {
  Figure("crimes", "2021-22", "400");
  Figure("people", "2021-22", "30");
  const v1::Table table = Ask();
  EXPECT_EQ(table.rows_size(), 0) << "one figure diverges from nothing";
  EXPECT_THAT(table.notes(), Contains(HasSubstr("no two periods in common")));
  EXPECT_THAT(
      Divergence(feed_.Views(), {"crimes", "nothing", "colchester", std::nullopt}, feed_.Context()),
      daybook::testing::HasReason("UNKNOWN_MEASURE"));
}

}  // namespace
}  // namespace daybook::reports
