#include "services/incidents/domain/incident_details.h"

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/incidents/domain/incident_row.h"
#include "tests/unit/services/incidents/incident_session.h"

namespace daybook::incidents {
namespace {

using ::testing::ElementsAre;

v1::IncidentRow Crime(const std::string& key) {
  v1::IncidentRow row = Burglary(1, key);
  row.clear_month();
  row.set_recorded("2018-11-02T09:15");
  row.set_happened_from("2018-10-31T23:30");
  row.set_happened_to("2018-11-01");
  row.set_sub_group("Burglary - residential");
  row.set_offence_code("28E");
  row.add_flags("Domestic");
  row.add_flags("alcohol");
  row.add_flags("domestic-abuse");
  return row;
}

v1::IncidentRow Fire() {
  v1::IncidentRow row;
  row.set_row(1);
  row.set_type("Deliberate primary fire");
  row.set_force("North Police");
  row.set_happened_from("2018-10-31");
  return row;
}

// The problems of a row of a dataset, as "field REASON".
std::vector<std::string> ProblemsOf(v1::IncidentRow row, const std::string& dataset = "incidents") {
  IncidentSession session;
  v1::SubmitIncidentsRequest request;
  request.set_dataset(dataset);
  request.mutable_head()->set_submission_id(kSubmission);
  *request.add_rows() = std::move(row);
  const auto read = session.Read(request);
  std::vector<std::string> problems;
  for (const auto& finding : std::get<commands::RowsRead>(read).results.results(0).findings()) {
    problems.push_back(finding.field() + " " + finding.reason());
  }
  return problems;
}

std::vector<std::string> After(const std::function<void(v1::IncidentRow&)>& change) {
  v1::IncidentRow row = Crime("k1");
  change(row);
  return ProblemsOf(std::move(row));
}

TEST(IncidentDetails, AreRecordedWithTheMonthOfRecordingAndTimesSealed) {
  v1::SubmitIncidentsRequest request;
  request.set_dataset("incidents");
  request.mutable_head()->set_submission_id(kSubmission);
  *request.add_rows() = Crime("k1");
  IncidentSession session;
  const auto read = std::get<commands::RowsRead>(session.Read(request));
  ASSERT_EQ(read.kept.size(), 1U);
  const ReadRow row = FromStaged(read.kept[0].staged);
  EXPECT_EQ(row.incident.month(), "2018-11");
  EXPECT_EQ(row.incident.sub_group(), "residential-burglary");
  EXPECT_EQ(row.incident.offence_code(), "28E");
  EXPECT_THAT(row.incident.flags(), ElementsAre("alcohol", "domestic-abuse"));
  EXPECT_EQ(row.sealed_place.happened_from(), "2018-10-31T23:30");
  EXPECT_EQ(row.sealed_place.happened_to(), "2018-11-01");
  EXPECT_EQ(row.sealed_place.recorded(), "2018-11-02T09:15");
}

TEST(IncidentDetails, EachIsAChangeOfContent) {
  events::v1::IncidentRecorded plain;
  const std::function<void(events::v1::IncidentRecorded&)> changes[] = {
      [](auto& fact) { fact.set_sub_group("arson"); },
      [](auto& fact) { fact.set_offence_code("arson"); },
      [](auto& fact) { fact.set_withdrawal("arson"); },
      [](auto& fact) { fact.add_flags("arson"); }};
  std::vector<std::string> hashes = {commands::ToHex(ContentOf(plain))};
  for (const auto& change : changes) {
    events::v1::IncidentRecorded fact = plain;
    change(fact);
    const std::string hash = commands::ToHex(ContentOf(fact));
    EXPECT_EQ(std::ranges::count(hashes, hash), 0);
    hashes.push_back(hash);
  }
}

TEST(IncidentDetails, ThatContradictEachOtherAreRefused) {
  EXPECT_THAT(After([](auto&) {}), ElementsAre());
  EXPECT_THAT(After([](auto& row) { row.set_happened_to("2018-10-30"); }),
              ElementsAre("happened_to INVALID_FIELD"));
  EXPECT_THAT(After([](auto& row) { row.set_recorded("2018-10-31T23:29"); }),
              ElementsAre("recorded INVALID_FIELD"));
  EXPECT_THAT(After([](auto& row) { row.set_recorded("2018-10-31"); }), ElementsAre());
  EXPECT_THAT(After([](auto& row) { row.clear_happened_from(); }),
              ElementsAre("happened_to INVALID_FIELD"));
  EXPECT_THAT(After([](auto& row) { row.set_happened_from("2018-11-30"); }),
              ElementsAre("happened_from INVALID_FIELD"));
  EXPECT_THAT(After([](auto& row) { row.set_recorded("2018-11-02 09:15"); }),
              ElementsAre("recorded INVALID_FIELD"));
  EXPECT_THAT(After([](auto& row) { row.set_month("2018-09"); }),
              ElementsAre("month INVALID_FIELD"));
  EXPECT_THAT(After([](auto& row) { row.set_month("1018-10"); }),
              ElementsAre("month INVALID_FIELD"));
  EXPECT_THAT(After([](auto& row) { row.set_happened_from("1018-10-31"); }),
              ElementsAre("happened_from INVALID_FIELD"));
  EXPECT_THAT(After([](auto& row) { row.set_month("2018-12"); }),
              ElementsAre("month INVALID_FIELD"));
  EXPECT_THAT(After([](auto& row) { row.set_sub_group("Arson"); }),
              ElementsAre("sub_group INVALID_FIELD"));
  EXPECT_THAT(After([](auto& row) { row.set_sub_group("Arsen"); }),
              ElementsAre("sub_group UNKNOWN_VALUE"));
  EXPECT_THAT(After([](auto& row) { row.set_offence_code("a name of somebody"); }),
              ElementsAre("offence_code INVALID_FIELD"));
  EXPECT_THAT(After([](auto& row) { row.add_flags("drunk"); }), ElementsAre("flags UNKNOWN_VALUE"));
  EXPECT_THAT(After([](auto& row) { row.set_withdrawal("lost"); }),
              ElementsAre("withdrawal UNKNOWN_VALUE"));
  EXPECT_THAT(After([](auto& row) { row.set_outward_postcode("CO1"); }),
              ElementsAre("outward_postcode INVALID_FIELD"));
}

TEST(IncidentDetails, OfPublishedRecordsThereAreNone) {
  EXPECT_THAT(ProblemsOf(Crime(std::string(64, 'a')), "police-uk-street"),
              ElementsAre("happened_from INVALID_FIELD", "happened_to INVALID_FIELD",
                          "recorded INVALID_FIELD", "sub_group INVALID_FIELD",
                          "offence_code INVALID_FIELD", "flags INVALID_FIELD"));
}

TEST(IncidentDetails, ASubGroupSaysTheTypeWhereNoneIsGiven) {
  EXPECT_THAT(After([](auto& row) { row.clear_type(); }), ElementsAre());
  EXPECT_THAT(After([](auto& row) {
                row.clear_type();
                row.clear_sub_group();
              }),
              ElementsAre("type MISSING_FIELD"));
}

TEST(IncidentDetails, ATypeIsAskedAboutInAMonthBeforeItBeganAndRefusedAfterItsEnd) {
  v1::IncidentRow row = Burglary(1, "k1");
  row.set_type("Public order");
  row.clear_month();
  row.set_recorded("2013-04-30");
  EXPECT_THAT(ProblemsOf(row), ElementsAre("type UNKNOWN_VALUE"))
      << "of the month that the day of recording says";
  row.clear_recorded();
  row.set_month("2013-05");
  EXPECT_THAT(ProblemsOf(row), ElementsAre());
  row.set_type("Public disorder and weapons");
  EXPECT_THAT(ProblemsOf(row), ElementsAre("type UNKNOWN_VALUE"));
}

TEST(IncidentDetails, AWithdrawnRecordNeedsItsKey) {
  v1::IncidentRow row = Crime("");
  row.set_withdrawal("cancelled");
  EXPECT_THAT(ProblemsOf(row), ElementsAre("withdrawal INVALID_FIELD"));
}

TEST(PrescribedRows, HaveADayAndNoKeyAndNothingElseThatMayNameSomebody) {
  EXPECT_THAT(ProblemsOf(Fire(), "prescribed-fire"), ElementsAre());
  v1::IncidentRow row = Fire();
  row.clear_happened_from();
  EXPECT_THAT(ProblemsOf(row, "prescribed-fire"),
              ElementsAre("happened_from MISSING_FIELD", "month MISSING_FIELD"));
  row = Fire();
  row.set_source_key("k1");
  row.add_flags("alcohol");
  EXPECT_THAT(ProblemsOf(row, "prescribed-fire"),
              ElementsAre("source_key INVALID_FIELD", "flags INVALID_FIELD"));
  EXPECT_THAT(ProblemsOf(Fire(), "prescribed-asb"), ElementsAre("type UNKNOWN_VALUE"));
}

TEST(PrescribedRows, OfHealthHaveAnOutwardPostcodeAndNothingNearer) {
  v1::IncidentRow row = Fire();
  row.set_type("admission-assault");
  EXPECT_THAT(ProblemsOf(row, "prescribed-hospital"),
              ElementsAre("outward_postcode MISSING_FIELD"));
  for (const char* outward : {"CO1", "co15", "E1", "EC1A", "W1", "SW1A"}) {
    row.set_outward_postcode(outward);
    EXPECT_THAT(ProblemsOf(row, "prescribed-hospital"), ElementsAre()) << outward;
  }
  for (const char* other : {"CO1 1AA", "CO11AA", "CO", "1", "COX1", "CO1-", "CO1\xc2\xa0"}) {
    row.set_outward_postcode(other);
    EXPECT_THAT(ProblemsOf(row, "prescribed-hospital"),
                ElementsAre("outward_postcode INVALID_FIELD"))
        << other;
  }
  row.set_outward_postcode("CO1");
  row.set_location("High Street");
  EXPECT_THAT(ProblemsOf(row, "prescribed-hospital"), ElementsAre("location INVALID_FIELD"));
}

}  // namespace
}  // namespace daybook::incidents
