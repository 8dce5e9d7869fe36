// Cases from period to period: computed only where the periods follow on one another.
#include "projections/reports/caseload.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "eventstore/core/error.h"
#include "tests/unit/projections/reports/builders.h"

namespace daybook::reports {
namespace {

using ::testing::ElementsAre;
using testing::HasNote;
using testing::MeasureDefined;
using testing::ViewFeed;

class Cases : public ::testing::Test {
 protected:
  Cases() {
    testing::AddOrganisation(feed_, "probation", "Probation");
    testing::AddArea(feed_, "colchester", "Colchester", "district");
    for (const char* measure : {"open", "new", "active"}) {
      feed_.Add(testing::Measure(measure, MeasureDefined::SUBJECT_REFERRALS, measure));
    }
  }

  void Count(const std::string& measure, const std::string& period, const std::string& value,
             const std::string& of = "") {
    auto fact = testing::Observation(measure, "colchester", "probation", period);
    if (of.empty()) {
      *fact.mutable_quantity() = testing::Q(value);
    } else {
      fact.mutable_share()->set_numerator(value);
      fact.mutable_share()->set_denominator(of);
    }
    feed_.Add(fact);
  }

  v1::Table Ask() {
    const auto answer =
        Caseload(feed_.Views(), {"colchester", "open", "new", "active", {}}, feed_.Context());
    EXPECT_OK(answer);
    return answer.value_or(TablesAnswer()).tables.at(0);
  }

  // Closed, new to date, active, began with.
  static std::vector<std::string> Computed(const v1::Table& table, int row) {
    std::vector<std::string> cells;
    for (int i = 9; i < table.rows(row).cells_size(); ++i) {
      const auto& cell = table.rows(row).cells(i);
      cells.push_back(cell.marker().empty() ? cell.text() : "[" + cell.marker() + "]");
    }
    return cells;
  }

  ViewFeed feed_;
};

TEST_F(Cases, RollForwardFromWhatTheActiveOnesImply) {
  Count("open", "2013-14 Q1", "45", "396");
  Count("new", "2013-14 Q1", "8", "74");
  Count("active", "2013-14 Q1", "53");
  Count("open", "2013-14 Q2", "43", "418");
  Count("new", "2013-14 Q2", "5", "64");
  Count("active", "2013-14 Q2", "58");
  const v1::Table table = Ask();
  EXPECT_THAT(Computed(table, 0), ElementsAre("8", "8", "53", "45"));
  EXPECT_THAT(Computed(table, 1), ElementsAre("7", "13", "58", "45"));
  EXPECT_EQ(table.rows(0).cells(8).text(), "10.8") << "8 of 74";
  EXPECT_TRUE(HasNote(table.notes(), "2013-14: active cases roll forward from 45 on 1 April"));
}

TEST_F(Cases, ThatDoNotRollForwardSaySo) {
  for (const auto& [period, active] : {std::pair("2013-14 Q1", "53"), {"2013-14 Q2", "60"}}) {
    Count("new", period, "8");
    Count("active", period, active);
  }
  EXPECT_TRUE(HasNote(Ask().notes(),
                      "do not roll forward; they imply 44 (2013-14 Q2), 45 "
                      "(2013-14 Q1)"));
}

TEST_F(Cases, OfPeriodsThatDoNotFollowAreNotComputedAcross) {
  Count("open", "2013-14 Q1", "45");
  Count("new", "2013-14 Q1", "8");
  Count("open", "2013-14 Q3", "45");
  Count("new", "2013-14 Q3", "10");
  const v1::Table table = Ask();
  EXPECT_THAT(Computed(table, 0), ElementsAre("[x]", "8", "[x]", "[x]"));
  EXPECT_THAT(Computed(table, 1), ElementsAre("[x]", "[x]", "[x]", "[x]"));
}

TEST_F(Cases, OfAYearBeginAnew) {
  Count("open", "2013-14 Q4", "53");
  Count("new", "2013-14 Q4", "13");
  Count("open", "2014-15 Q1", "50");
  Count("new", "2014-15 Q1", "7");
  const v1::Table table = Ask();
  EXPECT_THAT(Computed(table, 0), ElementsAre("[x]", "[x]", "[x]", "[x]"))
      << "the year's first quarters are not held";
  EXPECT_THAT(Computed(table, 1), ElementsAre("10", "7", "[x]", "[x]"));
}

TEST_F(Cases, WhatIsNotKnownIsNamed) {
  const auto reason = [&](const CaseloadRequest& request) {
    return eventstore::ErrorReason(Caseload(feed_.Views(), request, feed_.Context()).status());
  };
  EXPECT_EQ(reason({"colchester", "opened", "new", "", {}}), "UNKNOWN_MEASURE");
  EXPECT_EQ(reason({"atlantis", "open", "new", "", {}}), "UNKNOWN_AREA");
  EXPECT_TRUE(HasNote(Ask().notes(), "No cases are held"));
}

}  // namespace
}  // namespace daybook::reports
