#include "services/commands/fingerprint.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "daybook/actions/v1/actions_service.pb.h"
#include "daybook/measures/v1/measures_service.pb.h"
#include "daybook/partners/v1/partners_service.pb.h"

namespace daybook::commands {
namespace {

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
  std::string expected = std::string("\0\0\0\0\0\0\0\x2E", 8);
  expected += "daybook.partners.v1.ResolveOrganisationRequest";
  expected += std::string(
      "\0\0\0\0\0\0\0\x01\x02\0\0\0\0\0\0\0\x02"
      "ab",
      19);
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

}  // namespace
}  // namespace daybook::commands
