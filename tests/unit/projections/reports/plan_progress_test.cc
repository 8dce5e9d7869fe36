#include "projections/reports/plan_progress.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace daybook::reports {
namespace {

using Words = std::vector<std::string>;

TEST(CombineTargets, WithoutTargetsThereIsNoneToJudge) {
  EXPECT_EQ(CombineTargets(Words{}), "no-target");
}

TEST(CombineTargets, AnActionStandsWhereItsWorstTargetStands) {
  EXPECT_EQ(CombineTargets(Words{"met", "met"}), "met");
  EXPECT_EQ(CombineTargets(Words{"met", "in-line"}), "in-line");
  EXPECT_EQ(CombineTargets(Words{"behind", "ahead"}), "behind");
  EXPECT_EQ(CombineTargets(Words{"behind", "not-met"}), "not-met");
  EXPECT_EQ(CombineTargets(Words{"on-target-so-far", "cannot-tell"}), "cannot-tell");
}

TEST(CombineTargets, OneUnreportedTargetBesideAReportedOneLeavesTheActionNotMet) {
  EXPECT_EQ(CombineTargets(Words{"on-target-so-far", "not-reported"}), "not-met");
  EXPECT_EQ(CombineTargets(Words{"reported-on-another-measure", "met"}), "not-met");
  EXPECT_EQ(CombineTargets(Words{"reported-on-another-measure", "not-reported"}), "not-met");
}

TEST(CombineTargets, AnActionOfWhichNothingIsReportedIsAsUnreportedAsItsTargets) {
  EXPECT_EQ(CombineTargets(Words{"not-reported"}), "not-reported");
  EXPECT_EQ(CombineTargets(Words{"not-reported", "not-reported"}), "not-reported");
  EXPECT_EQ(CombineTargets(Words{"reported-on-another-measure", "reported-on-another-measure"}),
            "reported-on-another-measure");
}

}  // namespace
}  // namespace daybook::reports
