#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "eventstore/memory/memory_event_store.h"
#include "proto/values/civil.h"
#include "proto/values/period.h"
#include "services/commands/stream_loader.h"
#include "services/measures/domain/measure_commands.h"
#include "services/measures/domain/series_state.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/commands/store_helpers.h"
#include "tests/unit/services/measures/registers.h"
#include "tests/unit/services/outcomes.h"

namespace daybook::measures {
namespace {

using daybook::testing::AppendTo;
using daybook::testing::DraftsOf;
using daybook::testing::FindingsOf;
using daybook::testing::IsRefused;
using daybook::testing::OnlyEvent;
using daybook::testing::ResultsOf;
using events::v1::ObservationRecorded;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using types::v1::RowResult;

class Observations : public ::testing::Test {
 protected:
  v1::ObservationRow& Add(const std::string& measure = "robbery") {
    v1::ObservationRow& row = *request_.add_rows();
    row.set_row(static_cast<std::uint32_t>(request_.rows_size()));
    row.set_measure_id(measure);
    row.set_area("Riverside");
    row.set_source("north police");
    *row.mutable_period() = values::PeriodToProto(values::Month(2024, 1));
    row.set_basis(ObservationRecorded::BASIS_IN_PERIOD);
    return row;
  }

  v1::ObservationRow& AddCount(const std::string& value) {
    v1::ObservationRow& row = Add();
    row.mutable_quantity()->set_value(value);
    return row;
  }

  commands::Outcome Decide() {
    commands::StreamLoader loader(store_);
    const auto outcome = DecideObservations(loader, registers_.Now(), request_);
    EXPECT_OK(outcome.status());
    return outcome.ok() ? *outcome : commands::Outcome(commands::Rejection());
  }

  // Decides and appends, and begins a new message.
  void Record() {
    for (const auto& draft : DraftsOf(Decide())) {
      AppendTo(store_, draft.stream, *registry::DecodeEvent(draft.type, draft.payload));
    }
    request_.clear_rows();
  }

  std::vector<std::string> FirstFindings() { return FindingsOf(ResultsOf(Decide()).results(0)); }
  RowResult::Outcome FirstOutcome() { return ResultsOf(Decide()).results(0).outcome(); }

  eventstore::MemoryEventStore store_;
  daybook::testing::Registers registers_;
  v1::SubmitObservationsRequest request_;
};

TEST_F(Observations, AFigureIsRecordedInItsSeriesWithItsPeriod) {
  v1::ObservationRow& row = AddCount("12");
  row.set_extract("report-2024-03");
  const auto outcome = Decide();
  const auto event = OnlyEvent<ObservationRecorded>(outcome);
  EXPECT_EQ(event.area_id(), "riverside");
  EXPECT_EQ(event.source_id(), "north-police");
  EXPECT_EQ(event.measure_version(), 1U);
  EXPECT_EQ(event.stage(), ObservationRecorded::STAGE_ACTUAL);
  EXPECT_EQ(event.row(), 1U);
  const auto draft = DraftsOf(outcome)[0];
  EXPECT_EQ(draft.stream, "series-robbery/riverside/north-police/report-2024-03");
  EXPECT_EQ(draft.effective.start, *values::ParseDay("2024-01-01"));
  EXPECT_EQ(draft.effective.end, *values::ParseDay("2024-02-01"));
  EXPECT_FALSE(draft.known.has_value());
}

TEST_F(Observations, WhenARowWasKnownStandsWithItsEvent) {
  v1::ObservationRow& row = AddCount("12");
  row.mutable_known()->set_precision(types::v1::Known::PRECISION_DAY);
  row.mutable_known()->set_date("2024-03-18");
  const auto draft = DraftsOf(Decide())[0];
  ASSERT_TRUE(draft.known.has_value());
  EXPECT_EQ(draft.known->precision, eventstore::KnownPrecision::kDay);
  EXPECT_EQ(draft.known->day, *values::ParseDay("2024-03-18"));
}

TEST_F(Observations, TheSameContentAgainIsUnchanged) {
  AddCount("12");
  Record();
  AddCount("12").set_row(77);
  request_.mutable_head()->set_submission_id(std::string(32, 'b'));
  EXPECT_EQ(FirstOutcome(), RowResult::OUTCOME_UNCHANGED);
  EXPECT_THAT(DraftsOf(Decide()), IsEmpty());
}

TEST_F(Observations, ALaterFigureTakesThePlaceOfTheEarlierOne) {
  AddCount("12");
  Record();
  AddCount("13");
  EXPECT_EQ(FirstOutcome(), RowResult::OUTCOME_RECORDED);
  Record();
  AddCount("12");
  EXPECT_EQ(FirstOutcome(), RowResult::OUTCOME_RECORDED) << "going back is news too";
}

TEST_F(Observations, AnotherPeriodIsAnotherFigure) {
  AddCount("12");
  Record();
  *AddCount("12").mutable_period() = values::PeriodToProto(values::Month(2024, 2));
  EXPECT_EQ(FirstOutcome(), RowResult::OUTCOME_RECORDED);
}

TEST_F(Observations, RowsSeeTheRowsBeforeThem) {
  AddCount("12");
  AddCount("12");
  const auto results = ResultsOf(Decide());
  EXPECT_EQ(results.results(0).outcome(), RowResult::OUTCOME_RECORDED);
  EXPECT_EQ(results.results(1).outcome(), RowResult::OUTCOME_UNCHANGED);
}

TEST_F(Observations, AFileThatContradictsItselfIsAFindingNotASilentChange) {
  request_.mutable_head()->set_submission_id(std::string(32, 'a'));
  AddCount("12");
  AddCount("13");
  const auto results = ResultsOf(Decide());
  EXPECT_EQ(results.results(0).outcome(), RowResult::OUTCOME_RECORDED);
  EXPECT_THAT(FindingsOf(results.results(1)), ElementsAre("ALREADY_EXISTS@period"));
}

TEST_F(Observations, AGoodRowIsNeverLostToABadOne) {
  AddCount("-1");
  AddCount("5");
  const auto outcome = Decide();
  EXPECT_EQ(DraftsOf(outcome).size(), 1U);
  EXPECT_EQ(ResultsOf(outcome).results(0).outcome(), RowResult::OUTCOME_REFUSED);
  EXPECT_EQ(ResultsOf(outcome).results(1).outcome(), RowResult::OUTCOME_RECORDED);
}

TEST_F(Observations, ANegativeCountIsRefused) {
  AddCount("-1");
  EXPECT_THAT(FirstFindings(), ElementsAre("NEGATIVE_COUNT@quantity.value"));
}

TEST_F(Observations, WhatIsNoCountMayBeNegative) {
  Add("change-in-funding").mutable_quantity()->set_value("-100.50");
  EXPECT_THAT(FirstFindings(), IsEmpty());
}

TEST_F(Observations, ACountIsWholeButItsMeanNeedNotBe) {
  AddCount("1.5");
  EXPECT_THAT(FirstFindings(), ElementsAre("INVALID_FIELD@quantity.value"));
  request_.mutable_rows(0)->set_basis(ObservationRecorded::BASIS_MONTHLY_MEAN);
  EXPECT_THAT(FirstFindings(), IsEmpty());
}

TEST_F(Observations, AShareThatDisagreesWithItsPartsIsRefused) {
  types::v1::Share& share = *Add("open-cases").mutable_share();
  share.set_numerator("8");
  share.set_denominator("74");
  share.set_printed_percent("11");
  EXPECT_THAT(FirstFindings(), IsEmpty());
  request_.mutable_rows(0)->mutable_share()->set_printed_percent("12");
  ASSERT_EQ(FirstFindings().size(), 1U);
  EXPECT_THAT(FirstFindings()[0], HasSubstr("SHARE_DISAGREES@share"));
  request_.mutable_rows(0)->mutable_share()->set_numerator("80");
  ASSERT_FALSE(FirstFindings().empty());
  EXPECT_THAT(FirstFindings()[0], HasSubstr("SHARE_DISAGREES@share"));
}

TEST_F(Observations, TheAreaOfADenominatorIsRegistered) {
  types::v1::Share& share = *Add("open-cases").mutable_share();
  share.set_numerator("8");
  share.set_denominator("74");
  share.set_denominator_area("the shire");
  EXPECT_EQ(OnlyEvent<ObservationRecorded>(Decide()).share().denominator_area(), "shire");
  request_.mutable_rows(0)->mutable_share()->set_denominator_area("atlantis");
  EXPECT_THAT(FirstFindings(), ElementsAre("UNKNOWN_AREA@share.denominator_area"));
}

TEST_F(Observations, APercentageOver100OfPartsOfAWholeIsRefused) {
  Add("satisfied").mutable_printed_percent()->set_percent("101");
  EXPECT_THAT(FirstFindings(), ElementsAre("PERCENT_OVER_100@printed_percent.percent"));
  request_.clear_rows();
  Add("satisfied").mutable_quantity()->set_value("101");
  EXPECT_THAT(FirstFindings(), ElementsAre("PERCENT_OVER_100@quantity.value"));
}

TEST_F(Observations, APrintedPercentageIsRecordedAndAskedAbout) {
  Add("satisfied").mutable_printed_percent()->set_percent("11");
  const auto outcome = Decide();
  EXPECT_EQ(DraftsOf(outcome).size(), 1U);
  const auto row = ResultsOf(outcome).results(0);
  EXPECT_EQ(row.outcome(), RowResult::OUTCOME_RECORDED);
  ASSERT_EQ(row.findings_size(), 1);
  EXPECT_EQ(row.findings(0).level(), types::v1::Finding::LEVEL_ASK);
}

TEST_F(Observations, WhatIsNotRegisteredIsNamedWithTheNearest) {
  v1::ObservationRow& row = AddCount("5");
  row.set_measure_id("robery");
  row.set_area("Riversid");
  row.set_source("Nroth Police");
  const auto result = ResultsOf(Decide()).results(0);
  EXPECT_THAT(FindingsOf(result), ElementsAre("UNKNOWN_MEASURE@measure_id", "UNKNOWN_AREA@area",
                                              "UNKNOWN_ORGANISATION@source"));
  EXPECT_THAT(result.findings(0).description(), HasSubstr("(robbery)"));
  EXPECT_THAT(result.findings(1).description(), HasSubstr("(riverside)"));
  EXPECT_THAT(result.findings(2).description(), HasSubstr("(north-police)"));
  EXPECT_THAT(result.findings(2).description(), Not(HasSubstr("Nroth")));
}

TEST_F(Observations, NumbersThatNoEnumHasAreUnknownValues) {
  v1::ObservationRow& row = AddCount("5");
  row.set_basis(static_cast<ObservationRecorded::Basis>(99));
  row.set_stage(static_cast<ObservationRecorded::Stage>(99));
  row.mutable_period()->set_kind(static_cast<types::v1::Period::Kind>(99));
  row.mutable_quantity()->set_precision(static_cast<types::v1::Precision>(99));
  row.add_caveats("haunted");
  EXPECT_THAT(FirstFindings(),
              ElementsAre("UNKNOWN_VALUE@basis", "UNKNOWN_VALUE@stage", "UNKNOWN_VALUE@period.kind",
                          "UNKNOWN_VALUE@quantity.precision", "UNKNOWN_VALUE@caveats[0]"));
}

TEST_F(Observations, EverythingThatIsMissingIsNamedAtOnce) {
  request_.mutable_head()->set_submission_id(std::string(32, 'a'));
  request_.add_rows();
  EXPECT_THAT(FirstFindings(),
              ElementsAre("MISSING_FIELD@row", "MISSING_FIELD@measure_id", "MISSING_FIELD@area",
                          "MISSING_FIELD@source", "MISSING_FIELD@basis", "MISSING_FIELD@period",
                          "MISSING_FIELD@value"));
}

TEST_F(Observations, AnActualFigureIsNotOfTheFuture) {
  v1::ObservationRow& row = AddCount("5");
  *row.mutable_period() = values::PeriodToProto(values::Month(2024, 5));
  EXPECT_THAT(FirstFindings(), ElementsAre("INVALID_FIELD@period"));
  request_.mutable_rows(0)->set_stage(ObservationRecorded::STAGE_PLANNED);
  EXPECT_THAT(FirstFindings(), IsEmpty());
}

TEST_F(Observations, AMessageHas1To500Rows) {
  EXPECT_THAT(Decide(), IsRefused(absl::StatusCode::kInvalidArgument, "MISSING_FIELD", "rows"));
  for (int i = 0; i < 501; ++i) AddCount("5");
  EXPECT_THAT(Decide(), IsRefused(absl::StatusCode::kInvalidArgument, "TOO_LARGE", "rows"));
}

TEST_F(Observations, AMeasureAndACategoryMayBeNamedByTheirLabels) {
  registers_.AddDimension("age", {"under-12", "13-17"}, true);
  events::v1::MeasureDefined defined;
  defined.set_measure_id("damage");
  defined.set_version(1);
  defined.set_label("Criminal damage & arson");
  defined.set_is_count(true);
  defined.add_dimension_ids("age");
  registers_.measures.Evolve(defined);
  v1::ObservationRow& row = AddCount("12");
  row.set_measure_id("CRIMINAL DAMAGE AND ARSON*");
  auto* category = row.add_dimensions();
  category->set_dimension_id("age");
  category->set_category_id("Under 12");
  const auto event = OnlyEvent<ObservationRecorded>(Decide());
  EXPECT_EQ(event.measure_id(), "damage");
  ASSERT_EQ(event.dimensions_size(), 1);
  EXPECT_EQ(event.dimensions(0).category_id(), "under-12");
  request_.mutable_rows(0)->mutable_dimensions(0)->set_category_id("Under 13");
  const auto result = ResultsOf(Decide()).results(0);
  ASSERT_EQ(result.findings_size(), 1);
  EXPECT_EQ(result.findings(0).reason(), "UNKNOWN_DIMENSION");
  EXPECT_THAT(result.findings(0).description(), HasSubstr("the nearest is \"\" (under-12)"));
}

TEST_F(Observations, TheLabelOfSeveralMeasuresIsNone) {
  for (const char* id : {"thefts-a", "thefts-b"}) {
    events::v1::MeasureDefined defined;
    defined.set_measure_id(id);
    defined.set_version(1);
    defined.set_label("All thefts");
    registers_.measures.Evolve(defined);
  }
  AddCount("12").set_measure_id("All thefts");
  const auto result = ResultsOf(Decide()).results(0);
  ASSERT_EQ(result.findings_size(), 1);
  EXPECT_EQ(result.findings(0).reason(), "UNKNOWN_MEASURE");
  EXPECT_EQ(result.findings(0).description(), "is the label of several measures");
  // A label that is one no longer.
  registers_.AddVersion("thefts-b", 2, "2024-01-01");
  events::v1::MeasureDefined renamed = registers_.measures.Find("thefts-b")->defined;
  renamed.set_version(3);
  renamed.set_label("Other thefts");
  registers_.measures.Evolve(renamed);
  EXPECT_EQ(OnlyEvent<ObservationRecorded>(Decide()).measure_id(), "thefts-a");
}

}  // namespace
}  // namespace daybook::measures
