#include <gtest/gtest.h>

#include <string>

#include "services/measures/domain/measure_commands.h"
#include "tests/unit/services/outcomes.h"

namespace daybook::measures {
namespace {

using absl::StatusCode;
using daybook::testing::Apply;
using daybook::testing::ChangesNothing;
using daybook::testing::DraftsOf;
using daybook::testing::FieldsOf;
using daybook::testing::IsRefused;
using daybook::testing::OnlyEvent;
using events::v1::MeasureDefined;

v1::DefineMeasureRequest Robbery() {
  v1::DefineMeasureRequest request;
  request.set_measure_id("robbery");
  request.set_label("Robbery");
  request.set_subject(MeasureDefined::SUBJECT_INCIDENTS);
  request.set_unit("offences");
  request.set_is_count(true);
  request.set_incident_type("robbery");
  return request;
}

v1::DeclareBreakRequest Break(const std::string& measure_id, const std::string& date,
                              const std::string& cause = "definition") {
  v1::DeclareBreakRequest request;
  request.set_measure_id(measure_id);
  request.set_date(date);
  request.set_cause(cause);
  return request;
}

class Definitions : public ::testing::Test {
 protected:
  Definitions() { Apply(Decide(measures_, Robbery()), measures_); }
  MeasureRegister measures_;
};

TEST_F(Definitions, AMeasureBeginsWithVersion1) {
  auto request = Robbery();
  request.set_measure_id("arson");
  EXPECT_EQ(OnlyEvent<MeasureDefined>(Decide(measures_, request)).version(), 1U);
}

TEST_F(Definitions, TheSameContentAgainChangesNothing) {
  EXPECT_THAT(Decide(measures_, Robbery()), ChangesNothing());
}

TEST_F(Definitions, OtherContentAlreadyExists) {
  auto request = Robbery();
  request.set_unit("incidents");
  EXPECT_THAT(Decide(measures_, request),
              IsRefused(StatusCode::kAlreadyExists, "ALREADY_EXISTS", "measure_id"));
}

TEST_F(Definitions, AnIncidentTypeIsStoredByItsCode) {
  auto request = Robbery();
  request.set_measure_id("violence");
  request.set_incident_type("Violence and sexual offences");
  EXPECT_EQ(OnlyEvent<MeasureDefined>(Decide(measures_, request)).incident_type(), "violent-crime");
}

TEST_F(Definitions, EveryFaultyFieldIsNamedAtOnce) {
  EXPECT_THAT(FieldsOf(Decide(measures_, v1::DefineMeasureRequest())),
              ::testing::ElementsAre("measure_id", "label", "subject", "unit"));
}

TEST_F(Definitions, SubjectAndIncidentTypeAreRegisteredValues) {
  auto request = Robbery();
  request.set_subject(static_cast<MeasureDefined::Subject>(99));
  request.clear_incident_type();
  EXPECT_THAT(Decide(measures_, request),
              IsRefused(StatusCode::kInvalidArgument, "UNKNOWN_VALUE", "subject"));
  request = Robbery();
  request.set_incident_type("witchcraft");
  EXPECT_THAT(Decide(measures_, request),
              IsRefused(StatusCode::kInvalidArgument, "UNKNOWN_VALUE", "incident_type"));
}

TEST_F(Definitions, AMeasureOfReferralsNamesItsService) {
  auto request = Robbery();
  request.set_subject(MeasureDefined::SUBJECT_REFERRALS);
  request.clear_incident_type();
  EXPECT_THAT(Decide(measures_, request),
              IsRefused(StatusCode::kInvalidArgument, "MISSING_FIELD", "service_id"));
}

TEST_F(Definitions, AnIncidentTypeBelongsToAMeasureOfIncidents) {
  auto request = Robbery();
  request.set_subject(MeasureDefined::SUBJECT_OTHER);
  EXPECT_THAT(Decide(measures_, request),
              IsRefused(StatusCode::kInvalidArgument, "INVALID_FIELD", "incident_type"));
}

TEST_F(Definitions, ABreakIsDeclaredOnceAndHoldsFromItsDay) {
  const auto outcome = Decide(measures_, Break("robbery", "2022-02-01"));
  const auto drafts = DraftsOf(outcome);
  ASSERT_EQ(drafts.size(), 1U);
  EXPECT_EQ(drafts[0].effective.end.days - drafts[0].effective.start.days, 1);
  Apply(outcome, measures_);
  EXPECT_THAT(Decide(measures_, Break("robbery", "2022-02-01")), ChangesNothing());
  EXPECT_EQ(DraftsOf(Decide(measures_, Break("robbery", "2022-02-01", "recording"))).size(), 1U);
}

TEST_F(Definitions, ABreakNeedsAMeasureADayAndACause) {
  EXPECT_THAT(Decide(measures_, Break("robery", "2022-02-01")),
              IsRefused(StatusCode::kNotFound, "UNKNOWN_MEASURE", "measure_id"));
  EXPECT_THAT(Decide(measures_, Break("robbery", "2022-13-01")),
              IsRefused(StatusCode::kInvalidArgument, "INVALID_FIELD", "date"));
  EXPECT_THAT(Decide(measures_, Break("robbery", "2022-02-01", "mood")),
              IsRefused(StatusCode::kInvalidArgument, "UNKNOWN_VALUE", "cause"));
}

TEST_F(Definitions, AChangedMeaningIsTheNextVersionWithItsBreak) {
  auto request = Robbery();
  request.set_label("Robbery, with attempts");
  request.set_change_from("2023-04-01");
  request.set_change_cause("definition");
  const auto outcome = Decide(measures_, request);
  const auto drafts = DraftsOf(outcome);
  ASSERT_EQ(drafts.size(), 2U);
  MeasureDefined next;
  ASSERT_TRUE(next.ParseFromString(drafts[0].payload));
  EXPECT_EQ(next.version(), 2U);
  EXPECT_EQ(next.from_date(), "2023-04-01");
  EXPECT_EQ(drafts[1].type, "measures.SeriesBreakDeclared");
  Apply(outcome, measures_);
  EXPECT_EQ(measures_.Find("robbery")->VersionAt("2023-03-31"), 1U);
  EXPECT_EQ(measures_.Find("robbery")->VersionAt("2023-04-01"), 2U);
  EXPECT_THAT(Decide(measures_, request), ChangesNothing());
  EXPECT_THAT(Decide(measures_, Robbery()), ChangesNothing()) << "the file from its beginning";
}

TEST_F(Definitions, OtherWordsBreakNoSeries) {
  auto request = Robbery();
  request.set_label("Robberies");
  request.set_change_from("2023-04-01");
  request.set_change_cause("wording");
  EXPECT_EQ(DraftsOf(Decide(measures_, request)).size(), 1U);
}

TEST_F(Definitions, AChangeSaysFromWhenOnAndWhy) {
  auto request = Robbery();
  request.set_label("Robberies");
  request.set_change_from("2023-04-01");
  EXPECT_THAT(Decide(measures_, request),
              IsRefused(StatusCode::kInvalidArgument, "MISSING_FIELD", "change_cause"));
  request.set_change_cause("wording");
  Apply(Decide(measures_, request), measures_);
  request.set_label("Robberies again");
  EXPECT_THAT(Decide(measures_, request),
              IsRefused(StatusCode::kInvalidArgument, "INVALID_FIELD", "change_from"));
  request.set_change_from("2023-05-01");
  request.set_subject(MeasureDefined::SUBJECT_OTHER);
  request.clear_incident_type();
  EXPECT_THAT(Decide(measures_, request),
              IsRefused(StatusCode::kInvalidArgument, "INVALID_FIELD", "subject"));
}

TEST_F(Definitions, AMeasureIsBrokenDownByDefinedDimensions) {
  auto request = Robbery();
  request.set_measure_id("arson");
  request.add_dimension_ids("sex");
  EXPECT_THAT(Decide(measures_, request),
              IsRefused(StatusCode::kInvalidArgument, "UNKNOWN_DIMENSION", "dimension_ids[0]"));
}

TEST_F(Definitions, ASuspectedBreakMayBeConfirmedAndItsSpanNarrowed) {
  auto request = Break("robbery", "2022-02-01");
  request.set_latest_date("2022-04-01");
  request.set_suspected(true);
  Apply(Decide(measures_, request), measures_);
  EXPECT_THAT(Decide(measures_, request), ChangesNothing());
  request.set_suspected(false);
  EXPECT_EQ(DraftsOf(Decide(measures_, request)).size(), 1U);
  request.set_latest_date("2022-01-01");
  EXPECT_THAT(Decide(measures_, request),
              IsRefused(StatusCode::kInvalidArgument, "INVALID_FIELD", "latest_date"));
}

}  // namespace
}  // namespace daybook::measures
