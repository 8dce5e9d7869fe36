#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/incidents/domain/incident_commands.h"
#include "tests/unit/services/incidents/incident_session.h"

namespace daybook::incidents {
namespace {

TEST(AnIncident, ThatALaterFileVoidedCanBeSentAgainOnItsOwn) {
  IncidentSession session;
  session.SubmitOne(Burglary(0, "k1"));
  events::v1::IncidentVoided voided;
  voided.set_submission_id(kSubmission);
  session.ledger.Run([&](commands::StreamLoader& loader) -> absl::StatusOr<Outcome> {
    commands::Decision decision;
    const std::string stream = KeyedStream("north-police", "k1");
    EXPECT_TRUE(loader.Count(stream).ok());
    decision.events.push_back(commands::MakeDraft(stream, voided, {}));
    return Outcome(decision);
  });
  v1::IncidentRow other = Burglary(0, "k1");
  other.set_outcome("Offender given a caution");
  EXPECT_EQ(ReasonOf(session.SubmitOne(other)), "");
  EXPECT_EQ(session.ledger.size(), 3U);
}

TEST(SingleIncident, IsRecordedThenKnownThenRefusedWithOtherContent) {
  IncidentSession session;
  EXPECT_EQ(ReasonOf(session.SubmitOne(Burglary(0, "k1"))), "");
  EXPECT_EQ(session.ledger.size(), 1U);
  EXPECT_EQ(ReasonOf(session.SubmitOne(Burglary(0, "k1"))), "");
  EXPECT_EQ(session.ledger.size(), 1U);
  v1::IncidentRow other = Burglary(0, "k1");
  other.set_type("robbery");
  const Outcome outcome = session.SubmitOne(other);
  EXPECT_EQ(ReasonOf(outcome), "ALREADY_EXISTS");
  EXPECT_EQ(std::get<commands::Rejection>(outcome).code, absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(std::get<commands::Rejection>(outcome).problems.at(0).field, "incident.source_key");
}

TEST(SingleIncident, IsRefusedWithTheCodeOfItsReason) {
  IncidentSession session;
  v1::IncidentRow row = Burglary(0, "k1");
  row.set_force("South Police");
  Outcome outcome = session.SubmitOne(row);
  EXPECT_EQ(ReasonOf(outcome), "UNKNOWN_ORGANISATION");
  EXPECT_EQ(std::get<commands::Rejection>(outcome).code, absl::StatusCode::kNotFound);
  EXPECT_EQ(std::get<commands::Rejection>(outcome).metadata.at("nearest_id"), "north-police");
  row.set_type("Crime");
  outcome = session.SubmitOne(row);
  EXPECT_EQ(std::get<commands::Rejection>(outcome).code, absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(std::get<commands::Rejection>(outcome).problems.size(), 2U);
}

TEST(SingleIncident, WithoutAKeyIsANewOneWithEveryRequest) {
  IncidentSession session;
  session.SubmitOne(Nuisance(0));
  session.SubmitOne(Nuisance(0));
  EXPECT_EQ(session.ledger.size(), 2U);
}

}  // namespace
}  // namespace daybook::incidents
