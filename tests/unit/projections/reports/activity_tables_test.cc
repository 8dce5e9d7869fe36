// What partners did together, and what it reached.
#include "projections/reports/activity_tables.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/projections/reports/builders.h"
#include "tests/unit/projections/reports/rows_of.h"

namespace daybook::reports::testing {
namespace {

using actions::events::v1::ActivityRecorded;
using actions::events::v1::ReachRecorded;
using ::daybook::testing::HasReason;
using ::testing::ElementsAre;

class ActivityTables : public ::testing::Test {
 protected:
  ActivityTables() {
    partners::events::v1::PartnershipRegistered partnership;
    partnership.set_partnership_id("csp");
    feed_.Add(partnership);
    AddOrganisation(feed_, "police", "Shire Police");
  }
  void Activity(const std::string& id, ActivityRecorded::Kind kind, const std::string& period,
                bool ongoing = false) {
    ActivityRecorded fact;
    fact.set_activity_id(id);
    fact.set_partnership_id("csp");
    fact.set_kind(kind);
    fact.set_label("The " + id);
    *fact.mutable_period() = P(period);
    fact.set_ongoing(ongoing);
    fact.set_lead_organisation_id("police");
    feed_.Add(fact);
  }
  void Reach(const std::string& id, const std::string& what, const std::string& period,
             const std::string& count) {
    ReachRecorded fact;
    fact.set_activity_id(id);
    fact.set_what(what);
    *fact.mutable_period() = P(period);
    *fact.mutable_count() = Q(count);
    feed_.Add(fact);
  }
  TablesAnswer Ask(const std::string& within = "", const std::string& kind = "") {
    ActivitiesRequest request{"csp", std::nullopt, kind};
    if (!within.empty()) request.within = P(within);
    auto answer = Activities(feed_.Views(), request, feed_.Context());
    EXPECT_OK(answer);
    return answer.ok() ? *answer : TablesAnswer{};
  }
  static std::vector<std::string> Ids(const TablesAnswer& answer) {
    std::vector<std::string> ids;
    for (const auto& row : RowsOf(answer.tables.at(0))) ids.push_back(row[0]);
    return ids;
  }
  ViewFeed feed_;
};

TEST_F(ActivityTables, OneIsInATimeWithWhichItHasADayInCommon) {
  Activity("dial", ActivityRecorded::KIND_OPERATION, "2023-09-01..2024-01-31");
  Activity("refuge", ActivityRecorded::KIND_SERVICE, "2022-04", true);
  Activity("survey", ActivityRecorded::KIND_CONSULTATION, "2023-07-01..2023-08-31");
  EXPECT_THAT(Ids(Ask()), ElementsAre("dial", "survey", "refuge"));
  EXPECT_THAT(Ids(Ask("2024-01")), ElementsAre("dial", "refuge"));
  EXPECT_THAT(Ids(Ask("2022-03")), ElementsAre());
  EXPECT_THAT(Ids(Ask("", "consultation")), ElementsAre("survey"));
}

TEST_F(ActivityTables, ExactCountsOfOneThingAreAddedWithinAKind) {
  Activity("dial", ActivityRecorded::KIND_OPERATION, "2023-24");
  Activity("sled", ActivityRecorded::KIND_OPERATION, "2023-24");
  Activity("survey", ActivityRecorded::KIND_CONSULTATION, "2023-24");
  Reach("dial", "patrol-hours", "2023-10", "22");
  Reach("dial", "patrol-hours", "2023-11", "22.5");
  Reach("sled", "patrol-hours", "2023-10", "132");
  Reach("survey", "patrol-hours", "2023-10", "1");
  const auto rows = RowsOf(Ask().tables.at(1));
  EXPECT_THAT(rows.back(), ElementsAre("All", "patrol hours", "", "", "operation", "176.5"));
}

TEST_F(ActivityTables, WhatIsNotExactOrOverlapsIsNotAdded) {
  Activity("day", ActivityRecorded::KIND_DAY_OF_ACTION, "2023-24");
  Activity("night", ActivityRecorded::KIND_DAY_OF_ACTION, "2023-24");
  Reach("day", "people", "2023-09-12", "about 500");
  Reach("night", "people", "2023-09-13", "20");
  EXPECT_EQ(RowsOf(Ask().tables.at(1)).back().back(), "[x]");
  Reach("day", "people", "2023-09-12", "500");
  EXPECT_EQ(RowsOf(Ask().tables.at(1)).back().back(), "520");
  Reach("day", "people", "2023-09", "600");
  EXPECT_EQ(RowsOf(Ask().tables.at(1)).back().back(), "[x]") << "the month holds the day";
}

TEST_F(ActivityTables, AnEmptyTableSaysSoAndUnknownWordsAreRefused) {
  EXPECT_TRUE(HasNote(Ask().tables.at(0).notes(), "No activity is recorded"));
  EXPECT_THAT(Activities(feed_.Views(), {"other", std::nullopt, ""}, feed_.Context()),
              HasReason("UNKNOWN_PARTNERSHIP"));
  EXPECT_THAT(Activities(feed_.Views(), {"csp", std::nullopt, "party"}, feed_.Context()),
              HasReason("INVALID_FIELD"));
}

}  // namespace
}  // namespace daybook::reports::testing
