// Appending: positions, revisions, expected revisions, several streams at once.
#include <string>
#include <vector>

#include "eventstore/core/error.h"
#include "eventstore/core/limits.h"
#include "tests/contract/event_store_contract.h"

namespace daybook::eventstore {
namespace {

using ::daybook::testing::HasCode;
using ::daybook::testing::HasReason;
using ::daybook::testing::IsOkAndHolds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

TEST_P(EventStoreContract, AnEmptyStoreHasNoEventsAndNoStreams) {
  EXPECT_EQ(Size(), 0U);
  EXPECT_THAT(ReadAll(), IsEmpty());
  EXPECT_THAT(ReadAll({.direction = Direction::kBackward}), IsEmpty());
  EXPECT_THAT(ReadStream("incident-1"), IsEmpty());
  EXPECT_THAT(store().StreamEventCount("incident-1"), IsOkAndHolds(0U));
  EXPECT_OK(store().Health());
}

TEST_P(EventStoreContract, TheFirstEventHasPositionAndRevisionZero) {
  const AppendResult result = Append("incident-1");
  EXPECT_EQ(result.first, Position{0});
  EXPECT_EQ(result.last, Position{0});
  EXPECT_THAT(result.streams, ElementsAre(StreamHead{"incident-1", {0}}));
  EXPECT_FALSE(result.duplicate);
  EXPECT_EQ(result.record_time, clock_.Now());
}

TEST_P(EventStoreContract, TheAnswerIsHandedBack) {
  AppendRequest request = Request("incident-1");
  request.answer = std::string("an\0swer", 7);
  EXPECT_EQ(Append(request).answer, std::string("an\0swer", 7));
}

TEST_P(EventStoreContract, EventsOfARequestFollowEachOther) {
  Append("incident-1", 2);
  const AppendResult result = Append("incident-1", 3);
  EXPECT_EQ(result.first, Position{2});
  EXPECT_EQ(result.last, Position{4});
  EXPECT_THAT(result.streams, ElementsAre(StreamHead{"incident-1", {4}}));
  EXPECT_THAT(PositionsOf(ReadAll()), ElementsAre(0, 1, 2, 3, 4));
  EXPECT_THAT(RevisionsOf(ReadStream("incident-1")), ElementsAre(0, 1, 2, 3, 4));
}

TEST_P(EventStoreContract, RevisionsCountPerStream) {
  Append("incident-1");
  Append("incident-2");
  EXPECT_THAT(Append("incident-1").streams, ElementsAre(StreamHead{"incident-1", {1}}));
  EXPECT_THAT(store().StreamEventCount("incident-1"), IsOkAndHolds(2U));
  EXPECT_THAT(store().StreamEventCount("incident-2"), IsOkAndHolds(1U));
}

TEST_P(EventStoreContract, OneRequestMayWriteToSeveralStreams) {
  Append("incident-2");
  const AppendResult result =
      Append(Request({{"incident-1", ExpectedRevision::NoStream(), Events(2)},
                      {"incident-2", ExpectedRevision::Exactly({0}), Events(1)}}));
  EXPECT_EQ(result.first, Position{1});
  EXPECT_EQ(result.last, Position{3});
  EXPECT_THAT(result.streams,
              ElementsAre(StreamHead{"incident-1", {1}}, StreamHead{"incident-2", {1}}));
  EXPECT_THAT(PositionsOf(ReadStream("incident-1")), ElementsAre(1, 2));
  EXPECT_THAT(PositionsOf(ReadStream("incident-2")), ElementsAre(0, 3));
}

TEST_P(EventStoreContract, AnyTakesANewAndAnExistingStream) {
  Append("incident-1", 1, ExpectedRevision::Any());
  Append("incident-1", 1, ExpectedRevision::Any());
  EXPECT_EQ(Size(), 2U);
}

TEST_P(EventStoreContract, NoStreamTakesOnlyANewStream) {
  Append("incident-1", 1, ExpectedRevision::NoStream());
  const auto result = store().Append(Request("incident-1", 1, ExpectedRevision::NoStream()));
  EXPECT_THAT(result, HasCode(absl::StatusCode::kAborted));
  EXPECT_THAT(result, HasReason(reason::kRevisionConflict));
  EXPECT_EQ(Size(), 1U);
}

TEST_P(EventStoreContract, StreamExistsTakesOnlyAnExistingStream) {
  EXPECT_THAT(store().Append(Request("incident-1", 1, ExpectedRevision::StreamExists())),
              HasReason(reason::kRevisionConflict));
  Append("incident-1");
  Append("incident-1", 1, ExpectedRevision::StreamExists());
  EXPECT_EQ(Size(), 2U);
}

TEST_P(EventStoreContract, ExactlyTakesOnlyThatRevision) {
  EXPECT_THAT(store().Append(Request("incident-1", 1, ExpectedRevision::Exactly({0}))),
              HasReason(reason::kRevisionConflict));
  Append("incident-1", 2);
  EXPECT_THAT(store().Append(Request("incident-1", 1, ExpectedRevision::Exactly({0}))),
              HasReason(reason::kRevisionConflict));
  EXPECT_THAT(store().Append(Request("incident-1", 1, ExpectedRevision::Exactly({2}))),
              HasReason(reason::kRevisionConflict));
  Append("incident-1", 1, ExpectedRevision::Exactly({1}));
  EXPECT_EQ(Size(), 3U);
}

TEST_P(EventStoreContract, AConflictNamesStreamExpectedAndActualRevision) {
  Append("incident-1", 3);
  const auto result = store().Append(Request("incident-1", 1, ExpectedRevision::Exactly({1})));
  const auto detail = GetErrorDetail(result.status());
  ASSERT_TRUE(detail.has_value());
  EXPECT_THAT(detail->metadata, UnorderedElementsAre(Pair("stream", "incident-1"),
                                                     Pair("expected", "1"), Pair("actual", "2")));
  EXPECT_FALSE(detail->remedy.empty());
}

TEST_P(EventStoreContract, AConflictNamesEveryFailingStream) {
  Append("incident-2");
  const auto result =
      store().Append(Request({{"incident-1", ExpectedRevision::StreamExists(), Events(1)},
                              {"incident-2", ExpectedRevision::Exactly({0}), Events(1)},
                              {"incident-3", ExpectedRevision::Exactly({7}), Events(1)}}));
  const auto detail = GetErrorDetail(result.status());
  ASSERT_TRUE(detail.has_value());
  ASSERT_EQ(detail->fields.size(), 2U);
  EXPECT_EQ(detail->fields[0].field, "writes[0].expected");
  EXPECT_EQ(detail->fields[1].field, "writes[2].expected");
  EXPECT_THAT(detail->metadata,
              UnorderedElementsAre(Pair("stream", "incident-1"), Pair("expected", "stream_exists"),
                                   Pair("actual", "no_stream"), Pair("stream_1", "incident-3"),
                                   Pair("expected_1", "7"), Pair("actual_1", "no_stream")));
}

TEST_P(EventStoreContract, AConflictOnOneStreamWritesToNone) {
  Append("incident-2");
  const auto result =
      store().Append(Request({{"incident-1", ExpectedRevision::NoStream(), Events(2)},
                              {"incident-2", ExpectedRevision::NoStream(), Events(1)}}));
  EXPECT_THAT(result, HasReason(reason::kRevisionConflict));
  EXPECT_EQ(Size(), 1U);
  EXPECT_THAT(ReadStream("incident-1"), IsEmpty());
  EXPECT_THAT(store().StreamEventCount("incident-1"), IsOkAndHolds(0U));
}

TEST_P(EventStoreContract, AWriteWithoutEventsOnlyChecks) {
  Append("plan-1", 2);
  const AppendResult result =
      Append(Request({{"plan-1", ExpectedRevision::Exactly({1}), {}},
                      {"plan-2", ExpectedRevision::NoStream(), {}},
                      {"action-1", ExpectedRevision::NoStream(), Events(1)}}));
  EXPECT_THAT(result.streams, ElementsAre(StreamHead{"action-1", {0}}));
  EXPECT_THAT(store().StreamEventCount("plan-1"), IsOkAndHolds(2U));
  EXPECT_THAT(store().StreamEventCount("plan-2"), IsOkAndHolds(0U));
}

TEST_P(EventStoreContract, AFailingCheckWithoutEventsRefusesTheRequest) {
  Append("plan-1", 2);
  EXPECT_THAT(store().Append(Request({{"plan-1", ExpectedRevision::Exactly({0}), {}},
                                      {"action-1", ExpectedRevision::NoStream(), Events(1)}})),
              HasReason(reason::kRevisionConflict));
  EXPECT_EQ(Size(), 2U);
}

TEST_P(EventStoreContract, ARefusedRequestUsesNoPosition) {
  Append("incident-1");
  EXPECT_FALSE(store().Append(Request("incident-1", 5, ExpectedRevision::NoStream())).ok());
  EXPECT_EQ(Append("incident-1").first, Position{1});
}

TEST_P(EventStoreContract, AStreamNameMayBeAPrefixOfAnother) {
  Append("incident-1", 1);
  Append("incident-10", 2);
  Append("incident", 3);
  EXPECT_THAT(RevisionsOf(ReadStream("incident-1")), ElementsAre(0));
  EXPECT_THAT(RevisionsOf(ReadStream("incident-10")), ElementsAre(0, 1));
  EXPECT_THAT(RevisionsOf(ReadStream("incident")), ElementsAre(0, 1, 2));
}

TEST_P(EventStoreContract, ARequestMayHoldAsManyEventsAsTheLimit) {
  const AppendResult result = Append("incident-1", limits::kEventsPerRequestMax);
  EXPECT_EQ(result.last, Position{limits::kEventsPerRequestMax - 1});
  EXPECT_EQ(ReadStream("incident-1").size(), limits::kEventsPerRequestMax);
}

}  // namespace
}  // namespace daybook::eventstore
