// Bad rows of the streamed submissions: each is a finding with reason, field and remedy, and none
// costs a good one.
#include <string>

#include "tests/integration/daybook_test.h"
#include "tests/integration/samples.h"

namespace daybook::integration {
namespace {

using absl::StatusCode;
using measures::v1::ObservationRow;
using types::v1::RowResult;

class BadInputInRows : public DaybookTest {
 protected:
  void SetUp() override {
    DaybookTest::SetUp();
    SeedMeasures();
  }

  // Sends the row alone, then between two good ones: it alone is refused.
  void RefuseRow(ObservationRow row, const Expected& expected) {
    auto session = client().Observations();
    const auto before = Head();
    auto alone = ObservationMessage();
    row.set_row(7);
    *alone.add_rows() = row;
    const auto answer = session.Exchange(alone);
    EXPECT_EQ(answer.request_id(), alone.head().request_id());
    EXPECT_FALSE(answer.has_error());
    EXPECT_FALSE(answer.has_receipt()) << "nothing was recorded";
    ASSERT_EQ(answer.results_size(), 1);
    ExpectRefusedRow(answer.results(0), 7, expected);
    ExpectUnharmed(before);

    const auto size = Size();
    auto message = ObservationMessage();
    *message.add_rows() = Observation(1, "11");
    row.set_row(2);
    *message.add_rows() = row;
    *message.add_rows() = Observation(3, "11");
    *message.mutable_rows(2)->mutable_period() = Month("2023-06", "30");
    const auto mixed = session.Exchange(message);
    ASSERT_EQ(mixed.results_size(), 3);
    EXPECT_EQ(mixed.results(0).outcome(), RowResult::OUTCOME_RECORDED);
    ExpectRefusedRow(mixed.results(1), 2, expected);
    EXPECT_EQ(mixed.results(2).outcome(), RowResult::OUTCOME_RECORDED);
    EXPECT_EQ(Size(), size + 2);
    EXPECT_EQ(mixed.receipt().position(), size + 1);
    session.WritesDone();
    EXPECT_TRUE(session.Finish().ok());
  }

 private:
  static void ExpectRefusedRow(const RowResult& result, std::uint32_t row,
                               const Expected& expected) {
    EXPECT_EQ(result.row(), row);
    EXPECT_EQ(result.outcome(), RowResult::OUTCOME_REFUSED);
    ASSERT_EQ(result.findings_size(), 1) << result.ShortDebugString();
    ExpectFinding(result.findings(0), expected);
  }
};

TEST_F(BadInputInRows, ANegativeCountIsAFinding) {
  RefuseRow(Observation(1, "-173"), {StatusCode::kOk, "NEGATIVE_COUNT", "quantity.value", "-173"});
}

TEST_F(BadInputInRows, ACountThatIsNotWholeIsAFinding) {
  RefuseRow(Observation(1, "17.25"), {StatusCode::kOk, "INVALID_FIELD", "quantity.value", "17.25"});
}

TEST_F(BadInputInRows, AShareThatDisagreesWithItsPartsIsAFinding) {
  auto row = Observation(1, "");
  row.mutable_share()->set_numerator("8");
  row.mutable_share()->set_denominator("74");
  row.mutable_share()->set_printed_percent("12");
  RefuseRow(row, {StatusCode::kOk, "SHARE_DISAGREES", "share.printed_percent", ""});
}

TEST_F(BadInputInRows, APercentageOver100OfAWholeIsAFinding) {
  auto row = Observation(1, "");
  row.set_measure_id(kPartMeasure);
  row.mutable_printed_percent()->set_percent("104.3");
  RefuseRow(row, {StatusCode::kOk, "PERCENT_OVER_100", "printed_percent.percent", "104.3"});
}

TEST_F(BadInputInRows, AQuantityOver100PercentOfAWholeIsAFinding) {
  auto row = Observation(1, "");
  row.set_measure_id(kPartMeasure);
  row.mutable_quantity()->set_value("104.3");
  RefuseRow(row, {StatusCode::kOk, "PERCENT_OVER_100", "quantity.value", "104.3"});
}

TEST_F(BadInputInRows, AnUnregisteredBasisIsAFinding) {
  auto row = Observation(1, "11");
  row.set_basis(static_cast<measures::events::v1::ObservationRecorded::Basis>(4711));
  RefuseRow(row, {StatusCode::kOk, "UNKNOWN_VALUE", "basis", "4711"});
}

TEST_F(BadInputInRows, AMissingFigureIsAFinding) {
  auto row = Observation(1, "");
  row.clear_value();
  RefuseRow(row, {StatusCode::kOk, "MISSING_FIELD", "value", ""});
}

TEST_F(BadInputInRows, AnUnknownMeasureIsAFinding) {
  auto row = Observation(1, "11");
  row.set_measure_id("quixotic-zebra");
  RefuseRow(row, {StatusCode::kOk, "UNKNOWN_MEASURE", "measure_id", "quixotic-zebra"});
}

TEST_F(BadInputInRows, AnUnknownAreaIsAFinding) {
  auto row = Observation(1, "11");
  row.set_area("Quixotic Zebra");
  RefuseRow(row, {StatusCode::kOk, "UNKNOWN_AREA", "area", "Quixotic"});
}

TEST_F(BadInputInRows, APercentageWithoutPartsIsRecordedAndAskedAbout) {
  auto row = Observation(1, "");
  row.set_measure_id(kPartMeasure);
  row.mutable_printed_percent()->set_percent("93");
  auto message = ObservationMessage();
  *message.add_rows() = row;
  auto session = client().Observations();
  const auto answer = session.Exchange(message);
  ASSERT_EQ(answer.results_size(), 1);
  EXPECT_EQ(answer.results(0).outcome(), RowResult::OUTCOME_RECORDED);
  ASSERT_EQ(answer.results(0).findings_size(), 1);
  EXPECT_EQ(answer.results(0).findings(0).level(), types::v1::Finding::LEVEL_ASK);
  EXPECT_EQ(answer.results(0).findings(0).field(), "printed_percent");
}

TEST_F(BadInputInRows, AMessageWithoutRowsFailsAndTheSessionGoesOn) {
  auto session = client().Observations();
  const auto before = Head();
  const auto empty = session.Exchange(ObservationMessage());
  ASSERT_TRUE(empty.has_error());
  ExpectRefusal(RefusalOf(empty.error()), {StatusCode::kInvalidArgument, "MISSING_FIELD", "", ""});
  EXPECT_EQ(empty.error().message().substr(0, 5), "rows:");
  ExpectUnharmed(before);
  auto good = ObservationMessage();
  *good.add_rows() = Observation(1, "11");
  EXPECT_EQ(session.Exchange(good).results(0).outcome(), RowResult::OUTCOME_RECORDED);
}

TEST_F(BadInputInRows, MoreThan500RowsFailAndTheSessionGoesOn) {
  auto session = client().Incidents();
  const auto before = Head();
  const auto answer = session.Exchange(IncidentMessage(1, 501));
  ASSERT_TRUE(answer.has_error());
  ExpectRefusal(RefusalOf(answer.error()), {StatusCode::kInvalidArgument, "TOO_LARGE", "", ""});
  ExpectUnharmed(before);
  EXPECT_EQ(session.Exchange(IncidentMessage(1, 500)).results_size(), 500);
}

TEST_F(BadInputInRows, ASubmissionThatWasNeverOpenedFailsTheMessage) {
  auto session = client().Incidents();
  const auto before = Head();
  const auto answer = session.Exchange(IncidentMessage(1, 3, std::string(32, 'a')));
  ASSERT_TRUE(answer.has_error());
  ExpectRefusal(RefusalOf(answer.error()),
                {StatusCode::kNotFound, "UNKNOWN_SUBMISSION", "", std::string(32, 'a')});
  ExpectUnharmed(before);
}

}  // namespace
}  // namespace daybook::integration
