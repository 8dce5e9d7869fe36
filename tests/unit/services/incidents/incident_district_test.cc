#include "services/incidents/domain/incident_district.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/services/incidents/incident_session.h"

namespace daybook::incidents {
namespace {

void Register(partners::AreaRegister& areas, const std::string& id, const std::string& name,
              const std::string& kind, const std::string& code = "") {
  partners::events::v1::AreaRegistered event;
  event.set_area_id(id);
  event.set_name(name);
  event.set_kind(kind);
  event.set_code(code);
  areas.Evolve(event);
}

class Districts : public ::testing::Test {
 protected:
  Districts() {
    Register(areas_, "essex", "Essex", "county");
    Register(areas_, "colchester", "Colchester", "district", "E07000071");
    Register(areas_, "southend", "Southend-on-Sea", "district");
  }

  // What is recorded, or the reason of the refusal with the nearest name.
  std::string Read(std::string_view district, bool from_publisher = false) {
    values::Problems problems;
    values::Problems asks;
    const auto read = DistrictReader(areas_).Read(district, from_publisher, problems, asks);
    EXPECT_EQ(read.has_value(), problems.empty());
    if (read) return *read;
    EXPECT_EQ(problems.front().reason, "UNKNOWN_AREA");
    EXPECT_NE(problems.front().remedy.find("\"out of area\""), std::string::npos);
    const std::string& what = problems.front().description;
    const auto quote = what.find('"');
    return quote == std::string::npos
               ? "refused"
               : "nearest " + what.substr(quote + 1, what.find('"', quote + 1) - quote - 1);
  }

  partners::AreaRegister areas_;
};

TEST_F(Districts, StandUnderTheirRegisteredNameHoweverTheyAreWritten) {
  for (const char* district : {"Colchester", "COLCHESTER", " colchester ", "Colchester.",
                               "colchester", "E07000071", "e07000071"}) {
    EXPECT_EQ(Read(district), "Colchester") << district;
  }
  EXPECT_EQ(Read("southend on sea"), "Southend-on-Sea");
}

TEST_F(Districts, ThatAreNotRegisteredAreRefusedWithTheNearestDistrict) {
  EXPECT_EQ(Read("Colchster"), "nearest Colchester");
  EXPECT_EQ(Read("Colchester Borough"), "nearest Colchester");
  EXPECT_EQ(Read("Southend"), "nearest Southend-on-Sea");
  EXPECT_EQ(Read("Essex"), "nearest Essex") << "is registered as a county";
}

TEST_F(Districts, ThatAPublisherNamesStandAsTheyAre) {
  EXPECT_EQ(Read("Babergh", true), "Babergh");
  EXPECT_EQ(Read("COLCHESTER", true), "Colchester");
}

TEST_F(Districts, AreJudgedRowByRowWhateverTheirOrder) {
  DistrictReader reader(areas_);
  values::Problems problems;
  values::Problems asks;
  EXPECT_EQ(reader.Read("Colchster", true, problems, asks), "Colchster");
  EXPECT_EQ(reader.Read("Colchster", false, problems, asks), std::nullopt);
  EXPECT_EQ(problems.size(), 1U);
  EXPECT_EQ(reader.Read("Colchster", true, problems, asks), "Colchster");
  ASSERT_EQ(asks.size(), 2U) << "nearly a registered one, though the publisher names it";
  EXPECT_NE(asks.front().description.find("Colchester"), std::string::npos);
  EXPECT_EQ(reader.Read("Chichester", true, problems, asks), "Chichester");
  EXPECT_EQ(asks.size(), 2U);
}

TEST_F(Districts, AreNoPlaceWhereTheCellSaysSo) {
  for (const char* district : {"", "Unknown", "UNKNOWN", "n/a", "N/A", "-", "Not known", "none"}) {
    EXPECT_EQ(Read(district), "") << district;
  }
}

TEST_F(Districts, OutsideAllRegisteredOnesAreOnePlace) {
  for (const char* district : {"out of area", "Out of Force", "elsewhere", "Out-of-area"}) {
    EXPECT_EQ(Read(district), kOutOfArea) << district;
  }
}

TEST_F(Districts, StandAsWrittenWhileNoneIsRegistered) {
  const partners::AreaRegister none;
  values::Problems problems;
  values::Problems asks;
  EXPECT_EQ(DistrictReader(none).Read("Colchster", false, problems, asks), "Colchster");
  EXPECT_TRUE(problems.empty());
}

TEST_F(Districts, OfARowAreReadByIt) {
  IncidentSession session;
  session.areas = areas_;
  v1::IncidentRow misspelt = Burglary(1, "k1");
  misspelt.set_district("Colchster");
  v1::IncidentRow upper = Burglary(2, "k2");
  upper.set_district("COLCHESTER");
  const Outcome outcome = session.Submit({misspelt, upper}, "", "incidents");
  EXPECT_THAT(Summary(outcome),
              ::testing::ElementsAre("refused: district UNKNOWN_AREA", "recorded"));
  // An LSOA code does not help a sender's own file, whose districts are typed.
  EXPECT_THAT(Summary(session.Submit({misspelt}, "", "police-uk-street")),
              ::testing::ElementsAre("recorded, district UNKNOWN_AREA"));
}

}  // namespace
}  // namespace daybook::incidents
