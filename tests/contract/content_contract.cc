// What goes in comes out: metadata, payloads, sealed parts; and again after reopening.
#include <string>
#include <vector>

#include "eventstore/core/error.h"
#include "eventstore/core/limits.h"
#include "eventstore/merkle/hash.h"
#include "tests/contract/event_store_contract.h"

namespace daybook::eventstore {
namespace {

using ::daybook::testing::HasReason;
using ::testing::SizeIs;

std::string AllBytes() {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) {
    bytes.push_back(static_cast<char>(byte));
  }
  return bytes;
}

TEST_P(EventStoreContract, TheMetadataOfARequestStandsInEachOfItsEvents) {
  AppendRequest request = Request("a", 2);
  request.agency = "probation";
  request.actor = "case-system";
  request.correlation_id = "correlation-1";
  request.causation_id = "causation-1";
  Append(request);
  const std::vector<RecordedEvent> events = ReadStream("a");
  ASSERT_THAT(events, SizeIs(2));
  for (const RecordedEvent& event : events) {
    EXPECT_EQ(event.agency, "probation");
    EXPECT_EQ(event.actor, "case-system");
    EXPECT_EQ(event.request_id, request.request_id);
    EXPECT_EQ(event.correlation_id, "correlation-1");
    EXPECT_EQ(event.causation_id, "causation-1");
    EXPECT_EQ(event.stream, "a");
  }
}

TEST_P(EventStoreContract, EveryFieldOfAnEventIsKept) {
  NewEvent event = Event("scrutiny.FigurePublished");
  event.schema_version = 4'000'000'000U;
  event.effective = {.start = {17'257}, .end = {17'348}};
  event.known = {.precision = KnownPrecision::kDay, .day = {17'400}};
  event.marking = "OFFICIAL-SENSITIVE";
  event.basis = "s115";
  event.agreement = "agreement-7";
  event.retention_rule = "rule-2";
  Append(Request({{"a", ExpectedRevision::Any(), {event}}}));
  EXPECT_EQ(ReadStream("a").front().event, event);
  EXPECT_EQ(ReadAll().front().event, event);
}

TEST_P(EventStoreContract, OptionalFieldsMayBeEmpty) {
  AppendRequest request = Request("a");
  request.actor.clear();
  request.answer.clear();
  request.writes[0].events[0].payload.clear();
  EXPECT_EQ(Append(request).answer, "");
  const RecordedEvent event = ReadStream("a").front();
  EXPECT_EQ(event.actor, "");
  EXPECT_EQ(event.correlation_id, "");
  EXPECT_EQ(event.event.payload, "");
  EXPECT_EQ(event.event.marking, "");
}

TEST_P(EventStoreContract, APayloadMayHoldAnyBytes) {
  Append(Request({{"a", ExpectedRevision::Any(), {Event("x.Y", AllBytes())}}}));
  EXPECT_EQ(ReadStream("a").front().event.payload, AllBytes());
}

TEST_P(EventStoreContract, APayloadMayBeAsLongAsTheLimit) {
  const std::string payload(limits::kEventBytesMax, 'p');
  Append(Request({{"a", ExpectedRevision::Any(), {Event("x.Y", payload), Event("x.Y", "short")}}}));
  const std::vector<RecordedEvent> events = ReadStream("a");
  EXPECT_TRUE(events[0].event.payload == payload);
  EXPECT_EQ(events[1].event.payload, "short");
}

TEST_P(EventStoreContract, ARequestMayBeAsLargeAsTheLimit) {
  std::vector<NewEvent> events;
  for (std::size_t i = 0; i < limits::kRequestBytesMax / limits::kEventBytesMax; ++i) {
    events.push_back(Event("x.Y", std::string(limits::kEventBytesMax, static_cast<char>('a' + i))));
  }
  AppendRequest request = Request({{"a", ExpectedRevision::Any(), events}});
  request.answer = std::string(limits::kAnswerBytesMax, 'z');
  EXPECT_EQ(Append(request).answer.size(), limits::kAnswerBytesMax);
  const std::vector<RecordedEvent> read = ReadStream("a");
  ASSERT_EQ(read.size(), events.size());
  for (std::size_t i = 0; i < read.size(); ++i) {
    EXPECT_TRUE(read[i].event.payload == events[i].payload);
  }
}

TEST_P(EventStoreContract, NamesMayBeUtf8) {
  const std::string stream = "mu\u0308nchen-\u00e9\u6771\U0001F600";
  Append(stream);
  EXPECT_THAT(ReadStream(stream), SizeIs(1));
  EXPECT_EQ(ReadAll().front().stream, stream);
}

TEST_P(EventStoreContract, SealedPartsComeBackInOrderWithTheHashOfTheirCiphertext) {
  NewEvent event = Event();
  event.parts = {Part("narrative", AllBytes()), Part("age", "xyz"), Part("place", "0")};
  event.parts[1].key_id = "key-2";
  event.parts[1].nonce = std::string(24, '\0');
  Append(Request({{"a", ExpectedRevision::Any(), {event, Event()}}}));

  const std::vector<RecordedEvent> events = ReadStream("a");
  ASSERT_THAT(events, SizeIs(2));
  EXPECT_THAT(events[1].event.parts, SizeIs(0));
  for (SealedPart& part : event.parts) {
    part.ciphertext_hash = merkle::Sha256(part.ciphertext);
  }
  EXPECT_EQ(events[0].event.parts, event.parts);
}

TEST_P(EventStoreContract, TheHashOfASealedPartIsTheStoresOwn) {
  NewEvent event = Event();
  event.parts = {Part("narrative", "ciphertext")};
  event.parts[0].ciphertext_hash.fill(7);
  Append(Request({{"a", ExpectedRevision::Any(), {event}}}));
  EXPECT_EQ(ReadStream("a").front().event.parts[0].ciphertext_hash, merkle::Sha256("ciphertext"));
}

TEST_P(EventStoreContract, ReopeningKeepsEveryEventByteForByte) {
  NewEvent event = Event("x.Y", AllBytes());
  event.parts = {Part("narrative", AllBytes())};
  Append(Request({{"a", ExpectedRevision::Any(), {event, Event()}},
                  {"b", ExpectedRevision::NoStream(), Events(1)}}));
  Append("a", 3);
  const std::vector<RecordedEvent> before = ReadAll();
  Reopen();
  EXPECT_EQ(ReadAll(), before);
  EXPECT_THAT(ReadStream("a"), SizeIs(5));
  EXPECT_THAT(ReadStream("b"), SizeIs(1));
}

TEST_P(EventStoreContract, ReopeningKeepsTheHead) {
  Append("a", 3);
  const Checkpoint before = store().Head();
  Reopen();
  EXPECT_EQ(store().Head(), before);
  EXPECT_OK(CheckCheckpoint(store(), before));
}

TEST_P(EventStoreContract, ReopeningAnEmptyStoreKeepsItsIdentity) {
  const Checkpoint before = store().Head();
  Reopen();
  EXPECT_EQ(store().Head(), before);
}

TEST_P(EventStoreContract, ReopeningKeepsAcceptedRequests) {
  AppendRequest request = Request("a", 2);
  AppendResult first = Append(request);
  Reopen();
  first.duplicate = true;
  EXPECT_EQ(Append(request), first);
  request.fingerprint = merkle::Sha256("other content");
  EXPECT_THAT(store().Append(request), HasReason(reason::kRequestIdReused));
}

TEST_P(EventStoreContract, WritingGoesOnAfterReopening) {
  Append("a", 2);
  Reopen();
  EXPECT_THAT(store().Append(Request("a", 1, ExpectedRevision::NoStream())),
              HasReason(reason::kRevisionConflict));
  const AppendResult result = Append("a", 1, ExpectedRevision::Exactly({1}));
  EXPECT_EQ(result.first, Position{2});
  Reopen();
  EXPECT_THAT(ReadStream("a"), SizeIs(3));
}

TEST_P(EventStoreContract, TwoStoresHaveDifferentIdentities) {
  const auto other = CreateAnother();
  const LogIdentity one = store().Head().log;
  EXPECT_NE(one.log_id, other->store().Head().log.log_id);
  EXPECT_EQ(one.log_id.size(), 32U);
  EXPECT_EQ(one.log_id.find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_EQ(one.incarnation, 1U);
}

}  // namespace
}  // namespace daybook::eventstore
