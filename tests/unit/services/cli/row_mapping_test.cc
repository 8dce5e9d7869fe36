#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/cli/command_mapping.h"
#include "services/cli/figure_mapping.h"

namespace daybook::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> FieldsOf(const values::Problems& problems) {
  std::vector<std::string> fields;
  for (const auto& problem : problems) fields.push_back(problem.field + " " + problem.reason);
  return fields;
}

const ingest::Header& Figures() {
  static const auto& header = *new ingest::Header{
      "value",       "precision",        "upper",           "absence", "numerator",
      "denominator", "denominator_area", "printed_percent", "missing", "period"};
  return header;
}

std::vector<std::string> ObservationProblems(std::vector<std::string> cells) {
  cells.resize(Figures().size());
  measures::v1::ObservationRow out;
  values::Problems problems;
  Map(ingest::TableRow(Figures(), 1, std::move(cells)), out, problems);
  return FieldsOf(problems);
}

TEST(ObservationRows, HoldOneFigureInOneForm) {
  EXPECT_THAT(ObservationProblems({"12", "about"}), IsEmpty());
  EXPECT_THAT(ObservationProblems({"", "", "", "", "3", "9", "", "33"}), IsEmpty());
  EXPECT_THAT(ObservationProblems({"", "", "", "", "", "", "", "11", "both"}), IsEmpty());
}

TEST(ObservationRows, LoseNoCellSilently) {
  EXPECT_THAT(ObservationProblems({"12", "", "", "", "3", "9"}),
              ElementsAre("numerator INVALID_FIELD", "denominator INVALID_FIELD"));
  EXPECT_THAT(ObservationProblems({"", "about", "", "", "3", "9"}),
              ElementsAre("precision INVALID_FIELD"));
  EXPECT_THAT(ObservationProblems({"", "", "10"}), ElementsAre("upper INVALID_FIELD"));
}

TEST(ObservationRows, CellsThatCannotBeReadAreNamed) {
  EXPECT_THAT(ObservationProblems({"12", "roughly", "", "", "", "", "", "", "", "Easter"}),
              ElementsAre("period INVALID_FIELD", "precision UNKNOWN_VALUE"));
}

TEST(StreetRows, TheDistrictIsTheNameOfTheLsoaWithoutItsNumber) {
  const ingest::Header header = {"Location", "LSOA name"};
  incidents::v1::IncidentRow out;
  values::Problems problems;
  MapPoliceUk(ingest::TableRow(header, 3, {"On or near Mill Lane", "Castle Point 010C"}), out,
              problems);
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(out.district(), "Castle Point");
  EXPECT_EQ(out.location(), "On or near Mill Lane");
  EXPECT_EQ(out.row(), 3U);
}

TEST(StreetRows, NoLocationIsNoPlaceAndAStrangeLsoaIsAFinding) {
  const ingest::Header header = {"Location", "LSOA name"};
  incidents::v1::IncidentRow out;
  values::Problems problems;
  MapPoliceUk(ingest::TableRow(header, 1, {"No Location", ""}), out, problems);
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(out.location(), "");
  EXPECT_EQ(out.district(), "");
  MapPoliceUk(ingest::TableRow(header, 2, {"", "Colchester"}), out, problems);
  EXPECT_THAT(FieldsOf(problems), ElementsAre("LSOA name INVALID_FIELD"));
}

TEST(ActionRows, LeadsHaveTeamsAndOneReports) {
  const ingest::Header header = {"leads"};
  actions::v1::AddActionRequest out;
  values::Problems problems;
  Map(ingest::TableRow(header, 1, {"Essex Police (watch team); RDC*"}), out, problems);
  ASSERT_EQ(out.leads_size(), 2);
  EXPECT_EQ(out.leads(0).organisation(), "Essex Police");
  EXPECT_EQ(out.leads(0).role(), "watch team");
  EXPECT_FALSE(out.leads(0).reports());
  EXPECT_EQ(out.leads(1).organisation(), "RDC");
  EXPECT_TRUE(out.leads(1).reports());
}

const ingest::Header& Updates() {
  static const auto& header =
      *new ingest::Header{"plan_id", "action_id", "period",  "organisation", "state",
                          "left_to", "narrative", "measure", "value",        "known"};
  return header;
}

ingest::TableRow Update(std::vector<std::string> cells) {
  cells.resize(Updates().size());
  return {Updates(), 1, std::move(cells)};
}

TEST(UpdateRows, GoOnWithTheUpdateAboveOnlyWithAFigureOfTheSameUpdate) {
  const ingest::TableRow first =
      Update({"p", "a", "2017-18 Q1", "EP", "ongoing", "", "", "m", "1"});
  EXPECT_TRUE(ContinuesUpdate(first, Update({"p", "a", "2017-18 Q1", "EP", "", "", "", "n", "2"})));
  EXPECT_FALSE(ContinuesUpdate(first, Update({"p", "b", "2017-18 Q1", "EP", "", "", "", "n"})));
  EXPECT_FALSE(
      ContinuesUpdate(first, Update({"p", "a", "2017-18 Q1", "EP", "planned", "", "", "n"})));
  EXPECT_FALSE(ContinuesUpdate(first, Update({"p", "a", "2017-18 Q1", "EP"})));
  EXPECT_FALSE(ContinuesUpdate(
      first, Update({"p", "a", "2017-18 Q1", "EP", "", "", "", "n", "2", "2017-09"})));
}

TEST(UpdateRows, AFigureWithoutAMeasureIsAFinding) {
  actions::v1::SubmitUpdateRequest out;
  values::Problems problems;
  Map(Update({"p", "a", "2017-18 Q1", "EP", "ongoing", "", "", "", "7"}), out, problems);
  EXPECT_THAT(FieldsOf(problems), ElementsAre("measure MISSING_FIELD"));
}

TEST(UpdateRows, LeftToAnotherHaveNothingElse) {
  actions::v1::DeferUpdateRequest out;
  values::Problems problems;
  Map(Update({"p", "a", "2017-18 Q1", "EP", "ongoing", "CPBC", "Words."}), out, problems);
  EXPECT_THAT(FieldsOf(problems), ElementsAre("state INVALID_FIELD", "narrative INVALID_FIELD"));
}

}  // namespace
}  // namespace daybook::cli
