// Lineage of headings, coverage of themes, and the ledger of money.
#include "projections/reports/plan_links.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "daybook/partners/events/v1/events.pb.h"
#include "proto/values/period.h"
#include "tests/support/status_matchers.h"
#include "tests/support/view_feed.h"

namespace daybook::reports {
namespace {

namespace ev = actions::events::v1;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Cells of a row by the key of their column.
using Cells = std::map<std::string, std::string>;

std::vector<Cells> RowsOf(const v1::Table& table) {
  std::vector<Cells> rows;
  for (const v1::Row& row : table.rows()) {
    Cells cells;
    for (int i = 0; i < row.cells_size(); ++i) {
      const auto& cell = row.cells(i);
      cells[table.columns(i).key()] =
          cell.text() + (cell.marker().empty() ? "" : "[" + cell.marker() + "]");
    }
    rows.push_back(std::move(cells));
  }
  return rows;
}

class PlanLinks : public ::testing::Test {
 protected:
  PlanLinks() {
    partners::events::v1::PartnershipRegistered partnership;
    partnership.set_partnership_id("csp");
    feed_.Add(partnership);
  }
  void Plan(const std::string& year, bool draft = false) {
    ev::PlanOpened plan;
    plan.set_plan_id("plan-" + year);
    plan.set_partnership_id("csp");
    *plan.mutable_year() = *ParsePeriod(year);
    plan.set_draft(draft);
    feed_.Add(plan);
  }
  // Its heading p1.
  void Reword(const std::string& year, std::uint32_t number, const std::string& label) {
    ev::PriorityReworded reworded;
    reworded.set_plan_id("plan-" + year);
    reworded.set_priority_id("p1");
    reworded.set_number(number);
    reworded.set_label(label);
    feed_.Add(reworded);
  }
  void Priority(const std::string& year, const std::string& id, const std::string& label,
                const std::vector<std::pair<std::string, std::string>>& origins = {}) {
    ev::PriorityAdded priority;
    priority.set_plan_id("plan-" + year);
    priority.set_priority_id(id);
    priority.set_number(static_cast<std::uint32_t>(id.back() - '0'));
    priority.set_label(label);
    for (const auto& [plan, origin] : origins) {
      auto* ref = priority.add_derived_from();
      ref->set_plan_id("plan-" + plan);
      ref->set_priority_id(origin);
    }
    feed_.Add(priority);
  }
  ev::GrantAllocated Grant(const std::string& id, std::uint64_t pence, bool after) {
    ev::GrantAllocated grant;
    grant.set_fund_id(id);
    grant.set_partnership_id("csp");
    *grant.mutable_year() = *ParsePeriod("2017-18");
    grant.set_pence(pence);
    grant.set_after_top_slice(after);
    feed_.Add(grant);
    return grant;
  }
  void Slice(const std::string& id, const std::string& percent, std::uint64_t pence = 0) {
    ev::TopSliceApplied slice;
    slice.set_fund_id(id);
    slice.set_percent(percent);
    slice.set_pence(pence);
    slice.set_purpose("reviews");
    feed_.Add(slice);
  }
  void Move(const std::string& fund, const std::string& entry, ev::FundsMoved::Kind kind,
            std::uint64_t pence, const std::string& to = "") {
    ev::FundsMoved moved;
    moved.set_fund_id(fund);
    moved.set_entry_id(entry);
    moved.set_kind(kind);
    moved.set_pence(pence);
    moved.set_to_fund_id(to);
    feed_.Add(moved);
  }
  TablesAnswer Ledger() {
    auto answer = FundingLedger(feed_.Views(), {"csp", std::nullopt}, feed_.Context());
    EXPECT_OK(answer);
    return answer.ok() ? *std::move(answer) : TablesAnswer{};
  }

  daybook::testing::ViewFeed feed_;
};

TEST_F(PlanLinks, SaysWhereHeadingsComeFromAndWhichWereDropped) {
  Plan("2018-19");
  Plan("2017-18");
  Priority("2017-18", "p1", "Violent crime");
  Priority("2017-18", "p2", "Community resilience");
  Priority("2018-19", "p1", "Hidden harms");
  Priority("2018-19", "p2", "Violence and weapons", {{"2017-18", "p1"}});
  ASSERT_OK_AND_ASSIGN(const auto answer, PriorityLineage(feed_.Views(), "csp", feed_.Context()));
  const auto rows = RowsOf(answer.tables[0]);
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0].at("heading"), "Violent crime");
  EXPECT_EQ(rows[0].at("to"), "2018-19: 2 Violence and weapons");
  EXPECT_EQ(rows[0].at("state"), "plan before not held, carried on");
  EXPECT_EQ(rows[1].at("state"), "plan before not held, dropped");
  EXPECT_EQ(rows[2].at("state"), "new");
  EXPECT_EQ(rows[3].at("from"), "2017-18: 1 Violent crime");
  EXPECT_EQ(rows[3].at("state"), "");
}

TEST_F(PlanLinks, DoesNotCallAHeadingDroppedWhenTheNextPlanIsNotHeld) {
  Plan("2019-20");
  Plan("2023-24");
  Priority("2019-20", "p1", "Hidden harms");
  Priority("2023-24", "p1", "Early intervention");
  ASSERT_OK_AND_ASSIGN(const auto answer, PriorityLineage(feed_.Views(), "csp", feed_.Context()));
  const auto rows = RowsOf(answer.tables[0]);
  EXPECT_EQ(rows[0].at("state"), "plan before not held, plan after not held");
  EXPECT_EQ(rows[1].at("state"), "plan before not held");
}

TEST_F(PlanLinks, ADraftIsMarkedAndDecidesNothingUntilItIsAgreed) {
  Plan("2023-24");
  Priority("2023-24", "p1", "Resilient communities");
  Priority("2023-24", "p2", "Early intervention");
  Plan("2024-25", /*draft=*/true);
  Priority("2024-25", "p1", "Inclusive communities", {{"2023-24", "p1"}});
  const auto table = [this] {
    const auto answer = PriorityLineage(feed_.Views(), "csp", feed_.Context());
    EXPECT_OK(answer);
    return RowsOf(answer->tables[0]);
  };
  auto rows = table();
  EXPECT_EQ(rows[0].at("state"), "plan before not held, carried on in a draft");
  EXPECT_EQ(rows[1].at("state"), "plan before not held, not in the draft after it");
  EXPECT_EQ(rows[1].at("standing"), "agreed");
  EXPECT_EQ(rows[2].at("standing"), "draft");

  Reword("2024-25", 4, "Safe, inclusive communities");
  ev::PlanAdopted adopted;
  adopted.set_plan_id("plan-2024-25");
  adopted.set_date("2024-04-02");
  feed_.Add(adopted);
  rows = table();
  EXPECT_EQ(rows[0].at("to"), "2024-25: 4 Safe, inclusive communities");
  EXPECT_EQ(rows[1].at("state"), "plan before not held, dropped");
  EXPECT_EQ(rows[2].at("number"), "4");
  EXPECT_EQ(rows[2].at("standing"), "agreed 2024-04-02");

  ev::PriorityRetired retired;
  retired.set_plan_id("plan-2024-25");
  retired.set_priority_id("p1");
  retired.set_date("2024-10-01");
  feed_.Add(retired);
  EXPECT_EQ(table()[2].at("standing"), "taken out 2024-10-01");
}

TEST_F(PlanLinks, AWordingThatWasKnownBeforeItsHeadingHoldsAllTheSame) {
  Plan("2024-25");
  Reword("2024-25", 1, "The later wording");
  ASSERT_OK_AND_ASSIGN(const auto none, PriorityLineage(feed_.Views(), "csp", feed_.Context()));
  EXPECT_EQ(none.tables[0].rows_size(), 0);
  Priority("2024-25", "p1", "The earlier wording");
  ASSERT_OK_AND_ASSIGN(const auto answer, PriorityLineage(feed_.Views(), "csp", feed_.Context()));
  EXPECT_EQ(RowsOf(answer.tables[0])[0].at("heading"), "The later wording");
}

TEST_F(PlanLinks, CountsProjectsThatServeAThemeAndAHeadingAndNamesWhatNobodyServes) {
  measures::events::v1::DimensionDefined themes;
  themes.set_dimension_id("pfcc");
  for (const auto& [id, label] : {std::pair("t1", "Domestic abuse"), std::pair("t2", "Roads")}) {
    auto* category = themes.add_categories();
    category->set_category_id(id);
    category->set_label(label);
  }
  feed_.Add(themes);
  Plan("2019-20");
  Priority("2019-20", "p1", "Gangs");
  Priority("2019-20", "p2", "Hidden harms");
  Priority("2019-20", "p3", "Public places");
  const auto project = [&](const std::string& id, std::vector<std::string> priorities,
                           std::vector<std::string> theme_ids) {
    ev::ProjectMapped mapped;
    mapped.set_plan_id("plan-2019-20");
    mapped.set_project_id(id);
    mapped.set_label(id);
    for (const auto& priority : priorities) mapped.add_priority_ids(priority);
    mapped.set_themes_dimension_id("pfcc");
    for (const auto& theme : theme_ids) mapped.add_theme_ids(theme);
    feed_.Add(mapped);
  };
  project("a", {"p1", "p2"}, {"t1"});
  project("b", {"p2"}, {"t1", "t9"});
  ASSERT_OK_AND_ASSIGN(const auto answer,
                       CoverageMatrix(feed_.Views(), "plan-2019-20", feed_.Context()));
  const auto rows = RowsOf(answer.tables[1]);
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(
      rows[0],
      (Cells{
          {"theme", "Domestic abuse"}, {"p1", "1"}, {"p2", "2"}, {"p3", "0"}, {"projects", "2"}}));
  EXPECT_EQ(rows[1].at("projects"), "0");
  EXPECT_EQ(rows[2].at("theme"), "t9");
  EXPECT_EQ(
      rows[3],
      (Cells{{"theme", "Projects"}, {"p1", "1"}, {"p2", "2"}, {"p3", "0"}, {"projects", "2"}}));
  const auto& notes = answer.tables[1].notes();
  EXPECT_THAT(notes, Contains(HasSubstr("these headings: 3 Public places")));
  EXPECT_THAT(notes, Contains(HasSubstr("these themes: Roads")));
  EXPECT_THAT(notes, Contains(HasSubstr("Not in the dimension that the projects name: t9")));
  EXPECT_THAT(CoverageMatrix(feed_.Views(), "plan-2020-21", feed_.Context()),
              daybook::testing::HasReason("UNKNOWN_PLAN"));
}

TEST_F(PlanLinks, WorksOutWhatAPotWasBeforeItsTopSlice) {
  // C071: 12,337 after 12 per cent; 14,019.32 before, 1,682.32 taken.
  Grant("rochford", 1'233'700, true);
  Slice("rochford", "12");
  Grant("stated-before", 1'401'932, false);
  Slice("stated-before", "12");
  Grant("in-pounds", 1'000'000, false);
  Slice("in-pounds", "", 25'000);
  const auto rows = RowsOf(Ledger().tables[0]);
  EXPECT_EQ(rows[0].at("before"), "10000.00");
  EXPECT_EQ(rows[0].at("slice"), "250.00");
  EXPECT_EQ(rows[0].at("grant"), "9750.00");
  EXPECT_EQ(rows[1].at("before"), "14019.32[e]");
  EXPECT_EQ(rows[1].at("slice"), "1682.32[e]");
  EXPECT_EQ(rows[1].at("grant"), "12337.00");
  EXPECT_EQ(rows[2].at("slice"), "1682.32[e]");
  EXPECT_EQ(rows[2].at("grant"), "12337.00[e]");
}

TEST_F(PlanLinks, AccountsForEveryPennyAndSaysWhatExceedsThePot) {
  Grant("one", 500'000, false);
  Grant("two", 100'000, false);
  Move("one", "e1", ev::FundsMoved::KIND_COMMITTED, 400'000);
  Move("one", "e2", ev::FundsMoved::KIND_SPENT, 250'000);
  Move("one", "e3", ev::FundsMoved::KIND_CARRIED_FORWARD, 250'000, "two");
  Move("two", "e1", ev::FundsMoved::KIND_SPENT, 351'000);
  const TablesAnswer answer = Ledger();
  const auto rows = RowsOf(answer.tables[0]);
  EXPECT_EQ(rows[0].at("carried_forward"), "2500.00");
  EXPECT_EQ(rows[0].at("uncommitted"), "-1500.00");
  EXPECT_EQ(rows[0].at("unspent"), "0.00");
  EXPECT_EQ(rows[1].at("carried_in"), "2500.00");
  EXPECT_EQ(rows[1].at("unspent"), "-10.00");
  EXPECT_THAT(answer.tables[0].notes(),
              ElementsAre("one: what is committed exceeds what there is by 1500.00 pounds.",
                          "two: what is spent exceeds what there is by 10.00 pounds."));
  EXPECT_EQ(answer.tables[1].rows_size(), 4);
}

TEST_F(PlanLinks, SaysThatNothingIsHeldRatherThanShowingAnEmptyLedger) {
  EXPECT_THAT(Ledger().tables[0].notes(0), HasSubstr("No money of this partnership is held"));
}

}  // namespace
}  // namespace daybook::reports
