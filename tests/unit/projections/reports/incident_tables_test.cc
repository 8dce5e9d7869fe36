// Months by type, and where it happened.
#include "projections/reports/incident_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "eventstore/core/error.h"
#include "tests/unit/projections/reports/builders.h"

namespace daybook::reports {
namespace {

using testing::AddArea;
using testing::AddOrganisation;
using testing::HasNote;
using testing::ViewFeed;

void AddRecords(ViewFeed& feed, const std::string& month, const std::string& type,
                const std::string& district, int count) {
  incidents::events::v1::IncidentRecorded fact;
  fact.set_dataset("police-uk-street");
  fact.set_force_id("essex-police");
  fact.set_month(month);
  fact.set_type(type);
  fact.set_district(district);
  for (int i = 0; i < count; ++i) feed.Add(fact);
}

// One month of a small force: districts 9, out of force 2, no place 3.
ViewFeed& FeedMonth(ViewFeed& feed) {
  AddOrganisation(feed, "essex-police", "Essex Police");
  AddRecords(feed, "2018-10", "anti-social-behaviour", "Colchester", 4);
  AddRecords(feed, "2018-10", "robbery", "Colchester", 1);
  AddRecords(feed, "2018-10", "drugs", "Tendring", 4);
  AddRecords(feed, "2018-10", "drugs", "Babergh", 2);
  AddRecords(feed, "2018-10", "robbery", "", 3);
  return feed;
}

void FeedAreas(ViewFeed& feed) {
  AddArea(feed, "essex-police-area", "Essex Police force area", "force");
  AddArea(feed, "colchester", "Colchester", "district", {"essex-police-area"});
  AddArea(feed, "tendring", "Tendring", "district", {"essex-police-area"});
  AddArea(feed, "maldon", "Maldon", "district", {"essex-police-area"});
}

std::vector<std::string> RowTexts(const v1::Row& row) {
  std::vector<std::string> texts;
  for (const auto& cell : row.cells()) {
    texts.push_back(cell.marker().empty() ? cell.text() : "[" + cell.marker() + "]");
  }
  return texts;
}

TEST(IncidentPlaces, DistrictsOutOfForceAndNoPlaceAddUpToTheTotal) {
  ViewFeed feed;
  FeedMonth(feed);
  FeedAreas(feed);
  for (const char* force : {"essex-police", "essex-police-area"}) {
    const auto answer = IncidentPlaces(feed.Views(), {force, "2018-10", ""}, feed.Context());
    ASSERT_OK(answer);
    ASSERT_EQ(answer->tables.size(), 1u);
    const v1::Table& table = answer->tables[0];
    ASSERT_EQ(table.rows_size(), 6);
    using Texts = std::vector<std::string>;
    EXPECT_EQ(RowTexts(table.rows(0)), (Texts{"Colchester", "5", "4", "1"}));
    EXPECT_EQ(RowTexts(table.rows(1)), (Texts{"Maldon", "0", "0", "0"}));
    EXPECT_EQ(RowTexts(table.rows(2)), (Texts{"Tendring", "4", "0", "4"}));
    EXPECT_EQ(RowTexts(table.rows(3)), (Texts{"out of force", "2", "0", "2"}));
    EXPECT_EQ(RowTexts(table.rows(4)), (Texts{"no place", "3", "0", "3"}));
    EXPECT_EQ(RowTexts(table.rows(5)), (Texts{"total", "14", "4", "10"}));
  }
}

TEST(IncidentPlaces, SaysWhereItIsNotKnownWhichDistrictsAreTheForces) {
  ViewFeed feed;
  FeedMonth(feed);
  const auto answer = IncidentPlaces(feed.Views(), {"essex-police", "2018-10", ""}, feed.Context());
  ASSERT_OK(answer);
  const v1::Table& table = answer->tables[0];
  EXPECT_EQ(table.rows(0).cells(0).text(), "Babergh");
  EXPECT_EQ(table.rows(3).cells(0).text(), "out of force");
  EXPECT_EQ(table.rows(3).cells(1).marker(), "x");
  EXPECT_TRUE(HasNote(table.notes(), "[x]"));
}

TEST(IncidentPlaces, ListsMissingMonthsInsteadOfCountingThemAsZero) {
  ViewFeed feed;
  FeedMonth(feed);
  const auto answer =
      IncidentPlaces(feed.Views(), {"essex-police", "2018-09", "2018-11"}, feed.Context());
  ASSERT_OK(answer);
  EXPECT_TRUE(HasNote(answer->tables[0].notes(), "2018-09, 2018-11"));
  EXPECT_EQ(answer->tables[0].rows(5).cells(1).text(), "14");
}

TEST(IncidentPlaces, RefusesAForceThatIsNotKnown) {
  ViewFeed feed;
  EXPECT_EQ(
      eventstore::ErrorReason(
          IncidentPlaces(feed.Views(), {"kent-police", "2018-10", ""}, feed.Context()).status()),
      "UNKNOWN_ORGANISATION");
}

TEST(IncidentMonths, IsTheMatrixOfMonthsAndTypes) {
  ViewFeed feed;
  FeedMonth(feed);
  FeedAreas(feed);
  AddRecords(feed, "2018-12", "robbery", "Colchester", 2);
  const auto answer =
      IncidentMonths(feed.Views(), {"colchester", "2018-10", "2018-12"}, feed.Context());
  ASSERT_OK(answer);
  const v1::Table& table = answer->tables[0];
  std::vector<std::string> keys;
  for (const auto& column : table.columns()) keys.push_back(column.key());
  using Texts = std::vector<std::string>;
  EXPECT_EQ(keys, (Texts{"dataset", "force", "month", "anti-social-behaviour", "drugs", "robbery",
                         "total", "total-excl-asb"}));
  ASSERT_EQ(table.rows_size(), 3);
  EXPECT_EQ(RowTexts(table.rows(0)),
            (Texts{"police-uk-street", "Essex Police", "2018-10", "4", "0", "1", "5", "1"}));
  EXPECT_EQ(RowTexts(table.rows(1)), (Texts{"police-uk-street", "Essex Police", "2018-11", "[x]",
                                            "[x]", "[x]", "[x]", "[x]"}));
  EXPECT_EQ(table.rows(2).cells(6).text(), "2");
  EXPECT_TRUE(HasNote(table.notes(), "not zero"));
}

TEST(IncidentMonths, ShowsEveryMonthHeldWhereNoLimitsAreGiven) {
  ViewFeed feed;
  FeedMonth(feed);
  FeedAreas(feed);
  AddRecords(feed, "2019-02", "robbery", "Colchester", 2);
  const auto answer = IncidentMonths(feed.Views(), {"colchester", {}, {}}, feed.Context());
  ASSERT_OK(answer);
  EXPECT_EQ(answer->tables[0].rows_size(), 2);
}

TEST(IncidentMonths, OfAnAreaWithoutRecordsSaysSo) {
  ViewFeed feed;
  FeedMonth(feed);
  FeedAreas(feed);
  const auto answer = IncidentMonths(feed.Views(), {"maldon", {}, {}}, feed.Context());
  ASSERT_OK(answer);
  EXPECT_EQ(answer->tables[0].rows_size(), 0);
  EXPECT_TRUE(HasNote(answer->tables[0].notes(), "No record of this area is held"));
}

}  // namespace
}  // namespace daybook::reports
