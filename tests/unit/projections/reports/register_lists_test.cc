#include "projections/reports/register_lists.h"

#include <string>
#include <vector>

#include "eventstore/core/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/projections/reports/builders.h"

namespace daybook::reports {
namespace {

using testing::ViewFeed;
using Rows = std::vector<std::vector<std::string>>;

Rows List(const ViewFeed& feed, const std::string& of) {
  const auto answer = RegisterList(feed.Views(), of, feed.Context());
  EXPECT_OK(answer);
  Rows rows;
  for (const auto& row : answer->tables.front().rows()) {
    auto& texts = rows.emplace_back();
    for (const auto& cell : row.cells()) texts.push_back(cell.text());
  }
  return rows;
}

TEST(RegisterLists, NameWhatFilesAndReportsTake) {
  ViewFeed feed;
  testing::AddOrganisation(feed, "next-chapter", "Next Chapter");
  testing::AddArea(feed, "essex", "Essex", "county");
  testing::AddArea(feed, "colchester", "Colchester", "district", {"essex"});
  auto measure = testing::Measure("nc-referrals", testing::MeasureDefined::SUBJECT_REFERRALS,
                                  "Next Chapter: referrals", 1);
  measure.set_service_id("next-chapter");
  measure.set_unit("referrals");
  feed.Add(measure);
  EXPECT_EQ(List(feed, "areas"), (Rows{{"colchester", "Colchester", "district", "", "essex"},
                                       {"essex", "Essex", "county", "", ""}}));
  EXPECT_EQ(List(feed, "measures"), (Rows{{"nc-referrals", "Next Chapter: referrals", "referrals",
                                           "referrals", "next-chapter"}}));
  EXPECT_EQ(List(feed, "services"), (Rows{{"next-chapter", "Next Chapter", "1"}}));
  EXPECT_EQ(List(feed, "partners").at(0).at(1), "Next Chapter");
  EXPECT_TRUE(List(feed, "plans").empty());
  EXPECT_THAT(List(feed, "crime-types"),
              ::testing::Contains(std::vector<std::string>{"violent-crime-to-2013", "Violent crime",
                                                           "", "2013-04"}));
}

TEST(RegisterLists, RefuseAnythingElse) {
  ViewFeed feed;
  EXPECT_EQ(eventstore::ErrorReason(RegisterList(feed.Views(), "colours", feed.Context()).status()),
            "INVALID_FIELD");
}

}  // namespace
}  // namespace daybook::reports
