// Reading streams and the whole log.
#include <algorithm>
#include <string>
#include <vector>

#include "eventstore/core/error.h"
#include "tests/contract/event_store_contract.h"

namespace daybook::eventstore {
namespace {

using ::daybook::testing::IsOkAndHolds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_P(EventStoreContract, AStreamReadsForwardFromARevision) {
  Append("a", 3);
  Append("b", 1);
  Append("a", 2);
  EXPECT_THAT(RevisionsOf(ReadStream("a", 2)), ElementsAre(2, 3, 4));
  EXPECT_THAT(PositionsOf(ReadStream("a", 2)), ElementsAre(2, 4, 5));
}

TEST_P(EventStoreContract, AStreamReadsForwardUpToALimit) {
  Append("a", 5);
  EXPECT_THAT(RevisionsOf(ReadStream("a", 1, Direction::kForward, 2)), ElementsAre(1, 2));
  EXPECT_THAT(ReadStream("a", 0, Direction::kForward, 0), IsEmpty());
}

TEST_P(EventStoreContract, AStreamReadsBackwardFromItsEnd) {
  Append("a", 4);
  EXPECT_THAT(RevisionsOf(ReadStream("a", UINT64_MAX, Direction::kBackward)),
              ElementsAre(3, 2, 1, 0));
  EXPECT_THAT(RevisionsOf(ReadStream("a", UINT64_MAX, Direction::kBackward, 1)), ElementsAre(3));
}

TEST_P(EventStoreContract, AStreamReadsBackwardFromARevision) {
  Append("a", 4);
  EXPECT_THAT(RevisionsOf(ReadStream("a", 2, Direction::kBackward)), ElementsAre(2, 1, 0));
  EXPECT_THAT(RevisionsOf(ReadStream("a", 0, Direction::kBackward)), ElementsAre(0));
}

TEST_P(EventStoreContract, AStreamHasNothingBeyondItsEnd) {
  Append("a", 2);
  EXPECT_THAT(ReadStream("a", 2), IsEmpty());
  EXPECT_THAT(ReadStream("a", UINT64_MAX), IsEmpty());
}

TEST_P(EventStoreContract, AStreamThatDoesNotExistReadsAsNothing) {
  Append("a");
  EXPECT_THAT(ReadStream("b"), IsEmpty());
  EXPECT_THAT(ReadStream("b", UINT64_MAX, Direction::kBackward), IsEmpty());
  EXPECT_THAT(ReadStream(""), IsEmpty());
}

TEST_P(EventStoreContract, TheLogReadsForwardFromAPosition) {
  Append("a", 2);
  Append("b", 2);
  EXPECT_THAT(PositionsOf(ReadAll({.from = Position{1}})), ElementsAre(1, 2, 3));
  EXPECT_THAT(ReadAll({.from = Position{4}}), IsEmpty());
  EXPECT_THAT(ReadAll({.from = Position{UINT64_MAX}}), IsEmpty());
}

TEST_P(EventStoreContract, TheLogReadsBackwardFromItsHead) {
  Append("a", 2);
  Append("b", 1);
  EXPECT_THAT(PositionsOf(ReadAll({.direction = Direction::kBackward})), ElementsAre(2, 1, 0));
}

TEST_P(EventStoreContract, TheLogReadsBackwardFromAPosition) {
  Append("a", 4);
  EXPECT_THAT(PositionsOf(ReadAll({.from = Position{1}, .direction = Direction::kBackward})),
              ElementsAre(1, 0));
  EXPECT_THAT(PositionsOf(ReadAll({.from = Position{0}, .direction = Direction::kBackward})),
              ElementsAre(0));
}

TEST_P(EventStoreContract, TheLogReadsBackwardFromBeyondItsHeadAsFromItsHead) {
  Append("a", 2);
  EXPECT_THAT(PositionsOf(ReadAll({.from = Position{99}, .direction = Direction::kBackward})),
              ElementsAre(1, 0));
}

TEST_P(EventStoreContract, TheLogReadsUpToALimit) {
  Append("a", 5);
  EXPECT_THAT(PositionsOf(ReadAll({.limit = 2})), ElementsAre(0, 1));
  EXPECT_THAT(PositionsOf(ReadAll({.direction = Direction::kBackward, .limit = 2})),
              ElementsAre(4, 3));
  EXPECT_THAT(ReadAll({.limit = 0}), IsEmpty());
}

// Types of three contexts, one a prefix of another, in the order of their positions.
std::vector<std::string> MixedTypes() {
  return {"incidents.IncidentRecorded", "actions.ActionAdded", "incidents.IncidentVoided",
          "actions.ProgressReported",   "referrals.Referred",  "incidents.IncidentRecorded",
          "incident.IncidentRecorded"};
}

TEST_P(EventStoreContract, AFilterTakesTheNamedTypes) {
  for (const std::string& type : MixedTypes()) {
    Append(Request({{"s", ExpectedRevision::Any(), {Event(type)}}}));
  }
  ReadAllOptions options;
  options.filter.types = {"incidents.IncidentRecorded", "actions.ActionAdded"};
  EXPECT_THAT(PositionsOf(ReadAll(options)), ElementsAre(0, 1, 5));
  options.direction = Direction::kBackward;
  EXPECT_THAT(PositionsOf(ReadAll(options)), ElementsAre(5, 1, 0));
}

TEST_P(EventStoreContract, AFilterTakesTheNamedContextsAndNoOtherOfTheSameBeginning) {
  for (const std::string& type : MixedTypes()) {
    Append(Request({{"s", ExpectedRevision::Any(), {Event(type)}}}));
  }
  ReadAllOptions options;
  options.filter.contexts = {"incident"};
  EXPECT_THAT(PositionsOf(ReadAll(options)), ElementsAre(6));
  options.filter.contexts = {"incidents", "referrals"};
  EXPECT_THAT(PositionsOf(ReadAll(options)), ElementsAre(0, 2, 4, 5));
}

TEST_P(EventStoreContract, AFilterOfTypesAndContextsTakesEither) {
  for (const std::string& type : MixedTypes()) {
    Append(Request({{"s", ExpectedRevision::Any(), {Event(type)}}}));
  }
  ReadAllOptions options;
  options.filter.types = {"referrals.Referred", "incidents.IncidentVoided"};
  options.filter.contexts = {"incidents"};
  EXPECT_THAT(PositionsOf(ReadAll(options)), ElementsAre(0, 2, 4, 5));
}

TEST_P(EventStoreContract, AFilterThatNothingPassesGivesNothing) {
  Append("s", 3);
  ReadAllOptions options;
  options.filter.types = {"incidents.NeverHeardOf"};
  EXPECT_THAT(ReadAll(options), IsEmpty());
  options.direction = Direction::kBackward;
  EXPECT_THAT(ReadAll(options), IsEmpty());
}

TEST_P(EventStoreContract, TheLimitOfAFilteredReadCountsWhatIsDelivered) {
  for (const std::string& type : MixedTypes()) {
    Append(Request({{"s", ExpectedRevision::Any(), {Event(type)}}}));
  }
  ReadAllOptions options;
  options.from = Position{1};
  options.filter.contexts = {"incidents"};
  options.limit = 2;
  EXPECT_THAT(PositionsOf(ReadAll(options)), ElementsAre(2, 5));
  options.from = Position{4};
  options.direction = Direction::kBackward;
  EXPECT_THAT(PositionsOf(ReadAll(options)), ElementsAre(2, 0));
}

TEST_P(EventStoreContract, AReaderMayStopWheneverItLikes) {
  Append("a", 5);
  int delivered = 0;
  const auto stop_after_two = [&delivered](RecordedEvent&) { return ++delivered < 2; };
  EXPECT_OK(store().ReadAll({}, stop_after_two));
  EXPECT_EQ(delivered, 2);
  delivered = 0;
  EXPECT_OK(store().ReadStream("a", {0}, Direction::kForward, UINT64_MAX, stop_after_two));
  EXPECT_EQ(delivered, 2);
}

TEST_P(EventStoreContract, AReaderMayAskTheStoreWhileItReads) {
  Append("a", 3);
  int delivered = 0;
  EXPECT_OK(store().ReadAll({}, [&](RecordedEvent& event) {
    ++delivered;
    EXPECT_THAT(store().StreamEventCount(event.stream), IsOkAndHolds(3U));
    EXPECT_OK(store().RootAt(event.position.value));
    return true;
  }));
  EXPECT_EQ(delivered, 3);
}

TEST_P(EventStoreContract, ManyEventsReadBackCompleteInBothDirections) {
  for (int i = 0; i < 25; ++i) {
    Append("a", 400);
  }
  const std::vector<std::uint64_t> forward = PositionsOf(ReadAll());
  ASSERT_EQ(forward.size(), 10'000U);
  for (std::uint64_t i = 0; i < forward.size(); ++i) {
    ASSERT_EQ(forward[i], i);
  }
  std::vector<std::uint64_t> backward = PositionsOf(ReadAll({.direction = Direction::kBackward}));
  std::reverse(backward.begin(), backward.end());
  EXPECT_EQ(backward, forward);
  EXPECT_EQ(RevisionsOf(ReadStream("a")), forward);
}

}  // namespace
}  // namespace daybook::eventstore
