#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

#include "services/partners/domain/partner_commands.h"
#include "tests/unit/services/outcomes.h"

namespace daybook::partners {
namespace {

using absl::StatusCode;
using daybook::testing::Apply;
using daybook::testing::ChangesNothing;
using daybook::testing::FieldsOf;
using daybook::testing::IsRefused;
using daybook::testing::OnlyEvent;
using ::testing::ElementsAre;

v1::RegisterOrganisationRequest Registration(const std::string& id, const std::string& name,
                                             const std::vector<std::string>& aliases = {}) {
  v1::RegisterOrganisationRequest request;
  request.set_organisation_id(id);
  request.set_name(name);
  request.set_kind("police");
  for (const auto& alias : aliases) request.add_aliases(alias);
  return request;
}

v1::RecordSuccessionRequest Succession(const std::vector<std::string>& from, const std::string& to,
                                       const std::string& date = "2014-06-01") {
  v1::RecordSuccessionRequest request;
  for (const auto& id : from) request.add_from_organisation_ids(id);
  request.set_to_organisation_id(to);
  request.set_date(date);
  return request;
}

v1::AddOrganisationAliasRequest Alias(const std::string& id, const std::string& alias) {
  v1::AddOrganisationAliasRequest request;
  request.set_organisation_id(id);
  request.set_alias(alias);
  return request;
}

class Organisations : public ::testing::Test {
 protected:
  Organisations() {
    Apply(Decide(organisations_, Registration("north-police", "North Police", {"NP", "The Force"})),
          organisations_);
    Apply(Decide(organisations_, Registration("town-council", "Town & Country Council")),
          organisations_);
    Apply(Decide(organisations_, Registration("old-trust", "Old Trust")), organisations_);
  }
  OrganisationRegister organisations_;
};

TEST_F(Organisations, ARegistrationIsAFactWithItsAliases) {
  const auto event = OnlyEvent<events::v1::OrganisationRegistered>(
      Decide(organisations_, Registration("new-one", "New One", {"NO"})));
  EXPECT_EQ(event.organisation_id(), "new-one");
  EXPECT_THAT(event.aliases(), ElementsAre("NO"));
}

TEST_F(Organisations, TheSameContentAgainChangesNothing) {
  EXPECT_THAT(
      Decide(organisations_, Registration("north-police", "North Police", {"The Force", "NP"})),
      ChangesNothing());
}

TEST_F(Organisations, AnAliasAddedSinceMayStandInTheRegistrationSentAgain) {
  Apply(Decide(organisations_, Alias("north-police", "N. Police")), organisations_);
  EXPECT_THAT(Decide(organisations_, Registration("north-police", "North Police",
                                                  {"NP", "The Force", "N. Police"})),
              ChangesNothing());
}

TEST_F(Organisations, OtherContentUnderTheSameIdAlreadyExists) {
  EXPECT_THAT(Decide(organisations_, Registration("north-police", "Northern Police", {"NP"})),
              IsRefused(StatusCode::kAlreadyExists, "ALREADY_EXISTS", "organisation_id"));
  EXPECT_THAT(Decide(organisations_, Registration("north-police", "North Police")),
              IsRefused(StatusCode::kAlreadyExists, "ALREADY_EXISTS", "organisation_id"));
}

TEST_F(Organisations, ANameOrAliasOfAnotherAlreadyExistsHoweverItIsSpelt) {
  EXPECT_THAT(Decide(organisations_, Registration("other", "TOWN and country council")),
              IsRefused(StatusCode::kAlreadyExists, "ALREADY_EXISTS", "name"));
  EXPECT_THAT(Decide(organisations_, Registration("other", "Other", {"x1", "the force"})),
              IsRefused(StatusCode::kAlreadyExists, "ALREADY_EXISTS", "aliases[1]"));
  EXPECT_THAT(Decide(organisations_, Registration("np", "Other")),
              IsRefused(StatusCode::kAlreadyExists, "ALREADY_EXISTS", "organisation_id"));
}

TEST_F(Organisations, EveryFaultyFieldIsNamedAtOnce) {
  v1::RegisterOrganisationRequest request;
  request.set_organisation_id("Not An Id");
  request.set_kind("circus");
  request.add_aliases("");
  request.add_aliases("--");
  const auto outcome = Decide(organisations_, request);
  EXPECT_THAT(outcome, IsRefused(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_THAT(FieldsOf(outcome),
              ElementsAre("organisation_id", "name", "kind", "aliases[0]", "aliases[1]"));
}

TEST_F(Organisations, AKindThatIsNotRegisteredIsAnUnknownValue) {
  auto request = Registration("circus", "Circus");
  request.set_kind("circus");
  EXPECT_THAT(Decide(organisations_, request),
              IsRefused(StatusCode::kInvalidArgument, "UNKNOWN_VALUE", "kind"));
}

TEST_F(Organisations, TheIdIsRequired) {
  EXPECT_THAT(Decide(organisations_, Registration("", "Nameless")),
              IsRefused(StatusCode::kInvalidArgument, "MISSING_FIELD", "organisation_id"));
}

TEST_F(Organisations, ANameOfMoreThan120BytesIsTooLarge) {
  EXPECT_THAT(Decide(organisations_, Registration("long", std::string(121, 'x'))),
              IsRefused(StatusCode::kInvalidArgument, "TOO_LARGE", "name"));
}

TEST_F(Organisations, AnAliasOfItsOwnChangesNothing) {
  EXPECT_THAT(Decide(organisations_, Alias("north-police", "north  police")), ChangesNothing());
}

TEST_F(Organisations, AnAliasOfAnotherAlreadyExists) {
  EXPECT_THAT(Decide(organisations_, Alias("old-trust", "NP")),
              IsRefused(StatusCode::kAlreadyExists, "ALREADY_EXISTS", "alias"));
}

TEST_F(Organisations, AnAliasOfNobodyNamesTheNearestOrganisation) {
  const auto outcome = Decide(organisations_, Alias("north-polise", "Nopo"));
  EXPECT_THAT(outcome, IsRefused(StatusCode::kNotFound, "UNKNOWN_ORGANISATION", "organisation_id"));
  const auto& metadata = std::get<commands::Rejection>(outcome).metadata;
  EXPECT_EQ(metadata.at("nearest"), "North Police");
  EXPECT_EQ(metadata.at("nearest_id"), "north-police");
}

TEST_F(Organisations, AnAddedAliasResolves) {
  Apply(Decide(organisations_, Alias("Old Trust", "OT")), organisations_);
  ASSERT_NE(organisations_.Resolve("ot"), nullptr);
  EXPECT_EQ(organisations_.Resolve("ot")->id(), "old-trust");
}

TEST_F(Organisations, ResolveFindsByIdNameAndAlias) {
  for (const char* name : {"north-police", "NORTH POLICE", " np ", "the-force"}) {
    v1::ResolveOrganisationRequest request;
    request.set_name(name);
    const auto found = Resolve(organisations_, request);
    ASSERT_TRUE(std::holds_alternative<v1::ResolveOrganisationResponse>(found)) << name;
    EXPECT_EQ(std::get<v1::ResolveOrganisationResponse>(found).organisation_id(), "north-police");
    EXPECT_EQ(std::get<v1::ResolveOrganisationResponse>(found).name(), "North Police");
  }
}

TEST_F(Organisations, AnUnknownNameIsNotRepeatedButTheNearestAliasIsGiven) {
  v1::ResolveOrganisationRequest request;
  request.set_name("Town Council Zebra");
  const auto found = Resolve(organisations_, request);
  ASSERT_TRUE(std::holds_alternative<commands::Rejection>(found));
  const auto& rejection = std::get<commands::Rejection>(found);
  EXPECT_EQ(rejection.reason, "UNKNOWN_ORGANISATION");
  EXPECT_EQ(rejection.metadata.at("nearest_id"), "town-council");
  EXPECT_EQ(rejection.message.find("Zebra"), std::string::npos);
}

TEST_F(Organisations, ResolveWithoutANameIsAMissingField) {
  const auto found = Resolve(organisations_, {});
  ASSERT_TRUE(std::holds_alternative<commands::Rejection>(found));
  EXPECT_EQ(std::get<commands::Rejection>(found).reason, "MISSING_FIELD");
}

TEST_F(Organisations, ASuccessionIsRecordedOnceByIds) {
  const auto request = Succession({"Old Trust"}, "Town & Country Council");
  const auto outcome = Decide(organisations_, request);
  const auto event = OnlyEvent<events::v1::OrganisationSucceeded>(outcome);
  EXPECT_THAT(event.from_organisation_ids(), ElementsAre("old-trust"));
  EXPECT_EQ(event.to_organisation_id(), "town-council");
  Apply(outcome, organisations_);
  EXPECT_THAT(Decide(organisations_, request), ChangesNothing());
}

TEST_F(Organisations, AnOrganisationMaySplit) {
  Apply(Decide(organisations_, Succession({"old-trust"}, "town-council")), organisations_);
  const auto outcome = Decide(organisations_, Succession({"old-trust"}, "north-police"));
  EXPECT_EQ(OnlyEvent<events::v1::OrganisationSucceeded>(outcome).to_organisation_id(),
            "north-police");
}

TEST_F(Organisations, ASuccessionIntoItselfIsAWrongState) {
  EXPECT_THAT(
      Decide(organisations_, Succession({"old-trust"}, "old-trust")),
      IsRefused(StatusCode::kFailedPrecondition, "WRONG_STATE", "from_organisation_ids[0]"));
}

TEST_F(Organisations, ACycleThroughOthersIsAWrongState) {
  Apply(Decide(organisations_, Succession({"old-trust"}, "town-council")), organisations_);
  Apply(Decide(organisations_, Succession({"town-council"}, "north-police")), organisations_);
  EXPECT_TRUE(organisations_.LeadsTo("old-trust", "north-police"));
  EXPECT_THAT(
      Decide(organisations_, Succession({"north-police"}, "old-trust")),
      IsRefused(StatusCode::kFailedPrecondition, "WRONG_STATE", "from_organisation_ids[0]"));
}

TEST_F(Organisations, ASuccessionOfNobodyIsRefused) {
  EXPECT_THAT(Decide(organisations_, Succession({}, "old-trust")),
              IsRefused(StatusCode::kInvalidArgument, "MISSING_FIELD", "from_organisation_ids"));
  EXPECT_THAT(Decide(organisations_, Succession({"nobody"}, "old-trust")),
              IsRefused(StatusCode::kNotFound, "UNKNOWN_ORGANISATION", "from_organisation_ids[0]"));
  EXPECT_THAT(Decide(organisations_, Succession({"old-trust"}, "nobody")),
              IsRefused(StatusCode::kNotFound, "UNKNOWN_ORGANISATION", "to_organisation_id"));
  EXPECT_THAT(Decide(organisations_, Succession({"old-trust"}, "town-council", "2014-02-30")),
              IsRefused(StatusCode::kInvalidArgument, "INVALID_FIELD", "date"));
}

}  // namespace
}  // namespace daybook::partners
