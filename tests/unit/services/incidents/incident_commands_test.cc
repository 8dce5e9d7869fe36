#include "services/incidents/domain/incident_commands.h"

#include <functional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/registry/crime_types.h"
#include "proto/registry/event_types.h"
#include "tests/unit/services/incidents/incident_session.h"

namespace daybook::incidents {
namespace {

using ::testing::ElementsAre;

TEST(IncidentRows, AreRecordedOnceHoweverOftenTheyAreSent) {
  IncidentSession session;
  EXPECT_THAT(Summary(session.Submit({Burglary(1, "k1"), Burglary(2, "k2")})),
              ElementsAre("recorded", "recorded"));
  EXPECT_THAT(Summary(session.Submit({Burglary(1, "k1"), Burglary(2, "k2")})),
              ElementsAre("unchanged", "unchanged"));
  EXPECT_EQ(session.ledger.size(), 2U);
}

TEST(IncidentRows, WithoutAKeyStaySeparateHoweverAlikeTheyAre) {
  IncidentSession session;
  std::vector<v1::IncidentRow> alike;
  for (std::uint32_t number = 1; number <= 11; ++number) alike.push_back(Nuisance(number));
  session.Submit(alike);
  EXPECT_EQ(session.ledger.size(), 11U);
  // The same rows of another message are other incidents: the request stands for the file.
  session.Submit(alike);
  EXPECT_EQ(session.ledger.size(), 22U);
}

TEST(IncidentRows, OfAnotherMessageWithTheSameKeyAndContentAreUnchanged) {
  IncidentSession session;
  session.Submit({Burglary(1, "k1")});
  EXPECT_THAT(Summary(session.Submit({Burglary(7, "k1")})), ElementsAre("unchanged"));
}

TEST(IncidentRows, WithAKnownKeyAndOtherContentAreRefused) {
  IncidentSession session;
  session.Submit({Burglary(1, "k1")});
  const std::function<void(v1::IncidentRow&)> changes[] = {
      [](auto& row) { row.set_month("2018-09"); },
      [](auto& row) { row.set_type("Robbery"); },
      [](auto& row) { row.set_district("Hill"); },
      [](auto& row) { row.set_lsoa_code("E01000002"); },
      [](auto& row) { row.set_outcome("Local resolution"); },
      [](auto& row) { row.set_longitude("0.9"); },
      [](auto& row) { row.set_latitude("51.9"); },
      [](auto& row) { row.set_location("On or near Mill Lane"); }};
  for (const auto& change : changes) {
    v1::IncidentRow row = Burglary(1, "k1");
    change(row);
    EXPECT_THAT(Summary(session.Submit({row})), ElementsAre("refused: source_key ALREADY_EXISTS"));
  }
  EXPECT_EQ(session.ledger.size(), 1U);
}

TEST(IncidentRows, SeeTheRowsBeforeThemInTheirMessage) {
  IncidentSession session;
  v1::IncidentRow other = Burglary(3, "k1");
  other.set_type("Robbery");
  EXPECT_THAT(Summary(session.Submit({Burglary(1, "k1"), Burglary(2, "k1"), other})),
              ElementsAre("recorded", "unchanged", "refused: source_key ALREADY_EXISTS"));
}

TEST(IncidentRows, GoodOnesAreRecordedBesideBadOnes) {
  IncidentSession session;
  v1::IncidentRow bad = Burglary(2, "k2");
  bad.set_type("Mischief");
  bad.set_month("October");
  bad.set_lsoa_code("01000001");
  EXPECT_THAT(Summary(session.Submit({Burglary(1, "k1"), bad, Burglary(3, "k3")})),
              ElementsAre("recorded",
                          "refused: month INVALID_FIELD, type UNKNOWN_VALUE, "
                          "lsoa_code INVALID_FIELD",
                          "recorded"));
  EXPECT_EQ(session.ledger.size(), 2U);
}

struct FaultCase {
  const char* name;
  void (*change)(v1::IncidentRow&);
  const char* finding;  // "" = recorded
};

const FaultCase kFaultCases[] = {
    {"as it is", [](auto&) {}, ""},
    {"by the code of the type", [](auto& r) { r.set_type("violent-crime"); }, ""},
    {"without outcome", [](auto& r) { r.clear_outcome(); }, ""},
    {"with NA for no outcome", [](auto& r) { r.set_outcome("NA"); }, ""},
    {"of the current month", [](auto& r) { r.set_month("2018-11"); }, ""},
    {"with a street that has no name", [](auto& r) { r.set_location("On or near "); }, ""},
    {"without a place",
     [](auto& r) {
       r.clear_longitude();
       r.clear_latitude();
       r.clear_lsoa_code();
       r.clear_district();
       r.set_location("No Location");
     },
     ""},
    {"without month", [](auto& r) { r.clear_month(); }, "month MISSING_FIELD"},
    {"with a month that is none", [](auto& r) { r.set_month("2018-13"); }, "month INVALID_FIELD"},
    {"with a day for a month", [](auto& r) { r.set_month("2018-10-01"); }, "month INVALID_FIELD"},
    {"of next month", [](auto& r) { r.set_month("2018-12"); }, "month INVALID_FIELD"},
    {"without type", [](auto& r) { r.clear_type(); }, "type MISSING_FIELD"},
    {"with an unknown type", [](auto& r) { r.set_type("Crime"); }, "type UNKNOWN_VALUE"},
    {"with an unknown outcome", [](auto& r) { r.set_outcome("Gone"); }, "outcome UNKNOWN_VALUE"},
    {"without force", [](auto& r) { r.clear_force(); }, "force MISSING_FIELD"},
    {"with an unknown force", [](auto& r) { r.set_force("South Police"); },
     "force UNKNOWN_ORGANISATION"},
    {"without key", [](auto& r) { r.clear_source_key(); }, "source_key MISSING_FIELD"},
    {"with a key too long", [](auto& r) { r.set_source_key(std::string(65, 'a')); },
     "source_key INVALID_FIELD"},
    {"with a space in its key", [](auto& r) { r.set_source_key("a b"); },
     "source_key INVALID_FIELD"},
    {"with a Scottish code", [](auto& r) { r.set_lsoa_code("S01000001"); },
     "lsoa_code INVALID_FIELD"},
    {"with a short LSOA code", [](auto& r) { r.set_lsoa_code("E0100001"); },
     "lsoa_code INVALID_FIELD"},
    {"without latitude", [](auto& r) { r.clear_latitude(); }, "latitude INVALID_FIELD"},
    {"without longitude", [](auto& r) { r.clear_longitude(); }, "longitude INVALID_FIELD"},
    {"with a longitude in words", [](auto& r) { r.set_longitude("east"); },
     "longitude INVALID_FIELD"},
    {"with an exponent", [](auto& r) { r.set_latitude("5.19e1"); }, "latitude INVALID_FIELD"},
    {"with its coordinates swapped",
     [](auto& r) {
       r.set_longitude("51.901236");
       r.set_latitude("0.901681");
     },
     "longitude INVALID_FIELD, latitude INVALID_FIELD"},
    {"with a very long district", [](auto& r) { r.set_district(std::string(121, 'a')); },
     "district TOO_LARGE"},
};

TEST(IncidentRows, AreRefusedWithFieldReasonAndRemedy) {
  for (const FaultCase& c : kFaultCases) {
    IncidentSession session;
    v1::IncidentRow row = Burglary(1, "k1");
    c.change(row);
    const Outcome outcome = session.Submit({row});
    const std::string expected =
        *c.finding == '\0' ? "recorded" : std::string("refused: ") + c.finding;
    EXPECT_THAT(Summary(outcome), ElementsAre(expected)) << c.name;
    const types::v1::RowResults results = commands::ResultsOf(outcome);
    for (const auto& result : results.results()) {
      for (const auto& finding : result.findings()) {
        EXPECT_FALSE(finding.description().empty()) << c.name;
        EXPECT_FALSE(finding.remedy().empty()) << c.name;
      }
    }
  }
}

TEST(IncidentRows, FindingsNeverRepeatTheValue) {
  IncidentSession session;
  v1::IncidentRow row = Burglary(1, "planted key");
  row.set_month("planted");
  row.set_type("planted");
  row.set_force("planted");
  row.set_outcome("planted");
  row.set_lsoa_code("planted");
  row.set_longitude("planted");
  row.set_latitude("planted");
  const Outcome outcome = session.Submit({row});
  EXPECT_EQ(std::get<commands::Decision>(outcome).answer.find("planted"), std::string::npos);
  EXPECT_EQ(commands::ResultsOf(outcome).results(0).findings_size(), 8);
}

TEST(IncidentMessages, NeedADatasetAndOneTo500Rows) {
  IncidentSession session;
  EXPECT_EQ(ReasonOf(session.Submit({Burglary(1, "k1")}, "", "")), "MISSING_FIELD");
  EXPECT_EQ(ReasonOf(session.Submit({})), "MISSING_FIELD");
  std::vector<v1::IncidentRow> rows;
  for (std::uint32_t i = 1; i <= 500; ++i) rows.push_back(Burglary(i, "k" + std::to_string(i)));
  EXPECT_EQ(ReasonOf(session.Submit(rows)), "");
  EXPECT_EQ(session.ledger.size(), 500U);
  rows.push_back(Burglary(501, "k501"));
  EXPECT_EQ(ReasonOf(session.Submit(rows)), "TOO_LARGE");
}

TEST(IncidentPlaces, OfThePublishedDatasetStandInClear) {
  IncidentSession session;
  session.Submit({Burglary(1, "k1")});
  const commands::DraftEvent& draft = session.ledger.drafts().at(0);
  EXPECT_EQ(draft.basis, "public-source");
  EXPECT_TRUE(draft.parts.empty());
  events::v1::IncidentRecorded incident;
  ASSERT_TRUE(incident.ParseFromString(draft.payload));
  EXPECT_EQ(incident.published_place().location(), "On or near High Street");
  EXPECT_EQ(incident.type(), "burglary");
  EXPECT_EQ(incident.outcome(), "under-investigation");
  EXPECT_EQ(incident.force_id(), "north-police");
  EXPECT_EQ(incident.register_version(), registry::kCrimeRegisterVersion);
  EXPECT_EQ(values::FormatDay(draft.effective.start), "2018-10-01");
  EXPECT_EQ(values::FormatDay(draft.effective.end), "2018-11-01");
}

TEST(IncidentPlaces, OfAnyOtherDatasetAreSealedUnderAKeyOfTheirOwn) {
  IncidentSession session;
  session.SubmitOne(Burglary(0, "k1"), "council-records");
  const commands::DraftEvent& draft = session.ledger.drafts().at(0);
  EXPECT_EQ(draft.basis, "");
  EXPECT_EQ(draft.payload.find("High Street"), std::string::npos);
  EXPECT_EQ(draft.payload.find("51.901236"), std::string::npos);
  ASSERT_EQ(draft.parts.size(), 1U);
  EXPECT_EQ(draft.parts[0].name, "place");
  EXPECT_EQ(draft.parts[0].subject_ref, "");
  EXPECT_EQ(draft.retention_dataset, "council-records");
  events::v1::Place place;
  ASSERT_TRUE(place.ParseFromString(draft.parts[0].plaintext));
  EXPECT_EQ(place.location(), "On or near High Street");
  EXPECT_EQ(place.lsoa_code(), "E01000001");
  EXPECT_EQ(draft.payload.find("E01000001"), std::string::npos);
}

TEST(IncidentProperties, WhatIsDecidedFoldsToWhatWasReadWhateverTheOrderOfMessages) {
  const std::uint32_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  IncidentSession session;
  std::set<std::string> keys;  // of the incidents that stand
  std::size_t rows = 0;        // without a key
  for (int message = 0; message < 60; ++message) {
    std::vector<v1::IncidentRow> sent;
    for (std::uint32_t i = 0; i < 20; ++i) {
      const std::uint32_t number = 1 + i + 20 * (static_cast<std::uint32_t>(random()) % 10);
      if (random() % 3 == 0) {
        sent.push_back(Nuisance(number));
        ++rows;
      } else {
        sent.push_back(Burglary(number, "k" + std::to_string(random() % 100)));
        keys.insert(sent.back().source_key());
      }
    }
    for (const std::string& row : Summary(session.Submit(sent))) {
      EXPECT_TRUE(row == "recorded" || row == "unchanged") << row;
    }
  }
  EXPECT_EQ(session.ledger.size(), keys.size() + rows);
  for (const std::string& key : keys) {
    IncidentState state;
    commands::StreamLoader loader(session.ledger.store());
    const auto count = loader.Fold(
        KeyedStream("north-police", key),
        [&](const auto& event, const auto& recorded) { Evolve(state, event, recorded); });
    ASSERT_TRUE(count.ok());
    EXPECT_EQ(*count, 1U);
    EXPECT_EQ(state.stands->source_key(), key);
  }
}

}  // namespace
}  // namespace daybook::incidents
