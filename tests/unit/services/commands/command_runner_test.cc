#include "services/commands/command_runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/mutex.h"
#include "eventstore/memory/memory_event_store.h"
#include "services/commands/event_id.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/commands/store_helpers.h"

namespace daybook::commands {
namespace {

using daybook::testing::AppendTo;
using daybook::testing::AreaNamed;
using daybook::testing::EventsOf;
using daybook::testing::HasCode;
using daybook::testing::HasReason;
using eventstore::AppendResult;

// Seals by turning bits, and remembers what it was asked. The true sealing has tests of its own.
class FakeSealer final : public PartSealer {
 public:
  absl::StatusOr<std::vector<eventstore::SealedPart>> Seal(std::string_view agency,
                                                           std::vector<PartToSeal> parts) override {
    ++calls;
    if (!failure.ok()) return failure;
    agency_seen = std::string(agency);
    std::vector<eventstore::SealedPart> sealed;
    for (const PartToSeal& part : parts) {
      eventstore::SealedPart& one = sealed.emplace_back();
      one.name = part.name;
      one.key_id = part.subject_ref.empty() ? part.name : part.subject_ref;
      one.nonce = std::string(24, 'n');
      for (const char c : part.plaintext) one.ciphertext.push_back(static_cast<char>(c ^ 0x55));
    }
    seen = std::move(parts);
    return sealed;
  }

  int calls = 0;
  absl::Status failure;
  std::string agency_seen;
  std::vector<PartToSeal> seen;
};

class InlineExecutor final : public Executor {
 public:
  void Execute(std::function<void()> work) override { work(); }
};

class Runner : public ::testing::Test {
 protected:
  using Decide = std::function<absl::StatusOr<Outcome>(StreamLoader&)>;

  static Command MakeCommand(const std::string& request_id, Decide decide) {
    Command command;
    command.caller = {.agency = "north-police", .actor = "clerk"};
    command.request_id = request_id;
    command.correlation_id = "c1";
    command.fingerprint.fill(7);
    command.decide = std::move(decide);
    return command;
  }

  absl::StatusOr<AppendResult> Run(Command command) {
    std::optional<absl::StatusOr<AppendResult>> answer;
    runner_.Run(std::move(command), [&](absl::StatusOr<AppendResult> result) {
      EXPECT_FALSE(answer.has_value()) << "answered twice";
      answer = std::move(result);
    });
    EXPECT_TRUE(answer.has_value());
    return answer.value_or(absl::StatusOr<AppendResult>(absl::InternalError("no answer")));
  }

  // Looks at the stream and adds one area to it.
  static Decide AddArea(const std::string& stream, const std::string& id) {
    return [=](StreamLoader& loader) -> absl::StatusOr<Outcome> {
      if (const auto count = loader.Count(stream); !count.ok()) return count.status();
      Decision decision;
      decision.events.push_back(MakeDraft(stream, AreaNamed(id), {}));
      decision.answer = "added " + id;
      return decision;
    };
  }

  eventstore::MemoryEventStore store_;
  FakeSealer sealer_;
  InlineExecutor executor_;
  CommandRunner runner_{store_, sealer_, executor_};
};

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

Outcome WithParts() {
  Decision decision;
  decision.events.push_back(MakeDraft("s1", AreaNamed("a1"), {}));
  DraftEvent draft = MakeDraft("s2", AreaNamed("a2"), {{19000}, {19001}});  // in 2022
  draft.retention_dataset = "referrals";
  draft.parts = {{.name = "narrative", .plaintext = "a secret narrative", .subject_ref = ""},
                 {.name = "place", .plaintext = "a secret place", .subject_ref = "person-1"}};
  decision.events.push_back(draft);
  DraftEvent last = MakeDraft("s1", AreaNamed("a3"), {});
  last.parts = {{.name = "note", .plaintext = "a secret note", .subject_ref = ""}};
  decision.events.push_back(last);
  return decision;
}

TEST_F(Runner, PartsAreSealedBeforeAnythingIsStored) {
  ASSERT_OK(Run(MakeCommand("r1", [](StreamLoader&) { return WithParts(); })).status());
  const auto s1 = EventsOf(store_, "s1");
  const auto s2 = EventsOf(store_, "s2");
  ASSERT_EQ(s1.size(), 2U);
  ASSERT_EQ(s2.size(), 1U);
  EXPECT_TRUE(s1[0].event.parts.empty());
  ASSERT_EQ(s1[1].event.parts.size(), 1U);
  ASSERT_EQ(s2[0].event.parts.size(), 2U);
  EXPECT_EQ(s1[1].event.parts[0].name, "note");
  EXPECT_EQ(s2[0].event.parts[0].name, "narrative");
  EXPECT_EQ(s2[0].event.parts[1].key_id, "person-1");
  for (const auto& events : {s1, s2}) {
    for (const auto& recorded : events) {
      EXPECT_EQ(recorded.event.payload.find("secret"), std::string::npos);
      for (const auto& part : recorded.event.parts) {
        EXPECT_EQ(part.ciphertext.find("secret"), std::string::npos);
      }
    }
  }
}

TEST_F(Runner, AllKeysOfARequestAreAskedForAtOnce) {
  ASSERT_OK(Run(MakeCommand("r1", [](StreamLoader&) { return WithParts(); })).status());
  EXPECT_EQ(sealer_.calls, 1);
  EXPECT_EQ(sealer_.agency_seen, "north-police");
  ASSERT_EQ(sealer_.seen.size(), 3U);
  EXPECT_EQ(sealer_.seen[0].retention_dataset, "referrals");
  EXPECT_EQ(sealer_.seen[0].year, 2022);
  EXPECT_EQ(sealer_.seen[0].event_id, EventsOf(store_, "s2")[0].event.id);
  EXPECT_EQ(sealer_.seen[2].year, 0);
}

TEST_F(Runner, WithoutPartsNoKeyIsAskedFor) {
  ASSERT_OK(Run(MakeCommand("r1", AddArea("areas", "riverside"))).status());
  EXPECT_EQ(sealer_.calls, 0);
}

TEST_F(Runner, NothingIsStoredWhenAPartCannotBeSealed) {
  sealer_.failure = absl::UnavailableError("the key store takes no writes");
  EXPECT_THAT(Run(MakeCommand("r1", [](StreamLoader&) { return WithParts(); })),
              HasCode(absl::StatusCode::kUnavailable));
  EXPECT_EQ(store_.Head().size, 0U);
}

TEST_F(Runner, AnEventIdIsAUuidOfVersion7) {
  const std::string id = NewEventId(eventstore::Instant{1'700'000'000'123'456});
  ASSERT_EQ(id.size(), 36U);
  EXPECT_EQ(id.substr(0, 15), "018bcfe5-687b-7");
  EXPECT_THAT(std::string("89ab"), ::testing::HasSubstr(id.substr(19, 1)));
  EXPECT_NE(id, NewEventId(eventstore::Instant{1'700'000'000'123'456}));
}

// A few threads that take work in order.
class ThreadExecutor final : public Executor {
 public:
  explicit ThreadExecutor(int threads) {
    for (int i = 0; i < threads; ++i) {
      threads_.emplace_back([this](const std::stop_token& stop) { Work(stop); });
    }
  }
  ~ThreadExecutor() override {
    for (auto& thread : threads_) thread.request_stop();
  }
  void Execute(std::function<void()> work) override {
    absl::MutexLock lock(&mutex_);
    queue_.push_back(std::move(work));
  }

 private:
  void Work(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      std::function<void()> work;
      {
        absl::MutexLock lock(&mutex_);
        const auto ready = [this] { return !queue_.empty(); };
        if (!mutex_.AwaitWithTimeout(absl::Condition(&ready), absl::Milliseconds(20))) continue;
        work = std::move(queue_.front());
        queue_.pop_front();
      }
      work();
    }
  }

  absl::Mutex mutex_;
  std::deque<std::function<void()>> queue_;
  std::vector<std::jthread> threads_;
};

TEST_F(Runner, ManyCommandsOnOneStreamAllSucceed) {
  constexpr int kCommands = 200;
  ThreadExecutor threads(4);
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
