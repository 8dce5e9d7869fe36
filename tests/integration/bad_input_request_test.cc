// Requests as such: ids used again, messages over the limit.
#include <cstddef>
#include <string>
#include <thread>
#include <vector>

#include "eventstore/core/error.h"
#include "services/runtime/status_mapping.h"
#include "tests/integration/daybook_test.h"
#include "tests/integration/raw_call.h"
#include "tests/integration/samples.h"

namespace daybook::integration {
namespace {

using absl::StatusCode;
using BadRequests = DaybookTest;

constexpr std::size_t kMessageLimit = 4U << 20;

TEST_F(BadRequests, ARequestIdUsedForOtherContentIsRefused) {
  auto request = Organisation("first-council");
  const auto first = Accept(request);
  request.set_name("Quixotic Zebra");
  Refuse(request,
         {StatusCode::kAlreadyExists, "REQUEST_ID_REUSED", "request_id", "Quixotic Zebra"});
  request.set_name("Organisation first-council");
  const auto again = Accept(request);
  EXPECT_TRUE(again.receipt().duplicate());
  EXPECT_EQ(again.receipt().position(), first.receipt().position());
  EXPECT_EQ(again.receipt().record_time(), first.receipt().record_time());
}

TEST_F(BadRequests, ARequestIdUsedByAnotherCommandIsRefused) {
  const auto organisation = Organisation(kAgency);
  Accept(organisation);
  auto area = Area();
  area.mutable_head()->set_request_id(organisation.head().request_id());
  Refuse(area, {StatusCode::kAlreadyExists, "REQUEST_ID_REUSED", "request_id", ""});
}

TEST_F(BadRequests, ARequestIdIsUniqueWithinItsAgencyOnly) {
  auto request = Organisation("first-council");
  Accept(request);
  auto other = Organisation("second-council");
  other.mutable_head()->set_request_id(request.head().request_id());
  const auto answer = ClientOf("some-charity")->Call(other);
  ASSERT_TRUE(answer.ok()) << answer.status.error_message();
  EXPECT_FALSE(answer->receipt().duplicate());
}

TEST_F(BadRequests, ARequestIdIsStillKnownAfterARestart) {
  auto request = Organisation("first-council");
  const auto first = Accept(request);
  Restart();
  const auto again = Accept(request);
  EXPECT_TRUE(again.receipt().duplicate());
  EXPECT_EQ(again.receipt().position(), first.receipt().position());
  request.set_name("Quixotic Zebra");
  Refuse(request,
         {StatusCode::kAlreadyExists, "REQUEST_ID_REUSED", "request_id", "Quixotic Zebra"});
}

// A field that is longer than the message.
std::string NoMessage() { return "\x0A\x7F\xFF"; }

TEST_F(BadRequests, BytesThatAreNoMessageAreAnsweredWithReasonAndRemedy) {
  auto organisation = Organisation("first-council");
  organisation.set_name("Quixotic");
  std::string not_utf8 = organisation.SerializeAsString();
  not_utf8.replace(not_utf8.find("Quixotic"), 2, "\xFF\xFE");
  for (const std::string& bytes : {NoMessage(), not_utf8}) {
    const RawAnswer answer = RawUnary(
        client().channel(), "/daybook.partners.v1.PartnerService/RegisterOrganisation", bytes);
    const absl::Status status = runtime::FromGrpcStatus(answer.status);
    EXPECT_EQ(status.code(), StatusCode::kInvalidArgument);
    const auto detail = eventstore::GetErrorDetail(status);
    ASSERT_TRUE(detail);
    EXPECT_EQ(detail->reason, "INVALID_FIELD");
    EXPECT_FALSE(detail->remedy.empty());
  }
  // A method that streams its answers is told the same, and one that there is not stays unknown.
  const auto stream =
      RawUnary(client().channel(), "/daybook.eventlog.v1.EventLogService/ReadAll", NoMessage());
  EXPECT_EQ(stream.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  const auto none = RawUnary(client().channel(), "/daybook.partners.v1.PartnerService/Guess", "");
  EXPECT_EQ(none.status.error_code(), grpc::StatusCode::UNIMPLEMENTED);
}

TEST_F(BadRequests, ASessionWhoseOnlyMessageIsNoneEndsWithTheReason) {
  const RawAnswer answer =
      RawExchange(client().channel(), "/daybook.incidents.v1.IncidentService/SubmitIncidents",
                  NoMessage(), "a-force");
  EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(eventstore::ErrorReason(runtime::FromGrpcStatus(answer.status)), "INVALID_FIELD");
}

TEST_F(BadRequests, ARequestSentManyTimesAtOnceIsAcceptedOnce) {
  SeedPlan();
  constexpr std::size_t kCallers = 8;
  const auto request = Action("a2");
  const auto size = Size();
  std::vector<actions::v1::AddActionResponse> answers(kCallers);
  {
    std::vector<std::jthread> callers;
    for (auto& answer : answers) {
      callers.emplace_back([this, &request, &answer] { answer = Accept(request); });
    }
  }
  std::size_t first = 0;
  for (const auto& answer : answers) {
    EXPECT_EQ(answer.receipt().position(), size);
    EXPECT_EQ(answer.revision(), answers.front().revision());
    if (!answer.receipt().duplicate()) ++first;
  }
  EXPECT_EQ(first, 1U);
  EXPECT_EQ(Size(), size + 1);
}

TEST_F(BadRequests, ARequestIdReusedInASessionFailsThatMessageOnly) {
  SeedPartners();
  auto session = client().Incidents();
  auto message = IncidentMessage(1, 2);
  EXPECT_EQ(session.Exchange(message).results_size(), 2);
  const auto before = Head();
  message.mutable_rows(0)->set_source_key("Quixotic-Zebra");
  const auto reused = session.Exchange(message);
  ASSERT_TRUE(reused.has_error());
  ExpectRefusal(RefusalOf(reused.error()),
                {StatusCode::kAlreadyExists, "REQUEST_ID_REUSED", "", "Quixotic-Zebra"});
  ExpectUnharmed(before);
  EXPECT_EQ(session.Exchange(IncidentMessage(3, 2)).results_size(), 2);
}

TEST_F(BadRequests, AnOversizedMessageIsRefusedWithTheLimit) {
  auto request = Organisation("first-council");
  request.set_name("Quixotic Zebra" + std::string(kMessageLimit, 'x'));
  Refuse(request, {StatusCode::kInvalidArgument, "TOO_LARGE", "request", "Quixotic"});
}

TEST_F(BadRequests, AnOversizedMessageOfASessionFailsThatMessageOnly) {
  SeedPartners();
  auto session = client().Referrals();
  const auto before = Head();
  auto message = ReferralMessage();
  *message.add_rows() = Referral(1, "r-1");
  message.mutable_rows(0)->set_subject_ref("person-1");
  message.mutable_rows(0)->set_note(std::string(kMessageLimit + 1, 'x'));
  const auto answer = session.Exchange(message);
  ASSERT_TRUE(answer.has_error());
  ExpectRefusal(RefusalOf(answer.error()), {StatusCode::kInvalidArgument, "TOO_LARGE", "", "xxx"});
  ExpectUnharmed(before);
  auto good = ReferralMessage();
  *good.add_rows() = Referral(1, "r-1");
  EXPECT_EQ(session.Exchange(good).results_size(), 1);
}

// A protobuf string must be UTF-8. gRPC refuses the bytes before any code of ours sees a message,
// so there is no reason in the error; nothing may come of the call.
TEST_F(BadRequests, TextThatIsNotUtf8IsRefused) {
  const auto before = Head();
  auto request = Organisation("first-council");
  request.set_name("Quixotic \xff\xfe Zebra");
  const auto answer = client().Call(request);
  EXPECT_FALSE(answer.ok());
  EXPECT_EQ(answer.status.error_message().find("Quixotic"), std::string::npos);
  ExpectUnharmed(before);
}

// The same in a session: it must not end as if everything had been answered.
TEST_F(BadRequests, TextThatIsNotUtf8EndsASessionWithAReason) {
  SeedPartners();
  auto session = client().Incidents();
  EXPECT_EQ(session.Exchange(IncidentMessage(1, 2)).results_size(), 2);
  const auto before = Head();
  auto message = IncidentMessage(3, 2);
  message.mutable_rows(1)->set_district("Quixotic \xff\xfe Zebra");
  EXPECT_EQ(session.Exchange(message).results_size(), 0);
  session.WritesDone();
  ExpectRefusal(RefusalOf(session.Finish()),
                {StatusCode::kInvalidArgument, "INVALID_FIELD", "rows", "Quixotic"});
  ExpectUnharmed(before);
}

// No server reads a message of any size to be polite: past four times the limit gRPC itself cuts
// the call, and the next one is served.
TEST_F(BadRequests, AMessageFarOverTheLimitIsCutOff) {
  const auto before = Head();
  auto request = Organisation("first-council");
  request.set_name(std::string(5 * kMessageLimit, 'x'));
  EXPECT_EQ(client().Call(request).status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  ExpectUnharmed(before);
}

// Nine hundred kilobytes of notes, each within its own limit, in one message: 60 rows of 15 KiB.
TEST_F(BadRequests, AMessageWithinTheLimitAndOfManyLargeRowsIsTaken) {
  SeedPartners();
  auto message = ReferralMessage();
  for (std::uint32_t row = 1; row <= 60; ++row) {
    *message.add_rows() = Referral(row, "r-" + std::to_string(row));
    message.mutable_rows()->rbegin()->set_subject_ref("person-1");
    message.mutable_rows()->rbegin()->set_note(std::string(15U << 10, 'x'));
  }
  auto session = client().Referrals();
  const auto answer = session.Exchange(message);
  EXPECT_FALSE(answer.has_error()) << answer.error().message();
  EXPECT_EQ(answer.results_size(), 60);
}

}  // namespace
}  // namespace daybook::integration
