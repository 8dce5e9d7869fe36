// One figure by another: what two numbers, or a number and a printed percentage, say together.
#include "projections/reports/figure_relation.h"

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
using testing::ViewFeed;

class Relation : public ::testing::Test {
 protected:
  Relation() {
    testing::AddOrganisation(feed_, "charity", "Charity");
    testing::AddArea(feed_, "colchester", "Colchester", "district");
    Define("children", "people");
    Define("clients", "people");
    Define("cases", "cases");
    Define("share", "percent");
  }

  void Define(const std::string& id, const std::string& unit) {
    auto measure = testing::Measure(id, MeasureDefined::SUBJECT_OTHER, id);
    measure.set_unit(unit);
    feed_.Add(measure);
  }

  void Count(const std::string& measure, const std::string& value,
             const std::string& period = "2022-23") {
    auto fact = testing::Observation(measure, "colchester", "charity", period);
    *fact.mutable_quantity() = testing::Q(value);
    feed_.Add(fact);
  }

  void Percent(const std::string& percent) {
    auto fact = testing::Observation("share", "colchester", "charity", "2022-23");
    fact.mutable_printed_percent()->set_percent(percent);
    feed_.Add(fact);
  }

  // Ratio, difference, percent, implied, from, to of the only row.
  std::vector<std::string> Ask(const std::string& of, const std::string& per) {
    const auto answer = FigureRelation(feed_.Views(), {of, per, "colchester", ""}, feed_.Context());
    EXPECT_OK(answer);
    if (!answer.ok() || answer->tables[0].rows_size() != 1) return {};
    std::vector<std::string> cells;
    const auto& row = answer->tables[0].rows(0);
    for (int i = 6; i < row.cells_size(); ++i) {
      const auto& cell = row.cells(i);
      cells.push_back(cell.text() + (cell.marker().empty() ? "" : "[" + cell.marker() + "]"));
    }
    return cells;
  }

  ViewFeed feed_;
};

TEST_F(Relation, NumbersOfOneUnitAreAlsoSubtracted) {
  Count("children", "29");
  Count("clients", "51");
  EXPECT_THAT(Ask("clients", "children"), ElementsAre("1.76", "22", "175.9", "[z]", "[z]", "[z]"));
}

TEST_F(Relation, NumbersOfDifferentThingsAreOnlyDivided) {
  Count("children", "686");
  Count("cases", "411");
  EXPECT_THAT(Ask("children", "cases"), ElementsAre("1.67", "[z]", "[z]", "[z]", "[z]", "[z]"));
}

TEST_F(Relation, APrintedPercentageImpliesTheWholeWithinItsRounding) {
  Count("clients", "854");
  Percent("90");
  EXPECT_THAT(Ask("clients", "share"), ElementsAre("[z]", "[z]", "[z]", "949", "944", "954"));
  EXPECT_THAT(Ask("share", "clients"), ElementsAre("[z]", "[z]", "[z]", "768.6", "764.3", "772.9"));
}

TEST_F(Relation, WhatIsAboutStaysEstimated) {
  Count("children", "about 30");
  Count("clients", "60");
  EXPECT_THAT(Ask("children", "clients"),
              ElementsAre("0.50[e]", "-30[e]", "50.0[e]", "[z]", "[z]", "[z]"));
}

TEST_F(Relation, NothingIsDividedByNothing) {
  Count("children", "3");
  Count("cases", "0");
  EXPECT_THAT(Ask("children", "cases"), ElementsAre("[x]", "[z]", "[z]", "[z]", "[z]", "[z]"));
  Percent("0");
  EXPECT_THAT(Ask("children", "share"), ElementsAre("[z]", "[z]", "[z]", "[x]", "[x]", "[x]"));
}

TEST_F(Relation, FiguresOfDifferentPeriodsDoNotMeet) {
  Count("children", "686", "2022-23");
  Count("cases", "411", "2021-22");
  const auto answer = FigureRelation(feed_.Views(), {"children", "cases", "", ""}, feed_.Context());
  ASSERT_OK(answer);
  EXPECT_EQ(answer->tables[0].rows_size(), 0);
  EXPECT_TRUE(HasNote(answer->tables[0].notes(), "No period and source returned both"));
}

TEST_F(Relation, WhatNobodyReturnedIsNamed) {
  Count("children", "686");
  const auto reason = [&](const FigureRelationRequest& request) {
    return eventstore::ErrorReason(
        FigureRelation(feed_.Views(), request, feed_.Context()).status());
  };
  EXPECT_EQ(reason({"children", "cases", "", ""}), "UNKNOWN_MEASURE");
  EXPECT_EQ(reason({"children", "children", "", ""}), "INVALID_FIELD");
  EXPECT_EQ(reason({"children", "cases", "atlantis", ""}), "UNKNOWN_AREA");
}

}  // namespace
}  // namespace daybook::reports
