// Blind retries: a request id gives one answer, for ever.
#include <optional>
#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/merkle/hash.h"
#include "tests/contract/event_store_contract.h"

namespace daybook::eventstore {
namespace {

using ::daybook::testing::HasCode;
using ::daybook::testing::HasReason;
using ::daybook::testing::HasReasonAndField;
using ::daybook::testing::IsOkAndHolds;
using ::testing::Eq;

AppendResult AsDuplicate(AppendResult result) {
  result.duplicate = true;
  return result;
}

TEST_P(EventStoreContract, TheSameRequestGetsTheSameAnswerAgain) {
  const AppendRequest request = Request({{"incident-1", ExpectedRevision::NoStream(), Events(2)},
                                         {"incident-2", ExpectedRevision::Any(), Events(1)}});
  const AppendResult first = Append(request);
  Append("incident-1", 3);
  clock_.Advance(::daybook::testing::FakeClock::kHour);
  EXPECT_EQ(Append(request), AsDuplicate(first));
  EXPECT_EQ(Size(), 6U);
}

TEST_P(EventStoreContract, TheFirstAnswerCountsWhateverTheRetryWouldAnswer) {
  AppendRequest request = Request("incident-1");
  const AppendResult first = Append(request);
  request.answer = "another answer";
  EXPECT_EQ(Append(request), AsDuplicate(first));
}

TEST_P(EventStoreContract, ADuplicateIsHandedTheDigestOfWhatTheFirstRequestSealed) {
  AppendRequest request = Request("incident-1");
  request.sealed_digest = std::string(32, '\x7f');
  const AppendResult first = Append(request);
  const std::string sealed = request.sealed_digest;
  request.sealed_digest = std::string(32, '\x01');
  EXPECT_EQ(Append(request), AsDuplicate(first));
  Reopen();
  const auto found = store().FindRequest(request.agency, request.request_id, request.fingerprint);
  ASSERT_OK(found);
  ASSERT_TRUE(found->has_value());
  EXPECT_EQ((*found)->sealed_digest, sealed);
}

TEST_P(EventStoreContract, ADigestOfAnotherLengthIsRefused) {
  AppendRequest request = Request("incident-1");
  request.sealed_digest = "short";
  EXPECT_THAT(store().Append(request), HasCode(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(Size(), 0U);
}

TEST_P(EventStoreContract, ARetryIsAnsweredThoughItsExpectedRevisionNoLongerHolds) {
  const AppendRequest request = Request("incident-1", 1, ExpectedRevision::NoStream());
  const AppendResult first = Append(request);
  EXPECT_EQ(Append(request), AsDuplicate(first));
}

TEST_P(EventStoreContract, ARequestIdWithAnotherFingerprintIsRefused) {
  AppendRequest request = Request("incident-1");
  Append(request);
  request.fingerprint = merkle::Sha256("other content");
  const auto result = store().Append(request);
  EXPECT_THAT(result, HasCode(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(result, HasReasonAndField(reason::kRequestIdReused, "request_id"));
  EXPECT_EQ(Size(), 1U);
}

TEST_P(EventStoreContract, ARequestIdWithAnotherFingerprintIsRefusedBeforeItsRevisionsAreLookedAt) {
  AppendRequest request = Request("incident-1", 1, ExpectedRevision::NoStream());
  Append(request);
  request.fingerprint = merkle::Sha256("other content");
  EXPECT_THAT(store().Append(request), HasReason(reason::kRequestIdReused));
}

TEST_P(EventStoreContract, EachAgencyHasRequestIdsOfItsOwn) {
  AppendRequest request = Request("incident-1");
  Append(request);
  request.agency = "probation";
  request.fingerprint = merkle::Sha256("other content");
  const AppendResult result = Append(request);
  EXPECT_FALSE(result.duplicate);
  EXPECT_EQ(result.first, Position{1});
}

TEST_P(EventStoreContract, AgencyAndRequestIdAreNotRunTogether) {
  AppendRequest request = Request("incident-1");
  request.agency = "a";
  request.request_id = "bc";
  Append(request);
  request.agency = "ab";
  request.request_id = "c";
  EXPECT_FALSE(Append(request).duplicate);
}

TEST_P(EventStoreContract, ARefusalIsNotRemembered) {
  const AppendRequest request = Request("incident-1", 1, ExpectedRevision::Exactly({0}));
  EXPECT_THAT(store().Append(request), HasReason(reason::kRevisionConflict));
  EXPECT_THAT(store().FindRequest(request.agency, request.request_id, request.fingerprint),
              IsOkAndHolds(Eq(std::nullopt)));
  Append("incident-1");
  EXPECT_FALSE(Append(request).duplicate);
  EXPECT_EQ(Size(), 2U);
}

TEST_P(EventStoreContract, ARefusedRequestIdMayComeBackWithOtherContent) {
  AppendRequest request = Request("incident-1", 1, ExpectedRevision::StreamExists());
  EXPECT_THAT(store().Append(request), HasReason(reason::kRevisionConflict));
  request.writes[0].expected = ExpectedRevision::NoStream();
  request.fingerprint = merkle::Sha256("other content");
  EXPECT_FALSE(Append(request).duplicate);
}

TEST_P(EventStoreContract, FindRequestKnowsNoRequestThatWasNeverAccepted) {
  EXPECT_THAT(store().FindRequest("council", "never sent", Hash{}), IsOkAndHolds(Eq(std::nullopt)));
}

TEST_P(EventStoreContract, FindRequestGivesTheAnswerOfAnAcceptedRequest) {
  const AppendRequest request = Request("incident-1", 2);
  const AppendResult first = Append(request);
  EXPECT_THAT(store().FindRequest(request.agency, request.request_id, request.fingerprint),
              IsOkAndHolds(std::optional<AppendResult>(AsDuplicate(first))));
}

TEST_P(EventStoreContract, FindRequestRefusesAnotherFingerprint) {
  const AppendRequest request = Request("incident-1");
  Append(request);
  EXPECT_THAT(store().FindRequest(request.agency, request.request_id, merkle::Sha256("other")),
              HasReason(reason::kRequestIdReused));
}

}  // namespace
}  // namespace daybook::eventstore
