// Commands that are not of their form: refused at the door with reason, field and remedy.
#include <string>

#include "tests/integration/daybook_test.h"
#include "tests/integration/samples.h"

namespace daybook::integration {
namespace {

using absl::StatusCode;
using BadInputAtTheDoor = DaybookTest;

constexpr int kUnregistered = 4711;
constexpr const char* kPlanted = "Quixotic-Zebra";

TEST_F(BadInputAtTheDoor, AMissingRequestIdIsNamed) {
  auto request = Organisation("some-council");
  request.mutable_head()->clear_request_id();
  Refuse(request, {StatusCode::kInvalidArgument, "MISSING_FIELD", "head.request_id", ""});
}

TEST_F(BadInputAtTheDoor, ARequestWithoutHeadIsAMissingRequestId) {
  auto request = Organisation("some-council");
  request.clear_head();
  Refuse(request, {StatusCode::kInvalidArgument, "MISSING_FIELD", "head.request_id", ""});
}

TEST_F(BadInputAtTheDoor, ARequestIdWithASpaceIsNotRepeated) {
  auto request = Organisation("some-council");
  request.mutable_head()->set_request_id(std::string(kPlanted) + " x");
  Refuse(request, {StatusCode::kInvalidArgument, "INVALID_FIELD", "head.request_id", kPlanted});
}

TEST_F(BadInputAtTheDoor, EveryMissingFieldOfACommandIsNamedAtOnce) {
  auto request = Organisation("some-council");
  request.clear_organisation_id();
  request.clear_name();
  request.clear_kind();
  const auto before = Head();
  const Refusal refusal = RefusalOf(client().Call(request).status);
  ExpectRefusal(refusal, {StatusCode::kInvalidArgument, "MISSING_FIELD", "organisation_id", ""});
  EXPECT_EQ(refusal.fields, (std::vector<std::string>{"organisation_id", "name", "kind"}));
  ExpectUnharmed(before);
}

TEST_F(BadInputAtTheDoor, AWordOutsideItsListIsAnUnknownValue) {
  auto request = Organisation("some-council");
  request.set_kind(kPlanted);
  Refuse(request, {StatusCode::kInvalidArgument, "UNKNOWN_VALUE", "kind", kPlanted});
}

TEST_F(BadInputAtTheDoor, AnIdOfAnotherFormIsRefused) {
  Refuse(Organisation(kPlanted),
         {StatusCode::kInvalidArgument, "INVALID_FIELD", "organisation_id", kPlanted});
}

TEST_F(BadInputAtTheDoor, AnUnregisteredPeriodKindIsAnUnknownValue) {
  SeedPartners();
  auto request = Plan();
  request.mutable_year()->set_kind(static_cast<types::v1::Period::Kind>(kUnregistered));
  Refuse(request, {StatusCode::kInvalidArgument, "UNKNOWN_VALUE", "year.kind", "4711"});
}

TEST_F(BadInputAtTheDoor, AnUnregisteredTargetKindIsAnUnknownValue) {
  SeedPlan();
  auto request = Target("t2");
  request.set_kind(static_cast<actions::events::v1::TargetSet::Kind>(kUnregistered));
  Refuse(request, {StatusCode::kInvalidArgument, "UNKNOWN_VALUE", "kind", "4711"});
}

TEST_F(BadInputAtTheDoor, AnUnregisteredComparatorIsAnUnknownValue) {
  SeedPlan();
  auto request = Target("t2");
  request.set_comparator(static_cast<actions::events::v1::TargetSet::Comparator>(kUnregistered));
  Refuse(request, {StatusCode::kInvalidArgument, "UNKNOWN_VALUE", "comparator", "4711"});
}

TEST_F(BadInputAtTheDoor, AnUnregisteredSubjectIsAnUnknownValue) {
  auto request = CountMeasure();
  request.set_subject(static_cast<measures::events::v1::MeasureDefined::Subject>(kUnregistered));
  Refuse(request, {StatusCode::kInvalidArgument, "UNKNOWN_VALUE", "subject", "4711"});
}

TEST_F(BadInputAtTheDoor, AnUnregisteredPrecisionOfKnownIsAnUnknownValue) {
  auto request = Organisation("some-council");
  request.mutable_head()->mutable_known()->set_precision(
      static_cast<types::v1::Known::Precision>(kUnregistered));
  Refuse(request, {StatusCode::kInvalidArgument, "UNKNOWN_VALUE", "head.known.precision", "4711"});
}

TEST_F(BadInputAtTheDoor, NothingIsKnownBeforeItHappensToBeToday) {
  auto request = Organisation("some-council");
  request.mutable_head()->mutable_known()->set_precision(types::v1::Known::PRECISION_DAY);
  request.mutable_head()->mutable_known()->set_date("2999-12-31");
  Refuse(request, {StatusCode::kInvalidArgument, "INVALID_FIELD", "head.known.date", "2999-12-31"});
}

TEST_F(BadInputAtTheDoor, ACrimeTypeOutsideTheRegisterIsAnUnknownValue) {
  SeedPartners();
  auto request = SubmitIncident("key-1");
  request.mutable_incident()->set_type(kPlanted);
  Refuse(request, {StatusCode::kInvalidArgument, "UNKNOWN_VALUE", "incident.type", kPlanted});
}

TEST_F(BadInputAtTheDoor, AnIncidentWithoutAMonthIsNamedByItsPath) {
  SeedPartners();
  auto request = SubmitIncident("key-1");
  request.mutable_incident()->clear_month();
  Refuse(request, {StatusCode::kInvalidArgument, "MISSING_FIELD", "incident.month", ""});
}

TEST_F(BadInputAtTheDoor, APersonWithoutAReferenceIsRefusedAndNotRepeated) {
  SeedPartners();
  auto request = SubmitReferral("r-1");
  request.mutable_referral()->set_note(kPlanted);
  Refuse(request,
         {StatusCode::kInvalidArgument, "MISSING_FIELD", "referral.subject_ref", kPlanted});
}

TEST_F(BadInputAtTheDoor, AnUnknownForceIsNotFoundWithTheNearestName) {
  SeedPartners();
  auto request = SubmitIncident("key-1");
  request.mutable_incident()->set_force("north-shire-polize");
  const auto before = Head();
  const Refusal refusal = RefusalOf(client().Call(request).status);
  ExpectRefusal(refusal, {StatusCode::kNotFound, "UNKNOWN_ORGANISATION", "incident.force",
                          "north-shire-polize"});
  EXPECT_EQ(refusal.metadata.at("nearest_id"), kForce);
  ExpectUnharmed(before);
}

TEST_F(BadInputAtTheDoor, ACallWithoutAnAgencyIsRefused) {
  const auto before = Head();
  const auto nobody = ClientOf("");
  ExpectRefusal(RefusalOf(nobody->Call(Organisation("some-council")).status),
                {StatusCode::kInvalidArgument, "AGENCY_MISSING", "daybook-agency", ""});
  const auto somebody = ClientOf("Quixotic Zebra");
  ExpectRefusal(
      RefusalOf(somebody->Call(Organisation("some-council")).status),
      {StatusCode::kInvalidArgument, "AGENCY_MISSING", "daybook-agency", "Quixotic Zebra"});
  ExpectUnharmed(before);
}

TEST_F(BadInputAtTheDoor, ASessionWithoutAnAgencyIsRefusedBeforeItsFirstMessage) {
  const auto before = Head();
  auto session = ClientOf("")->Referrals();
  ExpectRefusal(RefusalOf(session.Finish()),
                {StatusCode::kInvalidArgument, "AGENCY_MISSING", "daybook-agency", ""});
  ExpectUnharmed(before);
}

}  // namespace
}  // namespace daybook::integration
