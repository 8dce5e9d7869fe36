#include "services/commands/row_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/unit/services/commands/store_helpers.h"
#include "tests/unit/services/outcomes.h"

namespace daybook::commands {
namespace {

using daybook::testing::AreaNamed;
using daybook::testing::ChangesNothing;
using daybook::testing::DraftsOf;
using daybook::testing::FindingsOf;
using daybook::testing::IsRefused;
using daybook::testing::ResultsOf;
using types::v1::Finding;
using types::v1::RowResult;

DraftEvent Draft(const std::string& id) { return MakeDraft("areas", AreaNamed(id), {}); }

values::Problem Fault(const std::string& field) {
  return {
      .field = field, .reason = "INVALID_FIELD", .description = "is wrong", .remedy = "Mend it."};
}

TEST(RowSession, GoodRowsAreRecordedTogetherAndEveryRowHasAResult) {
  std::vector<RowDecision> rows;
  rows.push_back(RecordRow(1, {Draft("a1")}));
  rows.push_back(RefuseRow(2, {Fault("month"), Fault("type")}));
  rows.push_back(UnchangedRow(3));
  rows.push_back(RecordRow(4, {Draft("a4")}, {Fault("percent")}));
  const Outcome outcome = DecideRows(std::move(rows));

  EXPECT_EQ(DraftsOf(outcome).size(), 2U);
  const auto results = ResultsOf(outcome);
  ASSERT_EQ(results.results_size(), 4);
  EXPECT_EQ(results.results(0).outcome(), RowResult::OUTCOME_RECORDED);
  EXPECT_EQ(results.results(1).outcome(), RowResult::OUTCOME_REFUSED);
  EXPECT_THAT(FindingsOf(results.results(1)),
              ::testing::ElementsAre("INVALID_FIELD@month", "INVALID_FIELD@type"));
  EXPECT_EQ(results.results(1).findings(0).level(), Finding::LEVEL_REFUSED);
  EXPECT_EQ(results.results(2).outcome(), RowResult::OUTCOME_UNCHANGED);
  EXPECT_EQ(results.results(3).row(), 4U);
  EXPECT_EQ(results.results(3).findings(0).level(), Finding::LEVEL_ASK);
  EXPECT_TRUE(AnyRecorded(results));
}

TEST(RowSession, WithoutAGoodRowNothingIsStored) {
  std::vector<RowDecision> rows;
  rows.push_back(RefuseRow(1, {Fault("month")}));
  rows.push_back(UnchangedRow(2));
  const Outcome outcome = DecideRows(std::move(rows));
  EXPECT_THAT(outcome, ChangesNothing());
  EXPECT_FALSE(AnyRecorded(ResultsOf(outcome)));
}

TEST(RowSession, MoreFindingsThanOneAnswerHoldsAreRefusedWholeNotCutShort) {
  std::vector<RowDecision> rows;
  rows.push_back(RecordRow(1, {Draft("a1")}));
  values::Problem wordy = Fault("month");
  wordy.description = std::string(1000, 'x');
  for (std::uint32_t row = 2; row <= 500; ++row) rows.push_back(RefuseRow(row, {wordy}));
  EXPECT_THAT(DecideRows(std::move(rows)),
              IsRefused(absl::StatusCode::kInvalidArgument, "TOO_LARGE"));
}

TEST(RowSession, AnAnswerOfAnotherKindHoldsNoResults) {
  EXPECT_EQ(RowResultsOf("\xFF\xFF").results_size(), 0);
  EXPECT_EQ(RowResultsOf("").results_size(), 0);
}

}  // namespace
}  // namespace daybook::commands
