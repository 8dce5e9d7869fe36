// Parts of a command's events are sealed before anything is stored.
#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"
#include "tests/unit/services/commands/runner_fixture.h"

namespace daybook::commands {
namespace {

using daybook::testing::AreaNamed;
using daybook::testing::EventsOf;
using daybook::testing::HasCode;
using daybook::testing::HasReason;

Outcome WithParts() {
  Decision decision;
  decision.events.push_back(MakeDraft("s1", AreaNamed("a1"), {}));
  DraftEvent draft = MakeDraft("s2", AreaNamed("a2"), {{19000}, {19001}});  // in 2022
  draft.retention_dataset = "referrals";
  draft.parts = {{.name = "narrative", .plaintext = "a secret narrative", .subject_ref = ""},
                 {.name = "place", .plaintext = "a secret place", .subject_ref = "person-1"}};
  decision.events.push_back(draft);
  DraftEvent last = MakeDraft("s1", AreaNamed("a3"), {});
  last.parts = {{.name = "note", .plaintext = "a secret note", .subject_ref = ""}};
  decision.events.push_back(last);
  return decision;
}

TEST_F(Runner, PartsAreSealedBeforeAnythingIsStored) {
  ASSERT_OK(Run(MakeCommand("r1", [](StreamLoader&) { return WithParts(); })).status());
  const auto s1 = EventsOf(store_, "s1");
  const auto s2 = EventsOf(store_, "s2");
  ASSERT_EQ(s1.size(), 2U);
  ASSERT_EQ(s2.size(), 1U);
  EXPECT_TRUE(s1[0].event.parts.empty());
  ASSERT_EQ(s1[1].event.parts.size(), 1U);
  ASSERT_EQ(s2[0].event.parts.size(), 2U);
  EXPECT_EQ(s1[1].event.parts[0].name, "note");
  EXPECT_EQ(s2[0].event.parts[0].name, "narrative");
  EXPECT_EQ(s2[0].event.parts[1].key_id, "person-1");
  for (const auto& events : {s1, s2}) {
    for (const auto& recorded : events) {
      EXPECT_EQ(recorded.event.payload.find("secret"), std::string::npos);
      for (const auto& part : recorded.event.parts) {
        EXPECT_EQ(part.ciphertext.find("secret"), std::string::npos);
      }
    }
  }
}

TEST_F(Runner, AllKeysOfARequestAreAskedForAtOnce) {
  ASSERT_OK(Run(MakeCommand("r1", [](StreamLoader&) { return WithParts(); })).status());
  EXPECT_EQ(sealer_.calls, 1);
  EXPECT_EQ(sealer_.agency_seen, "north-police");
  ASSERT_EQ(sealer_.seen.size(), 3U);
  EXPECT_EQ(sealer_.seen[0].retention_dataset, "referrals");
  EXPECT_EQ(sealer_.seen[0].year, 2022);
  EXPECT_EQ(sealer_.seen[0].event_id, EventsOf(store_, "s2")[0].event.id);
  EXPECT_EQ(sealer_.seen[2].year, 0);
}

TEST_F(Runner, WithoutPartsNoKeyIsAskedFor) {
  ASSERT_OK(Run(MakeCommand("r1", AddArea("areas", "riverside"))).status());
  EXPECT_EQ(sealer_.calls, 0);
}

TEST_F(Runner, NothingIsStoredWhenAPartCannotBeSealed) {
  sealer_.failure = absl::UnavailableError("the key store takes no writes");
  EXPECT_THAT(Run(MakeCommand("r1", [](StreamLoader&) { return WithParts(); })),
              HasCode(absl::StatusCode::kUnavailable));
  EXPECT_EQ(store_.Head().size, 0U);
}

Command Sealing(const std::string& content) {
  Command command;
  command.caller = {.agency = "north-police", .actor = "clerk"};
  command.request_id = "r1";
  command.fingerprint.fill(7);
  command.sealed.items = {content};
  command.decide = [](StreamLoader&) { return WithParts(); };
  return command;
}

TEST_F(Runner, ARetryMustSealTheSame) {
  ASSERT_OK_AND_ASSIGN(const auto first, Run(Sealing("34")));
  EXPECT_FALSE(first.duplicate);
  ASSERT_OK_AND_ASSIGN(const auto again, Run(Sealing("34")));
  EXPECT_TRUE(again.duplicate);
  EXPECT_EQ(again.last, first.last);
  EXPECT_EQ(again.sealed_digest.size(), 32U);
  EXPECT_THAT(Run(Sealing("43")), HasReason("REQUEST_ID_REUSED"));
  EXPECT_EQ(store_.Head().size, 3U);
}

TEST_F(Runner, ARetryAfterAnErasureIsAnsweredByItsId) {
  ASSERT_OK(Run(Sealing("34")).status());
  sealer_.erased.insert("person-1");
  for (const char* said : {"34", "43"}) {
    ASSERT_OK_AND_ASSIGN(const auto again, Run(Sealing(said)));
    EXPECT_TRUE(again.duplicate);
  }
}

TEST_F(Runner, WhatWasSealedInNoPartIsDigestedNowhere) {
  Command command = Sealing("34");
  command.decide = AddArea("areas", "riverside");
  ASSERT_OK(Run(std::move(command)).status());
  eventstore::Hash fingerprint;
  fingerprint.fill(7);
  ASSERT_OK_AND_ASSIGN(const auto known, store_.FindRequest("north-police", "r1", fingerprint));
  ASSERT_TRUE(known.has_value());
  EXPECT_EQ(known->sealed_digest, "");
}

}  // namespace
}  // namespace daybook::commands
