#include "services/commands/command_runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <utility>

#include "absl/synchronization/blocking_counter.h"
#include "services/commands/event_id.h"
#include "services/runtime/worker_pool.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/commands/runner_fixture.h"

namespace daybook::commands {
namespace {

using daybook::testing::AppendTo;
using daybook::testing::AreaNamed;
using daybook::testing::EventsOf;
using daybook::testing::HasCode;
using daybook::testing::HasReason;
using eventstore::AppendResult;

TEST_F(Runner, AppendsWhatWasDecidedUnderTheCallersName) {
  ASSERT_OK_AND_ASSIGN(const auto result, Run(MakeCommand("r1", AddArea("areas", "riverside"))));
  EXPECT_FALSE(result.duplicate);
  EXPECT_EQ(result.answer, "added riverside");
  const auto events = EventsOf(store_, "areas");
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].agency, "north-police");
  EXPECT_EQ(events[0].actor, "clerk");
  EXPECT_EQ(events[0].request_id, "r1");
  EXPECT_EQ(events[0].correlation_id, "c1");
  EXPECT_EQ(events[0].event.type, "partners.AreaRegistered");
  EXPECT_EQ(events[0].event.payload, AreaNamed("riverside").SerializeAsString());
}

TEST_F(Runner, TheSameRequestAgainGivesTheFirstAnswerWithoutDeciding) {
  ASSERT_OK_AND_ASSIGN(const auto first, Run(MakeCommand("r1", AddArea("areas", "riverside"))));
  ASSERT_OK_AND_ASSIGN(const auto again,
                       Run(MakeCommand("r1", [](StreamLoader&) -> absl::StatusOr<Outcome> {
                         ADD_FAILURE() << "decided again";
                         return Decision{};
                       })));
  EXPECT_TRUE(again.duplicate);
  EXPECT_EQ(again.answer, first.answer);
  EXPECT_EQ(again.last, first.last);
  EXPECT_EQ(store_.Head().size, 1U);
}

TEST_F(Runner, TheSameRequestIdWithOtherContentIsRefused) {
  ASSERT_OK(Run(MakeCommand("r1", AddArea("areas", "riverside"))).status());
  Command other = MakeCommand("r1", AddArea("areas", "hill"));
  other.fingerprint.fill(8);
  EXPECT_THAT(Run(std::move(other)), HasReason("REQUEST_ID_REUSED"));
  EXPECT_EQ(store_.Head().size, 1U);
}

TEST_F(Runner, ARefusalIsNotRemembered) {
  const auto refuse = [](StreamLoader&) -> absl::StatusOr<Outcome> {
    Rejection rejection;
    rejection.reason = "WRONG_STATE";
    rejection.message = "Not now.";
    rejection.remedy = "Later.";
    return rejection;
  };
  const auto refused = Run(MakeCommand("r1", refuse));
  EXPECT_THAT(refused, HasReason("WRONG_STATE"));
  EXPECT_THAT(refused, HasCode(absl::StatusCode::kFailedPrecondition));
  ASSERT_OK_AND_ASSIGN(const auto accepted, Run(MakeCommand("r1", AddArea("areas", "riverside"))));
  EXPECT_FALSE(accepted.duplicate);
}

TEST_F(Runner, ADecisionWithoutEventsIsADuplicateAtTheHead) {
  AppendTo(store_, "areas", AreaNamed("riverside"));
  AppendTo(store_, "areas", AreaNamed("hill"));
  const auto nothing = [](StreamLoader&) -> absl::StatusOr<Outcome> {
    return Decision{.events = {}, .answer = "stands"};
  };
  ASSERT_OK_AND_ASSIGN(const auto result, Run(MakeCommand("r1", nothing)));
  EXPECT_TRUE(result.duplicate);
  EXPECT_EQ(result.answer, "stands");
  EXPECT_EQ(result.first.value, 1U);
  EXPECT_EQ(result.last.value, 1U);
  EXPECT_NE(result.record_time.micros, 0);
  EXPECT_EQ(store_.Head().size, 2U);
}

TEST_F(Runner, ADecisionWithoutEventsInAnEmptyLogIsAnsweredToo) {
  const auto nothing = [](StreamLoader&) -> absl::StatusOr<Outcome> { return Decision{}; };
  ASSERT_OK_AND_ASSIGN(const auto result, Run(MakeCommand("r1", nothing)));
  EXPECT_TRUE(result.duplicate);
  EXPECT_EQ(result.last.value, 0U);
}

TEST_F(Runner, DecidesAgainWhenAnotherWriterCameBetween) {
  int attempts = 0;
  const auto decide = [&](StreamLoader& loader) -> absl::StatusOr<Outcome> {
    const auto count = loader.Count("areas");
    if (!count.ok()) return count.status();
    if (++attempts == 1) AppendTo(store_, "areas", AreaNamed("sneaked-in"));
    Decision decision;
    decision.events.push_back(MakeDraft("areas", AreaNamed("after-" + std::to_string(*count)), {}));
    return decision;
  };
  ASSERT_OK(Run(MakeCommand("r1", decide)).status());
  EXPECT_EQ(attempts, 2);
  const auto events = EventsOf(store_, "areas");
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[1].event.payload, AreaNamed("after-1").SerializeAsString());
}

TEST_F(Runner, GivesUpWhenEveryAttemptMetAnotherWriter) {
  int attempts = 0;
  const auto decide = [&](StreamLoader& loader) {
    auto outcome = AddArea("areas", "mine")(loader);
    AppendTo(store_, "areas", AreaNamed("sneaked-in-" + std::to_string(++attempts)));
    return outcome;
  };
  const auto result = Run(MakeCommand("r1", decide));
  EXPECT_THAT(result, HasReason("REVISION_CONFLICT"));
  EXPECT_THAT(result, HasCode(absl::StatusCode::kAborted));
  EXPECT_EQ(attempts, CommandRunner::kAttemptsMax);
  EXPECT_EQ(EventsOf(store_, "areas").size(), static_cast<std::size_t>(attempts));
  // Nobody waits for the one that gave up.
  ASSERT_OK(Run(MakeCommand("r2", AddArea("areas", "later"))).status());
}

TEST_F(Runner, AnExpectedRevisionOfTheCallerIsNotRetried) {
  int attempts = 0;
  const auto decide = [&](StreamLoader&) -> absl::StatusOr<Outcome> {
    ++attempts;
    Rejection rejection;
    rejection.code = absl::StatusCode::kAborted;
    rejection.reason = "REVISION_CONFLICT";
    rejection.message = "The plan is not at the expected revision.";
    rejection.remedy = "Read it again.";
    rejection.metadata = {{"stream", "areas"}, {"expected", "4"}, {"actual", "5"}};
    return rejection;
  };
  const auto result = Run(MakeCommand("r1", decide));
  EXPECT_THAT(result, HasReason("REVISION_CONFLICT"));
  EXPECT_EQ(eventstore::GetErrorDetail(result.status())->metadata.at("actual"), "5");
  EXPECT_EQ(attempts, 1);
}

TEST_F(Runner, WritesSeveralStreamsTogetherOrNotAtAll) {
  const auto decide = [&](StreamLoader& loader) -> absl::StatusOr<Outcome> {
    for (const char* stream : {"s1", "s2"}) {
      if (const auto count = loader.Count(stream); !count.ok()) return count.status();
    }
    Decision decision;
    decision.events.push_back(MakeDraft("s1", AreaNamed("a1"), {}));
    decision.events.push_back(MakeDraft("s2", AreaNamed("b1"), {}));
    decision.events.push_back(MakeDraft("s1", AreaNamed("a2"), {}));
    // The second stream alone is in the way, every time.
    AppendTo(store_, "s2", AreaNamed("in-the-way"));
    return decision;
  };
  EXPECT_THAT(Run(MakeCommand("r1", decide)), HasReason("REVISION_CONFLICT"));
  EXPECT_TRUE(EventsOf(store_, "s1").empty());
}

TEST_F(Runner, EventsOfOneStreamKeepTheirOrder) {
  const auto decide = [](StreamLoader&) -> absl::StatusOr<Outcome> {
    Decision decision;
    decision.events.push_back(MakeDraft("s1", AreaNamed("a1"), {}));
    decision.events.push_back(MakeDraft("s2", AreaNamed("b1"), {}));
    decision.events.push_back(MakeDraft("s1", AreaNamed("a2"), {}));
    return decision;
  };
  ASSERT_OK_AND_ASSIGN(const auto result, Run(MakeCommand("r1", decide)));
  EXPECT_EQ(result.streams.size(), 2U);
  const auto events = EventsOf(store_, "s1");
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[1].event.payload, AreaNamed("a2").SerializeAsString());
  EXPECT_NE(events[0].event.id, events[1].event.id);
}

TEST_F(Runner, KnownOfTheCommandHoldsUnlessTheEventHasItsOwn) {
  const eventstore::Known day{eventstore::KnownPrecision::kDay, {100}};
  const eventstore::Known unknown{eventstore::KnownPrecision::kUnknown, {}};
  Command command = MakeCommand("r1", [&](StreamLoader&) -> absl::StatusOr<Outcome> {
    Decision decision;
    decision.events.push_back(MakeDraft("s1", AreaNamed("a1"), {{50}, {60}}));
    decision.events.push_back(MakeDraft("s1", AreaNamed("a2"), {}));
    decision.events[1].known = unknown;
    return decision;
  });
  command.known = day;
  ASSERT_OK(Run(std::move(command)).status());
  const auto events = EventsOf(store_, "s1");
  EXPECT_EQ(events[0].event.known, day);
  EXPECT_EQ(events[0].event.effective, (eventstore::Effective{{50}, {60}}));
  EXPECT_EQ(events[1].event.known.precision, eventstore::KnownPrecision::kUnknown);
}

TEST_F(Runner, AFailureOfTheStoreIsPassedOn) {
  const auto fail = [](StreamLoader&) -> absl::StatusOr<Outcome> {
    return absl::UnavailableError("the disk is gone");
  };
  EXPECT_THAT(Run(MakeCommand("r1", fail)), HasCode(absl::StatusCode::kUnavailable));
}

TEST_F(Runner, AnEventIdIsAUuidOfVersion7) {
  const std::string id = NewEventId(eventstore::Instant{1'700'000'000'123'456});
  ASSERT_EQ(id.size(), 36U);
  EXPECT_EQ(id.substr(0, 15), "018bcfe5-687b-7");
  EXPECT_THAT(std::string("89ab"), ::testing::HasSubstr(id.substr(19, 1)));
  EXPECT_NE(id, NewEventId(eventstore::Instant{1'700'000'000'123'456}));
}

TEST_F(Runner, ManyCommandsOnOneStreamAllSucceed) {
  constexpr int kCommands = 200;
  runtime::WorkerPool threads(4);
  CommandRunner runner(store_, sealer_, threads);
  absl::BlockingCounter answered(kCommands);
  std::atomic<int> accepted = 0;
  for (int i = 0; i < kCommands; ++i) {
    const std::string n = std::to_string(i);
    runner.Run(MakeCommand("r" + n, AddArea("areas", "area-" + n)),
               [&](const absl::StatusOr<AppendResult>& result) {
                 if (result.ok()) ++accepted;
                 answered.DecrementCount();
               });
  }
  answered.Wait();
  EXPECT_EQ(accepted.load(), kCommands);
  EXPECT_EQ(EventsOf(store_, "areas").size(), static_cast<std::size_t>(kCommands));
}

}  // namespace
}  // namespace daybook::commands
