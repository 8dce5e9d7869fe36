// A measure by its dimensions: what was returned, what follows from it, and what may be released.
#include "projections/reports/breakdown.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "eventstore/core/error.h"
#include "projections/reports/release.h"
#include "tests/unit/projections/reports/builders.h"

namespace daybook::reports {
namespace {

using measures::events::v1::DimensionDefined;
using measures::events::v1::TableReleased;
using ::testing::ElementsAre;
using testing::HasNote;
using testing::MeasureDefined;
using testing::ObservationRecorded;
using testing::ViewFeed;
using Where = std::map<std::string, std::string>;

class BreakdownReport : public ::testing::Test {
 protected:
  BreakdownReport() {
    testing::AddOrganisation(feed_, "cara", "CARA");
    testing::AddArea(feed_, "colchester", "Colchester", "district");
    Define("age", {"young", "old"}, /*complete=*/false);
    Define("sex", {"female", "male"}, /*complete=*/true);
    auto measure = testing::Measure("clients", MeasureDefined::SUBJECT_OTHER, "Clients");
    measure.set_is_count(true);
    measure.add_dimension_ids("age");
    measure.add_dimension_ids("sex");
    feed_.Add(measure);
  }

  void Define(const std::string& id, const std::vector<std::string>& categories, bool complete) {
    DimensionDefined dimension;
    dimension.set_dimension_id(id);
    dimension.set_label(id);
    for (const std::string& category : categories) {
      auto* added = dimension.add_categories();
      added->set_category_id(category);
      added->set_label("the " + category);
    }
    dimension.set_complete(complete);
    feed_.Add(dimension);
  }

  void Count(const Where& where, const std::string& value, const std::string& period = "2023-24") {
    auto fact = testing::Observation("clients", "colchester", "cara", period);
    *fact.mutable_quantity() = testing::Q(value);
    for (const auto& [dimension, category] : where) {
      auto* added = fact.add_dimensions();
      added->set_dimension_id(dimension);
      added->set_category_id(category);
    }
    feed_.Add(fact);
  }

  // Ages by sex, with the totals of every age and of each sex.
  void CountAll(const std::string& young_female, const std::string& young_male,
                const std::string& old_female, const std::string& old_male) {
    Count({{"age", "young"}, {"sex", "female"}}, young_female);
    Count({{"age", "young"}, {"sex", "male"}}, young_male);
    Count({{"age", "old"}, {"sex", "female"}}, old_female);
    Count({{"age", "old"}, {"sex", "male"}}, old_male);
  }

  absl::StatusOr<RenderedReport> Render(bool for_release = false) {
    AnswerContext context = feed_.Context();
    context.for_release = for_release;
    return Breakdown(feed_.Views(), {"clients", "colchester", "age", {"sex"}, std::nullopt, ""},
                     context);
  }

  v1::Table Ask() {
    const auto report = Render();
    EXPECT_OK(report);
    return report.value_or(RenderedReport()).response.tables(0);
  }

  // What the public sees, or why nothing.
  absl::StatusOr<RenderedReport> Public(v1::Protection how = v1::PROTECTION_SUPPRESSION) {
    auto report = Render(/*for_release=*/true);
    if (!report.ok()) return report;
    const absl::Status safe = ProtectForPublic(how, *report);
    if (!safe.ok()) return safe;
    return report;
  }

  static std::vector<std::string> Row(const v1::Table& table, int row) {
    std::vector<std::string> cells;
    for (int i = 4; i < table.rows(row).cells_size(); ++i) {
      const auto& cell = table.rows(row).cells(i);
      cells.push_back(cell.marker().empty() ? cell.text()
                                            : cell.text() + "[" + cell.marker() + "]");
    }
    return cells;
  }

  ViewFeed feed_;
};

TEST_F(BreakdownReport, ShowsWhatWasReturnedAndSumsOfWhatIsComplete) {
  CountAll("3", "4", "10", "20");
  const v1::Table table = Ask();
  ASSERT_EQ(table.rows_size(), 3);
  EXPECT_THAT(Row(table, 0), ElementsAre("the young", "3", "4", "7"));
  EXPECT_THAT(Row(table, 1), ElementsAre("the old", "10", "20", "30"));
  EXPECT_THAT(Row(table, 2), ElementsAre("All", "[x]", "[x]", "[x]"))
      << "the ages leave something out: their sum is not the total";
  EXPECT_TRUE(HasNote(table.notes(), "the sums of their parts"));
}

TEST_F(BreakdownReport, ATotalThatIsNotTheSumIsShownAsReturnedAndSaidSo) {
  CountAll("3", "4", "10", "20");
  Count({{"age", "young"}}, "9");
  const v1::Table table = Ask();
  EXPECT_THAT(Row(table, 0), ElementsAre("the young", "3", "4", "9"));
  EXPECT_TRUE(HasNote(table.notes(), "2023-24, the young: returned as 9, its parts by sex are 7"));
  EXPECT_THAT(Public(), ::daybook::testing::HasReason("NOT_RELEASABLE"));
}

TEST_F(BreakdownReport, ATotalMayBeMoreThanWhatTheAgesHold) {
  CountAll("3", "4", "10", "20");
  Count({}, "40");
  const v1::Table table = Ask();
  EXPECT_THAT(Row(table, 2), ElementsAre("All", "[x]", "[x]", "40"));
  EXPECT_FALSE(HasNote(table.notes(), "returned as"));
  EXPECT_THAT(Public(), ::daybook::testing::HasReason("NOT_RELEASABLE"))
      << "nobody can say what the three that no age holds give away";
}

TEST_F(BreakdownReport, AFigureThatIsNoExactNumberIsNotAdded) {
  Count({{"age", "young"}, {"sex", "female"}}, "about 30");
  Count({{"age", "young"}, {"sex", "male"}}, "4");
  EXPECT_THAT(Row(Ask(), 0), ElementsAre("the young", "about 30", "4", "[x]"));
}

TEST_F(BreakdownReport, PeriodsStandBelowEachOther) {
  CountAll("3", "4", "10", "20");
  Count({{"age", "young"}, {"sex", "male"}}, "8", "2022-23");
  const v1::Table table = Ask();
  EXPECT_EQ(table.rows_size(), 6);
  EXPECT_EQ(table.rows(0).cells(0).text(), "2022-23");
}

TEST_F(BreakdownReport, NothingHeldIsSaidAndNoZero) {
  const v1::Table table = Ask();
  EXPECT_EQ(table.rows_size(), 0);
  EXPECT_TRUE(HasNote(table.notes(), "No figure of this measure is held that is broken down"));
}

TEST_F(BreakdownReport, WhatIsNotKnownIsNamed) {
  const auto ask = [&](BreakdownRequest request) {
    return Breakdown(feed_.Views(), request, feed_.Context()).status();
  };
  EXPECT_EQ(eventstore::ErrorReason(ask({"client", "colchester", "", {}, std::nullopt, ""})),
            "UNKNOWN_MEASURE");
  EXPECT_EQ(eventstore::ErrorReason(ask({"clients", "atlantis", "", {}, std::nullopt, ""})),
            "UNKNOWN_AREA");
  EXPECT_EQ(eventstore::ErrorReason(ask({"clients", "colchester", "wage", {}, std::nullopt, ""})),
            "UNKNOWN_DIMENSION");
  EXPECT_EQ(eventstore::ErrorReason(ask({"clients", "colchester", "age", {"age"}, {}, ""})),
            "INVALID_FIELD");
}

TEST_F(BreakdownReport, ThePublicSeesNoSmallCountNorWhatWouldGiveItAway) {
  CountAll("3", "24", "10", "20");
  Count({{"sex", "female"}}, "13");
  Count({{"sex", "male"}}, "44");
  Count({}, "57");
  ASSERT_OK_AND_ASSIGN(const RenderedReport report, Public());
  const v1::Table& table = report.response.tables(0);
  EXPECT_THAT(Row(table, 0), ElementsAre("the young", "[c]", "[c]", "27"));
  EXPECT_THAT(Row(table, 1), ElementsAre("the old", "[c]", "[c]", "30"));
  EXPECT_THAT(Row(table, 2), ElementsAre("All", "13", "44", "57"));
  EXPECT_TRUE(HasNote(table.notes(), "[c] hidden"));
  for (const auto& row : table.rows()) {
    for (const auto& cell : row.cells()) EXPECT_EQ(cell.positions_size(), 0);
  }
  EXPECT_TRUE(report.releases[0].records[0].sums(0).hidden());
  EXPECT_EQ(report.releases[0].records[0].sums(0).value(), "");
}

TEST_F(BreakdownReport, WhatTheAgesLeaveOutIsReckonedWithWhereEveryTotalTellsIt) {
  CountAll("3", "24", "10", "20");
  Count({{"sex", "female"}}, "15");  // two more than the ages hold
  Count({{"sex", "male"}}, "50");    // six more
  Count({}, "65");
  ASSERT_OK_AND_ASSIGN(const RenderedReport report, Public());
  const v1::Table& table = report.response.tables(0);
  EXPECT_THAT(Row(table, 0), ElementsAre("the young", "[c]", "[c]", "27"));
  EXPECT_EQ(Row(table, 2)[3], "65");
}

TEST_F(BreakdownReport, WhoeverPreparesItIsToldWhyEachCountIsHidden) {
  CountAll("3", "24", "10", "20");
  auto report = Render(/*for_release=*/true);
  ASSERT_OK(report);
  ASSERT_OK(ExplainProtection(v1::PROTECTION_SUPPRESSION, *report));
  const v1::Table& table = report->response.tables(0);
  ASSERT_GT(table.rows_size(), 1);
  EXPECT_EQ(table.rows(0).cells(2).text(), "3");
  EXPECT_EQ(table.rows(0).cells(3).text(), "a small count");
}

TEST_F(BreakdownReport, WhatWasReleasedBeforeIsHeldAgainstIt) {
  CountAll("3", "24", "10", "20");
  Count({{"sex", "female"}}, "13");
  ASSERT_OK_AND_ASSIGN(const RenderedReport first, Public());
  // A table of women only, released before: it tells 10, so 13 cannot be shown beside it.
  TableReleased before = first.releases[0].records[0];
  before.clear_sums();
  auto* old_women = before.add_sums();
  for (const auto& [dimension, category] : Where{{"age", "old"}, {"sex", "female"}}) {
    auto* value = old_women->add_dimensions();
    value->set_dimension_id(dimension);
    value->set_category_id(category);
  }
  old_women->set_value("10");
  before.set_protection(TableReleased::PROTECTION_SUPPRESSED);
  feed_.Add(before);
  ASSERT_OK_AND_ASSIGN(const RenderedReport second, Public());
  EXPECT_EQ(Row(second.response.tables(0), 2)[1], "[c]") << "all women";
}

TEST_F(BreakdownReport, WhatAnEarlierTableGaveAwayIsRefused) {
  CountAll("3", "24", "10", "20");
  TableReleased before;
  before.set_measure_id("clients");
  before.set_area_id("colchester");
  before.set_source_id("cara");
  *before.mutable_period() = testing::P("2023-24");
  before.set_protection(TableReleased::PROTECTION_SUPPRESSED);
  auto* sum = before.add_sums();
  for (const auto& [dimension, category] : Where{{"age", "young"}, {"sex", "female"}}) {
    auto* value = sum->add_dimensions();
    value->set_dimension_id(dimension);
    value->set_category_id(category);
  }
  sum->set_value("3");
  feed_.Add(before);
  EXPECT_THAT(Public(), ::daybook::testing::HasReason("NOT_RELEASABLE"));
}

TEST_F(BreakdownReport, RoundedCountsAreMultiplesAndMarkedWhereTheyRoundToZero) {
  CountAll("2", "24", "31", "20");
  ASSERT_OK_AND_ASSIGN(const RenderedReport report, Public(v1::PROTECTION_ROUNDING));
  EXPECT_THAT(Row(report.response.tables(0), 0), ElementsAre("the young", "0[low]", "25", "25"));
}

TEST_F(BreakdownReport, WhereAPartIsMissingNothingIsReleased) {
  Count({{"age", "young"}, {"sex", "female"}}, "3");
  EXPECT_THAT(Public(), ::daybook::testing::HasReason("NOT_RELEASABLE"));
}

}  // namespace
}  // namespace daybook::reports
