#include "services/referrals/domain/referral_commands.h"

#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "eventstore/core/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/values/civil.h"
#include "services/referrals/domain/referral_row.h"
#include "services/referrals/domain/referral_state.h"
#include "tests/unit/services/session_ledger.h"

namespace daybook::referrals {
namespace {

using commands::Outcome;
using commands::ReasonOf;
using commands::Summary;
using ::testing::ElementsAre;

partners::AreaRegister Areas() {
  partners::AreaRegister areas;
  partners::events::v1::AreaRegistered event;
  const auto add = [&](const char* id, const char* name, const char* kind) {
    event.set_area_id(id);
    event.set_name(name);
    event.set_kind(kind);
    areas.Evolve(event);
  };
  add("vale", "Vale", "district");
  add("hill", "Hill", "district");
  add("dale-county", "Dale", "county");
  add("dale-force", "Dale", "force");
  return areas;
}

v1::ReferralRow Referral(std::uint32_t number, const std::string& id) {
  v1::ReferralRow row;
  row.set_row(number);
  row.set_referral_id(id);
  row.set_service_id("safe-haven");
  row.set_received("2023-04-17");
  row.set_area("Vale");
  row.set_subject_ref("subject-1");
  row.set_age("25-34");
  row.set_need("housing");
  return row;
}

std::string OpaqueId(const std::string& id) {
  return daybook::testing::PlainParts::IdOf(ReferralIdSpace("safe-haven-trust"), id);
}

class ReferralSession {
 public:
  Outcome Submit(std::vector<v1::ReferralRow> rows) {
    v1::SubmitReferralsRequest request;
    for (v1::ReferralRow& row : rows) *request.add_rows() = std::move(row);
    return ledger.Run([&](commands::StreamLoader& loader) {
      return DecideReferrals(loader, circumstances, request);
    });
  }

  Outcome SubmitOne(v1::ReferralRow row) {
    v1::SubmitReferralRequest request;
    *request.mutable_referral() = std::move(row);
    return ledger.Run([&](commands::StreamLoader& loader) {
      return DecideReferral(loader, circumstances, request);
    });
  }

  Outcome Change(const std::string& id, const std::string& status, const std::string& month) {
    v1::ChangeReferralStatusRequest request;
    request.set_referral_id(id);
    request.set_status(status);
    request.set_month(month);
    return ledger.Run([&](commands::StreamLoader& loader) {
      return DecideStatusChange(loader, circumstances, request);
    });
  }

  commands::SessionLedger ledger;
  partners::AreaRegister areas = Areas();
  measures::MeasureRegister measures;
  partners::OrganisationRegister organisations;
  Circumstances circumstances{.agency = "safe-haven-trust",
                              .today = *values::ParseDay("2023-09-18"),
                              .areas = areas,
                              .services = {measures, organisations},
                              .parts = ledger.parts,
                              .ids = ledger.parts};
};

TEST(SubmitReferral, LeavesInClearOnlyServiceMonthDistrictAndStatus) {
  ReferralSession session;
  v1::ReferralRow row = Referral(1, "R-17");
  row.set_sex("F");
  row.set_referred_by("planted surgery");
  row.set_place("planted street");
  row.set_note("planted note");
  EXPECT_EQ(ReasonOf(session.SubmitOne(row)), "");
  const commands::DraftEvent& draft = session.ledger.drafts().at(0);
  events::v1::ReferralReceived clear;
  ASSERT_TRUE(clear.ParseFromString(draft.payload));
  EXPECT_EQ(clear.service_id(), "safe-haven");
  EXPECT_EQ(clear.month(), "2023-04");
  EXPECT_EQ(clear.area_id(), "vale");
  EXPECT_EQ(clear.status(), "received");
  for (const char* sealed : {"planted", "2023-04-17", "25-34", "housing", "subject-1", "R-17"}) {
    EXPECT_EQ(draft.payload.find(sealed), std::string::npos) << sealed;
    EXPECT_EQ(draft.stream.find(sealed), std::string::npos) << sealed;
  }
  EXPECT_EQ(values::FormatDay(draft.effective.start), "2023-04-01");
  EXPECT_EQ(values::FormatDay(draft.effective.end), "2023-05-01");
}

TEST(SubmitReferral, SealsThePersonUnderTheSubjectAndTheNoteUnderAKeyOfItsOwn) {
  ReferralSession session;
  v1::ReferralRow row = Referral(1, "R-17");
  row.set_note("a note");
  session.SubmitOne(row);
  const commands::DraftEvent& draft = session.ledger.drafts().at(0);
  ASSERT_EQ(draft.parts.size(), 2U);
  EXPECT_EQ(draft.parts[0].name, "person");
  EXPECT_EQ(draft.parts[0].subject_ref, "subject-1");
  events::v1::Person person;
  ASSERT_TRUE(person.ParseFromString(draft.parts[0].plaintext));
  EXPECT_EQ(person.received_date(), "2023-04-17");
  EXPECT_EQ(person.age(), "25-34");
  EXPECT_EQ(draft.parts[1].name, "note");
  EXPECT_EQ(draft.parts[1].subject_ref, "");
  EXPECT_EQ(draft.retention_dataset, "referrals");
}

TEST(SubmitReferral, NeedsNothingAboutThePerson) {
  ReferralSession session;
  v1::ReferralRow row;
  row.set_referral_id("R-17");
  row.set_service_id("safe-haven");
  row.set_received("2023-04");
  EXPECT_EQ(ReasonOf(session.SubmitOne(row)), "");
  const auto& parts = session.ledger.drafts().at(0).parts;
  ASSERT_EQ(parts.size(), 1U) << "its id";
  EXPECT_EQ(parts[0].subject_ref, "");
}

TEST(SubmitReferral, SealsAnExactDayEvenWithoutASubject) {
  ReferralSession session;
  v1::ReferralRow row;
  row.set_referral_id("R-17");
  row.set_service_id("safe-haven");
  row.set_received("2023-04-17");
  EXPECT_EQ(ReasonOf(session.SubmitOne(row)), "");
  ASSERT_EQ(session.ledger.drafts().at(0).parts.size(), 1U);
  EXPECT_EQ(session.ledger.drafts().at(0).parts[0].name, "person");
}

struct FaultCase {
  const char* name;
  void (*change)(v1::ReferralRow&);
  const char* finding;  // "" = recorded
};

const FaultCase kFaultCases[] = {
    {"as it is", [](auto&) {}, ""},
    {"by area id", [](auto& r) { r.set_area("hill"); }, ""},
    {"without area", [](auto& r) { r.clear_area(); }, ""},
    {"accepted already", [](auto& r) { r.set_status("accepted"); }, ""},
    {"of the current month", [](auto& r) { r.set_received("2023-09"); }, ""},
    {"of today", [](auto& r) { r.set_received("2023-09-18"); }, ""},
    {"without id", [](auto& r) { r.clear_referral_id(); }, "referral_id MISSING_FIELD"},
    {"with a space in its id", [](auto& r) { r.set_referral_id("R 17"); },
     "referral_id INVALID_FIELD"},
    {"with a name for an id", [](auto& r) { r.set_referral_id("SMITH-JANE-1987"); },
     "referral_id INVALID_FIELD"},
    {"about somebody by telephone", [](auto& r) { r.set_subject_ref("07700 900123"); },
     "subject_ref INVALID_FIELD"},
    {"with a long id", [](auto& r) { r.set_referral_id(std::string(65, 'R')); },
     "referral_id INVALID_FIELD"},
    {"without service", [](auto& r) { r.clear_service_id(); }, "service_id MISSING_FIELD"},
    {"with a service in words", [](auto& r) { r.set_service_id("Safe Haven"); },
     "service_id INVALID_FIELD"},
    {"without day", [](auto& r) { r.clear_received(); }, "received MISSING_FIELD"},
    {"with a day that is none", [](auto& r) { r.set_received("2023-02-29"); },
     "received INVALID_FIELD"},
    {"with a month that is none", [](auto& r) { r.set_received("2023-13"); },
     "received INVALID_FIELD"},
    {"of tomorrow", [](auto& r) { r.set_received("2023-09-19"); }, "received INVALID_FIELD"},
    {"of next month", [](auto& r) { r.set_received("2023-10"); }, "received INVALID_FIELD"},
    {"of an unknown area", [](auto& r) { r.set_area("Vael"); }, "area UNKNOWN_AREA"},
    {"of an area that is two", [](auto& r) { r.set_area("Dale"); }, "area UNKNOWN_AREA"},
    {"with an unknown status", [](auto& r) { r.set_status("lost"); }, "status UNKNOWN_VALUE"},
    {"about nobody", [](auto& r) { r.clear_subject_ref(); }, "subject_ref MISSING_FIELD"},
    {"with a long note", [](auto& r) { r.set_note(std::string((16U << 10) + 1, 'x')); },
     "note TOO_LARGE"},
    {"with a long need", [](auto& r) { r.set_need(std::string(201, 'x')); }, "need TOO_LARGE"},
};

TEST(ReferralRows, AreRefusedWithFieldReasonAndRemedy) {
  for (const FaultCase& c : kFaultCases) {
    ReferralSession session;
    v1::ReferralRow row = Referral(1, "R-17");
    c.change(row);
    const Outcome outcome = session.Submit({row});
    const std::string expected =
        *c.finding == '\0' ? "recorded" : std::string("refused: ") + c.finding;
    EXPECT_THAT(Summary(outcome), ElementsAre(expected)) << c.name;
    const types::v1::RowResults results = commands::ResultsOf(outcome);
    for (const auto& finding : results.results(0).findings()) {
      EXPECT_FALSE(finding.remedy().empty()) << c.name;
    }
  }
}

TEST(ReferralRows, AreRecordedOnceAndRefusedWithOtherContent) {
  ReferralSession session;
  EXPECT_THAT(Summary(session.Submit({Referral(1, "R-1"), Referral(2, "R-2")})),
              ElementsAre("recorded", "recorded"));
  v1::ReferralRow sealed_differs = Referral(1, "R-1");
  sealed_differs.set_need("something else");
  v1::ReferralRow clear_differs = Referral(2, "R-2");
  clear_differs.set_area("hill");
  EXPECT_THAT(
      Summary(session.Submit({sealed_differs, clear_differs})),
      ElementsAre("refused: referral_id ALREADY_EXISTS", "refused: referral_id ALREADY_EXISTS"));
  EXPECT_THAT(Summary(session.Submit({Referral(1, "R-1"), Referral(2, "R-2")})),
              ElementsAre("unchanged", "unchanged"));
  EXPECT_EQ(session.ledger.size(), 2U);
}

TEST(ReferralRows, SeeTheRowsBeforeThemInTheirMessage) {
  ReferralSession session;
  v1::ReferralRow other = Referral(3, "R-1");
  other.set_received("2023-05");
  EXPECT_THAT(Summary(session.Submit({Referral(1, "R-1"), Referral(2, "R-1"), other})),
              ElementsAre("recorded", "unchanged", "refused: referral_id ALREADY_EXISTS"));
  EXPECT_EQ(ReasonOf(session.Submit({})), "MISSING_FIELD");
}

TEST(ReferralRows, OfASubmissionAreReadAndKeptAndNothingIsDecided) {
  ReferralSession session;
  v1::SubmitReferralsRequest request;
  request.mutable_head()->set_submission_id("0123456789abcdef0123456789abcdef");
  *request.add_rows() = Referral(1, "R-1");
  *request.add_rows() = Referral(1, "R-2");
  *request.add_rows() = Referral(0, "R-3");
  const auto said = ReadReferrals(session.circumstances, request);
  ASSERT_TRUE(said.ok()) << said.status();
  const auto& read = *said;
  ASSERT_TRUE(std::holds_alternative<commands::RowsRead>(read));
  const auto& rows = std::get<commands::RowsRead>(read);
  ASSERT_EQ(rows.kept.size(), 1U);
  EXPECT_EQ(rows.results.results(0).outcome(), types::v1::RowResult::OUTCOME_STAGED);
  EXPECT_EQ(rows.results.results(1).findings(0).reason(), "INVALID_FIELD");
  EXPECT_EQ(rows.results.results(2).findings(0).reason(), "MISSING_FIELD");
  const ReadRow row = FromStaged(rows.kept[0].staged);
  EXPECT_EQ(row.referral.referral_id(), OpaqueId("R-1"));
  EXPECT_EQ(row.person.referral_id(), "R-1");
  EXPECT_EQ(row.referral.submission_id(), request.head().submission_id());
  EXPECT_EQ(row.person.subject_ref(), "subject-1");
  EXPECT_EQ(session.ledger.size(), 0U);
}

TEST(ReferralRows, OfTwoAgenciesMayHaveTheSameId) {
  EXPECT_NE(ReferralIdSpace("trust-a"), ReferralIdSpace("trust"));
  EXPECT_EQ(ReferralStream("trust", "0a1b"), "referral-trust/0a1b");
}

TEST(SubmitReferral, IsRefusedWithTheCodeOfItsReason) {
  ReferralSession session;
  v1::ReferralRow row = Referral(1, "R-1");
  row.set_area("Vael");
  Outcome outcome = session.SubmitOne(row);
  EXPECT_EQ(ReasonOf(outcome), "UNKNOWN_AREA");
  EXPECT_EQ(std::get<commands::Rejection>(outcome).code, absl::StatusCode::kNotFound);
  EXPECT_EQ(std::get<commands::Rejection>(outcome).metadata.at("nearest_id"), "vale");
  session.SubmitOne(Referral(1, "R-1"));
  EXPECT_EQ(ReasonOf(session.SubmitOne(Referral(1, "R-1"))), "");
  EXPECT_EQ(session.ledger.size(), 1U);
  row = Referral(1, "R-1");
  row.set_service_id("other-service");
  outcome = session.SubmitOne(row);
  EXPECT_EQ(ReasonOf(outcome), "ALREADY_EXISTS");
  EXPECT_EQ(std::get<commands::Rejection>(outcome).code, absl::StatusCode::kAlreadyExists);
}

struct StepCase {
  const char* from;
  const char* to;
  const char* reason;
};

TEST(ChangeReferralStatus, FollowsTheSteps) {
  const StepCase cases[] = {
      {"received", "accepted", ""},
      {"received", "declined", ""},
      {"received", "closed", ""},
      {"accepted", "declined", ""},
      {"accepted", "closed", ""},
      {"accepted", "accepted", "WRONG_STATE"},
      {"declined", "accepted", "WRONG_STATE"},
      {"declined", "closed", "WRONG_STATE"},
      {"closed", "accepted", "WRONG_STATE"},
      {"closed", "declined", "WRONG_STATE"},
      {"received", "received", "UNKNOWN_VALUE"},
  };
  for (const StepCase& c : cases) {
    ReferralSession session;
    v1::ReferralRow row = Referral(1, "R-1");
    row.set_status(c.from);
    session.SubmitOne(row);
    EXPECT_EQ(ReasonOf(session.Change("R-1", c.to, "2023-06")), c.reason) << c.from << c.to;
  }
}

TEST(ChangeReferralStatus, TheSameStepAgainChangesNothing) {
  ReferralSession session;
  session.SubmitOne(Referral(1, "R-1"));
  EXPECT_EQ(ReasonOf(session.Change("R-1", "closed", "2023-06")), "");
  EXPECT_EQ(ReasonOf(session.Change("R-1", "closed", "2023-06")), "");
  EXPECT_EQ(session.ledger.size(), 2U);
  EXPECT_EQ(ReasonOf(session.Change("R-1", "closed", "2023-07")), "WRONG_STATE");
}

TEST(ChangeReferralStatus, NeedsAKnownReferralAndAMonthThatFollows) {
  ReferralSession session;
  EXPECT_EQ(ReasonOf(session.Change("R-1", "closed", "2023-06")), "UNKNOWN_REFERRAL");
  session.SubmitOne(Referral(1, "R-1"));
  EXPECT_EQ(ReasonOf(session.Change("R-1", "closed", "2023-03")), "INVALID_FIELD");
  EXPECT_EQ(ReasonOf(session.Change("R-1", "closed", "2023-10")), "INVALID_FIELD");
  EXPECT_EQ(ReasonOf(session.Change("R-1", "closed", "June")), "INVALID_FIELD");
  EXPECT_EQ(ReasonOf(session.Change("R-1", "closed", "")), "MISSING_FIELD");
  EXPECT_EQ(ReasonOf(session.Change("", "closed", "2023-06")), "MISSING_FIELD");
  EXPECT_EQ(ReasonOf(session.Change("R-1", "lost", "2023-06")), "UNKNOWN_VALUE");
  EXPECT_EQ(ReasonOf(session.Change("R-1", "closed", "2023-04")), "");
}

TEST(ReferralProperties, RandomStepsGiveWhatASimpleModelExpects) {
  const std::uint32_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  ReferralSession session;
  std::map<std::string, std::pair<std::string, int>> model;  // id -> status, month of 2023
  const char* const statuses[] = {"accepted", "declined", "closed"};
  for (int step = 0; step < 500; ++step) {
    const std::string id = "R-" + std::to_string(random() % 20);
    if (random() % 3 == 0) {
      EXPECT_EQ(ReasonOf(session.SubmitOne(Referral(1, id))), "");
      model.try_emplace(id, "received", 4);
      continue;
    }
    const std::string to = statuses[random() % 3];
    const int month = 4 + static_cast<int>(random() % 5);
    const auto it = model.find(id);
    std::string expected;
    if (it == model.end()) {
      expected = "UNKNOWN_REFERRAL";
    } else if (it->second != std::make_pair(to, month)) {
      const std::string& from = it->second.first;
      if (from == "declined" || from == "closed" || from == to) {
        expected = "WRONG_STATE";
      } else if (month < it->second.second) {
        expected = "INVALID_FIELD";
      }
    }
    EXPECT_EQ(ReasonOf(session.Change(id, to, "2023-0" + std::to_string(month))), expected);
    if (expected.empty()) it->second = {to, month};
  }
  for (const auto& [id, expected] : model) {
    ReferralState state;
    commands::StreamLoader loader(session.ledger.store());
    ASSERT_TRUE(
        loader
            .Fold(ReferralStream("safe-haven-trust", OpaqueId(id)),
                  [&](const auto& event, const auto& recorded) { Evolve(state, event, recorded); })
            .ok());
    EXPECT_EQ(state.status(), expected.first) << id;
    EXPECT_EQ(state.status_month(), "2023-0" + std::to_string(expected.second)) << id;
  }
}

TEST(SubmitReferral, KnownWithOtherSealedContentIsRefused) {
  ReferralSession session;
  v1::ReferralRow row = Referral(1, "R-17");
  row.set_note("as it was");
  session.SubmitOne(row);
  EXPECT_EQ(ReasonOf(session.SubmitOne(row)), "");
  EXPECT_EQ(session.ledger.size(), 1U);
  const auto other = [&](auto change) {
    v1::ReferralRow changed = row;
    change(changed);
    return ReasonOf(session.SubmitOne(changed));
  };
  EXPECT_EQ(other([](auto& r) { r.set_age("35-44"); }), "ALREADY_EXISTS");
  EXPECT_EQ(other([](auto& r) { r.clear_need(); }), "ALREADY_EXISTS");
  EXPECT_EQ(other([](auto& r) { r.set_received("2023-04-18"); }), "ALREADY_EXISTS");
  EXPECT_EQ(other([](auto& r) { r.set_note("otherwise"); }), "ALREADY_EXISTS");
  EXPECT_EQ(other([](auto& r) { r.clear_note(); }), "ALREADY_EXISTS");
  EXPECT_THAT(Summary(session.Submit({row})), ElementsAre("unchanged"));
  row.set_age("35-44");
  EXPECT_THAT(Summary(session.Submit({row})), ElementsAre("refused: referral_id ALREADY_EXISTS"));
}

TEST(SubmitReferrals, AMessageComparesItsOwnRowsWholly) {
  ReferralSession session;
  v1::ReferralRow other = Referral(3, "R-17");
  other.set_age("35-44");
  EXPECT_THAT(Summary(session.Submit({Referral(1, "R-17"), Referral(2, "R-17"), other})),
              ElementsAre("recorded", "unchanged", "refused: referral_id ALREADY_EXISTS"));
}

TEST(SubmitReferrals, WhatWasErasedIsNotStoredAgainAndToldOfItsRow) {
  ReferralSession session;
  v1::ReferralRow row = Referral(1, "R-17");
  row.set_note("a note");
  session.SubmitOne(row);
  session.ledger.parts.erased.insert(
      daybook::testing::PlainPart("", "person", "", "subject-1").key_id);
  EXPECT_THAT(Summary(session.Submit({row})), ElementsAre("unchanged, referral_id PART_ERASED"));
  row.set_note("another note of a person who was erased");
  EXPECT_THAT(Summary(session.Submit({row})), ElementsAre("unchanged, referral_id PART_ERASED"));
  EXPECT_EQ(ReasonOf(session.SubmitOne(row)), "");
  EXPECT_EQ(session.ledger.size(), 1U);
}

TEST(ChangeReferralStatus, AnsweredBeforeIsOfTheReferralThatItNames) {
  ReferralSession session;
  session.SubmitOne(Referral(1, "R-1"));
  session.SubmitOne(Referral(1, "R-2"));
  eventstore::AppendResult known;
  known.streams.push_back({ReferralStream("safe-haven-trust", OpaqueId("R-1")), {1}});
  v1::ChangeReferralStatusRequest request;
  const auto check = [&](const char* id) {
    request.set_referral_id(id);
    return eventstore::ErrorReason(CheckSameReferral(session.circumstances, request, known));
  };
  EXPECT_EQ(check("R-1"), "");
  EXPECT_EQ(check("R-2"), "REQUEST_ID_REUSED");
  EXPECT_EQ(check("R-3"), "") << "forgotten since, for all that is known";
}

}  // namespace
}  // namespace daybook::referrals
