#include "services/commands/fingerprint.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "daybook/actions/v1/actions_service.pb.h"
#include "daybook/incidents/v1/incidents_service.pb.h"
#include "daybook/measures/v1/measures_service.pb.h"
#include "daybook/partners/v1/partners_service.pb.h"
#include "daybook/referrals/v1/referrals_service.pb.h"
#include "daybook/submissions/v1/submissions_service.pb.h"

namespace daybook::commands {
namespace {

eventstore::Hash Fingerprint(const google::protobuf::Message& request) {
  return ContentOf(request).fingerprint;
}

partners::v1::RegisterOrganisationRequest Request() {
  partners::v1::RegisterOrganisationRequest request;
  request.mutable_head()->set_request_id("r1");
  request.set_organisation_id("north-police");
  request.set_name("North Police");
  request.add_aliases("NP");
  return request;
}

TEST(Fingerprint, TheSameContentHasTheSameOne) {
  EXPECT_EQ(Fingerprint(Request()), Fingerprint(Request()));
}

TEST(Fingerprint, IdsOfTheRequestAreNotItsContent) {
  auto other = Request();
  other.mutable_head()->set_request_id("r2");
  other.mutable_head()->set_correlation_id("c1");
  EXPECT_EQ(Fingerprint(Request()), Fingerprint(other));
}

TEST(Fingerprint, EverythingElseIsContent) {
  std::set<eventstore::Hash> seen = {Fingerprint(Request())};
  auto other = Request();
  other.set_name("North police");
  EXPECT_TRUE(seen.insert(Fingerprint(other)).second) << "name";
  other = Request();
  other.add_aliases("");
  EXPECT_TRUE(seen.insert(Fingerprint(other)).second) << "an empty alias more";
  other = Request();
  other.mutable_head()->set_submission_id("s");
  EXPECT_TRUE(seen.insert(Fingerprint(other)).second) << "submission";
  other = Request();
  other.mutable_head()->mutable_known()->set_date("2014-06-01");
  EXPECT_TRUE(seen.insert(Fingerprint(other)).second) << "known";
}

TEST(Fingerprint, TextDoesNotFlowFromOneFieldIntoTheNext) {
  auto a = Request();
  a.set_organisation_id("ab");
  a.set_name("c");
  auto b = Request();
  b.set_organisation_id("a");
  b.set_name("bc");
  EXPECT_NE(Fingerprint(a), Fingerprint(b));
}

TEST(Fingerprint, AnotherCommandWithTheSameFieldsIsAnother) {
  partners::v1::GrantMembershipRequest grant;
  partners::v1::EndMembershipRequest end;
  grant.set_partnership_id("p1");
  end.set_partnership_id("p1");
  EXPECT_NE(Fingerprint(grant), Fingerprint(end));
}

TEST(Fingerprint, ADefaultIsLeftOutUnlessItsPresenceSaysSomething) {
  auto plain = Request();
  auto with_default = Request();
  with_default.set_kind("");
  EXPECT_EQ(Fingerprint(plain), Fingerprint(with_default));

  actions::v1::AddActionRequest none;
  actions::v1::AddActionRequest zero;
  zero.set_expected_revision(0);
  EXPECT_NE(Fingerprint(none), Fingerprint(zero));
}

TEST(Fingerprint, FieldsThatTheServerDoesNotKnowAreNotContent) {
  auto newer = Request();
  ASSERT_TRUE(newer.MergeFromString(std::string("\xF8\x7F\x01", 3)));  // field 2047, varint 1
  EXPECT_EQ(Fingerprint(Request()), Fingerprint(newer));
}

TEST(Fingerprint, TheCanonicalBytesAreThese) {
  partners::v1::ResolveOrganisationRequest request;
  request.set_name("ab");
  std::string expected = std::string("\x02\0\0\0\0\0\0\0\x23", 9);
  expected += "partners.ResolveOrganisationRequest";
  expected += std::string(
      "\0\0\0\0\0\0\0\x04"
      "name"
      "\x02\0\0\0\0\0\0\0\x02"
      "ab",
      23);
  EXPECT_EQ(CanonicalBytes(request), expected);
}

TEST(Fingerprint, NumbersAndNestedMessagesAreCovered) {
  measures::v1::SubmitObservationsRequest request;
  auto* row = request.add_rows();
  row->set_row(7);
  row->mutable_quantity()->set_value("5");
  const auto before = Fingerprint(request);
  row->mutable_quantity()->set_precision(types::v1::PRECISION_ABOUT);
  EXPECT_NE(before, Fingerprint(request));
  row->mutable_quantity()->clear_precision();
  EXPECT_EQ(before, Fingerprint(request));
  row->set_row(8);
  EXPECT_NE(before, Fingerprint(request));
}

// The names and values of a contract, not its numbers: an old request id keeps its answer when the
// wire is numbered anew. Computed from the description in the header by a program in another
// language; never change it.
TEST(Fingerprint, NeverChanges) {
  measures::v1::SubmitObservationsRequest request;
  request.mutable_head()->set_submission_id("s");
  auto* row = request.add_rows();
  row->set_row(7);
  row->mutable_quantity()->set_value("5");
  row->mutable_quantity()->set_precision(types::v1::PRECISION_ABOUT);
  EXPECT_EQ(eventstore::ToHex(Fingerprint(request)),
            "bd216e42b814feaf7ec035c2d706fb4b819d4eadbab456e85852df0a85fd25ba");
}

referrals::v1::SubmitReferralRequest Referral() {
  referrals::v1::SubmitReferralRequest request;
  request.mutable_referral()->set_service_id("refuge");
  request.mutable_referral()->set_received("2024-02-03");
  request.mutable_referral()->set_subject_ref("C200");
  request.mutable_referral()->set_age("34");
  return request;
}

TEST(Fingerprint, CoversNothingThatIsSealedButThatItWasGiven) {
  const auto before = ContentOf(Referral());
  auto other = Referral();
  other.mutable_referral()->set_age("43");
  other.mutable_referral()->set_received("2024-02-28");
  EXPECT_EQ(ContentOf(other).fingerprint, before.fingerprint);
  EXPECT_NE(ContentOf(other).sealed.Recorded(""), before.sealed.Recorded(""));
  other.mutable_referral()->set_received("2024-03-03");
  EXPECT_NE(ContentOf(other).fingerprint, before.fingerprint) << "the month stands in clear";
  other = Referral();
  other.mutable_referral()->clear_age();
  EXPECT_NE(ContentOf(other).fingerprint, before.fingerprint);
  other = Referral();
  other.mutable_referral()->set_service_id("hostel");
  EXPECT_NE(ContentOf(other).fingerprint, before.fingerprint);
  EXPECT_EQ(ContentOf(other).sealed.Recorded(""), before.sealed.Recorded(""));
}

TEST(Fingerprint, OfPublishedRecordsCoversTheirPlace) {
  incidents::v1::SubmitIncidentRequest request;
  request.set_dataset("police-uk-street");
  request.mutable_incident()->set_location("High Street");
  EXPECT_TRUE(ContentOf(request).sealed.empty());
  auto other = request;
  other.mutable_incident()->set_location("Low Street");
  EXPECT_NE(Fingerprint(request), Fingerprint(other));
  request.set_dataset("incidents");
  other.set_dataset("incidents");
  EXPECT_EQ(Fingerprint(request), Fingerprint(other));
  EXPECT_FALSE(ContentOf(request).sealed.empty());
}

TEST(Fingerprint, OfAFileCoversItsHashUnlessItHasSealedCells) {
  submissions::v1::OpenSubmissionRequest request;
  request.set_dataset("observations");
  request.set_sha256("00");
  auto other = request;
  other.set_sha256("01");
  EXPECT_NE(Fingerprint(request), Fingerprint(other));
  for (const char* dataset : {"referrals", "incidents", "updates", "breaches", "breach-steps"}) {
    request.set_dataset(dataset);
    other.set_dataset(dataset);
    EXPECT_EQ(Fingerprint(request), Fingerprint(other)) << dataset;
    EXPECT_TRUE(ContentOf(request).sealed.empty()) << "not even under keys";
    other.set_scope("another");
    EXPECT_FALSE(ContentOf(other).sealed.empty());
    other.clear_scope();
  }
}

TEST(SealedContent, OfRowsIsThatOfRecordedOnes) {
  referrals::v1::SubmitReferralsRequest request;
  for (const char* age : {"11", "22", "33", "44", ""}) request.add_rows()->set_age(age);
  const SealedContent sealed = ContentOf(request).sealed;
  EXPECT_TRUE(sealed.by_row);
  ASSERT_EQ(sealed.items.size(), 5U);
  types::v1::RowResults results;
  for (int i = 0; i < 5; ++i) {
    results.add_results()->set_outcome(types::v1::RowResult::OUTCOME_RECORDED);
  }
  results.mutable_results(1)->set_outcome(types::v1::RowResult::OUTCOME_REFUSED);
  results.mutable_results(2)->set_outcome(types::v1::RowResult::OUTCOME_UNCHANGED);
  results.mutable_results(3)->add_findings()->set_reason("PART_ERASED");
  const std::string recorded = sealed.Recorded(results.SerializeAsString());
  EXPECT_NE(recorded.find("11"), std::string::npos);
  for (const char* age : {"22", "33", "44"}) EXPECT_EQ(recorded.find(age), std::string::npos);
  EXPECT_EQ(sealed.Recorded(""), "") << "none was recorded";
}

}  // namespace
}  // namespace daybook::commands
