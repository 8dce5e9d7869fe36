#include "services/incidents/domain/incident_row.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/services/incidents/incident_session.h"

namespace daybook::incidents {
namespace {

TEST(IncidentStreams, OfAKeyAndOfACopyAreNeverTheSame) {
  EXPECT_EQ(KeyedStream("north-police", "k1"), "incident-north-police/k1");
  EXPECT_EQ(KeyedStream("north-police", "k1", "police-uk-api"), "incidentapi-north-police/k1");
  EXPECT_EQ(AlikeIncidentStream("00ff", 7), "incident-alike-00ff-7");
  EXPECT_NE(KeyedStream("north", "police/k1"), KeyedStream("north-police", "k1"));
}

TEST(IncidentRows, OfASubmissionAreReadAndKeptAndNothingIsDecided) {
  v1::SubmitIncidentsRequest request;
  request.set_dataset("incidents");
  request.mutable_head()->set_submission_id(kSubmission);
  *request.add_rows() = Burglary(1, "k1");
  *request.add_rows() = Burglary(1, "k2");
  *request.add_rows() = Burglary(0, "k3");
  IncidentSession session;
  const auto read = session.Read(request);
  ASSERT_TRUE(std::holds_alternative<commands::RowsRead>(read));
  const auto& rows = std::get<commands::RowsRead>(read);
  ASSERT_EQ(rows.kept.size(), 1U) << "a number that stands twice, or nowhere, finds no row again";
  EXPECT_EQ(rows.kept[0].number, 1U);
  EXPECT_EQ(rows.kept[0].stream, "incident-north-police/k1");
  EXPECT_EQ(rows.results.results(0).outcome(), types::v1::RowResult::OUTCOME_STAGED);
  EXPECT_EQ(rows.results.results(1).findings(0).field(), "row");
  EXPECT_EQ(rows.results.results(2).findings(0).reason(), "MISSING_FIELD");
  EXPECT_EQ(session.ledger.size(), 0U);
}

TEST(IncidentRows, GoThroughTheStageUnchanged) {
  for (const char* dataset : {"incidents", "police-uk-street"}) {
    ReadRow row;
    row.incident.set_dataset(dataset);
    row.incident.set_month("2018-10");
    events::v1::Place place;
    place.set_location("High Street");
    if (IsPublished(dataset)) {
      *row.incident.mutable_published_place() = place;
    } else {
      row.sealed_place = place;
    }
    const ReadRow back = FromStaged(ToStaged(row));
    EXPECT_EQ(back.incident.SerializeAsString(), row.incident.SerializeAsString());
    EXPECT_EQ(back.sealed_place.SerializeAsString(), row.sealed_place.SerializeAsString());
  }
}

}  // namespace
}  // namespace daybook::incidents
