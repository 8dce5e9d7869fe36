// Subscriptions: everything once and in order, from the past into the present, with tokens to go
// on.
#include <gmock/gmock.h>

#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "tests/integration/daybook_test.h"
#include "tests/integration/listener.h"
#include "tests/integration/samples.h"

namespace daybook::integration {
namespace {

using absl::StatusCode;
using eventlog::v1::SubscribeRequest;

class Subscriptions : public DaybookTest {
 protected:
  Listener Subscribe(const SubscribeRequest& request = {}) {
    return Listener(client().Subscribe(request));
  }
  void Register(int count) {
    for (int i = 0; i < count; ++i) Accept(Organisation(NewId("organisation")));
  }
  void ExpectRefused(const SubscribeRequest& request, const Expected& expected) {
    const auto before = Head();
    ExpectRefusal(RefusalOf(client().Subscribe(request).Finish()), expected);
    ExpectUnharmed(before);
  }
  static void ExpectConsecutive(const std::vector<std::uint64_t>& positions, std::uint64_t first) {
    for (std::size_t i = 0; i < positions.size(); ++i) ASSERT_EQ(positions[i], first + i);
  }
};

TEST_F(Subscriptions, TheyCatchUpThenSaySoThenGoOnLive) {
  Register(5);
  auto listener = Subscribe();
  listener.ReadUntil([&] { return listener.caught_up && listener.checkpoints > 0; });
  EXPECT_EQ(listener.positions.size(), 5U);
  EXPECT_EQ(listener.caught_up_after, 5U);
  const auto head = Head();
  EXPECT_EQ(listener.checkpoint.size(), head.size());
  EXPECT_EQ(listener.checkpoint.root(), head.root());
  Register(3);
  listener.ReadEvents(8);
  ExpectConsecutive(listener.positions, 0);
}

TEST_F(Subscriptions, ThereIsNoGapBetweenPastAndPresentWhileOthersWrite) {
  constexpr int kWriters = 3;
  constexpr int kEach = 60;
  Register(40);
  std::vector<std::jthread> writers;
  for (int i = 0; i < kWriters; ++i) writers.emplace_back([this] { Register(kEach); });
  constexpr std::size_t kAll = 40 + kWriters * kEach;
  // Subscribed at different moments of the writing, each from another position.
  std::vector<std::jthread> readers;
  for (std::uint64_t from : {0U, 10U, 40U}) {
    readers.emplace_back([this, from] {
      SubscribeRequest request;
      request.set_from_position(from);
      auto listener = Subscribe(request);
      listener.ReadEvents(kAll - from);
      ASSERT_EQ(listener.positions.size(), kAll - from);
      ExpectConsecutive(listener.positions, from);
    });
  }
}

TEST_F(Subscriptions, AQuietOneGetsCheckpointsAlthoughNothingMatches) {
  Register(5);
  SubscribeRequest request;
  request.mutable_filter()->add_contexts("referrals");
  auto listener = Subscribe(request);
  listener.ReadUntil([&] { return listener.checkpoints == 1; });
  EXPECT_EQ(listener.checkpoint.size(), 5U);
  Register(2);
  // The next one comes by itself, within five seconds, and is past what did not match.
  listener.ReadUntil([&] { return listener.checkpoints == 2; });
  EXPECT_EQ(listener.checkpoint.size(), 7U);
  EXPECT_TRUE(listener.positions.empty());
}

TEST_F(Subscriptions, AFilteredOneGetsWhatMatchesOnly) {
  SeedPlan();
  SubscribeRequest request;
  request.mutable_filter()->add_types("actions.ActionAdded");
  auto listener = Subscribe(request);
  listener.ReadUntil([&] { return listener.caught_up; });
  EXPECT_EQ(listener.positions.size(), 1U);
  Register(2);
  const auto added = Accept(Action("a2"));
  listener.ReadEvents(2);
  EXPECT_EQ(listener.positions.back(), added.receipt().position());
}

TEST_F(Subscriptions, ACheckpointResumesWhereItWasTaken) {
  Register(6);
  types::v1::Checkpoint token;
  {
    auto first = Subscribe();
    first.ReadUntil([&] { return first.checkpoints > 0; });
    token = first.checkpoint;
  }
  Register(4);
  Restart();
  SubscribeRequest request;
  *request.mutable_resume() = token;
  request.set_from_position(2);  // ignored
  auto resumed = Subscribe(request);
  resumed.ReadEvents(4);
  ExpectConsecutive(resumed.positions, 6);
}

TEST_F(Subscriptions, ATokenOfAnotherHistoryIsRefused) {
  Register(3);
  const auto head = Head();
  SubscribeRequest request;
  *request.mutable_resume() = head;
  request.mutable_resume()->set_log_id(std::string(32, '0'));
  ExpectRefused(request, {StatusCode::kFailedPrecondition, "LOG_DIVERGED", "", ""});
  *request.mutable_resume() = head;
  request.mutable_resume()->set_incarnation(7);
  ExpectRefused(request, {StatusCode::kFailedPrecondition, "LOG_DIVERGED", "", ""});
  *request.mutable_resume() = head;
  request.mutable_resume()->set_root(std::string(32, 'x'));
  ExpectRefused(request, {StatusCode::kFailedPrecondition, "LOG_DIVERGED", "", ""});
  *request.mutable_resume() = head;
  request.mutable_resume()->set_size(5000);
  ExpectRefused(request, {StatusCode::kOutOfRange, "BEYOND_HEAD", "", ""});
}

TEST_F(Subscriptions, ATokenOfANewLedgerIsRefusedByTheOld) {
  Register(3);
  auto other = Config();
  testing::TempDir directory;
  other.data = directory / "data";
  const auto node = daemon::Node::Start(other);
  ASSERT_TRUE(node.ok());
  Client there((*node)->address(), kAgency);
  const auto foreign = there.Call(eventlog::v1::GetHeadRequest());
  ASSERT_TRUE(foreign.ok());
  SubscribeRequest request;
  *request.mutable_resume() = foreign->head();
  ExpectRefused(request, {StatusCode::kFailedPrecondition, "LOG_DIVERGED", "", ""});
}

TEST_F(Subscriptions, APositionBeyondTheHeadIsOutOfRange) {
  SubscribeRequest request;
  request.set_from_position(50);
  ExpectRefused(request, {StatusCode::kOutOfRange, "BEYOND_HEAD", "from_position", ""});
}

TEST_F(Subscriptions, TheyEndWithAClearStatusWhenTheServerDrains) {
  Register(2);
  auto live = Subscribe();
  live.ReadUntil([&] { return live.checkpoints > 0; });
  auto second = Subscribe();
  second.ReadUntil([&] { return second.caught_up; });
  const std::jthread drain([this] { node().Drain(); });
  while (live.ReadOne()) {
  }
  const Refusal refusal = RefusalOf(live.incoming().Finish());
  ExpectRefusal(refusal, {StatusCode::kUnavailable, "SHUTTING_DOWN", "", ""});
  EXPECT_THAT(refusal.remedy, ::testing::HasSubstr("checkpoint"));
  ExpectRefusal(RefusalOf(second.incoming().Finish()),
                {StatusCode::kUnavailable, "SHUTTING_DOWN", "", ""});
}

TEST_F(Subscriptions, OneThatIsCancelledHarmsNobody) {
  Register(2);
  auto stays = Subscribe();
  stays.ReadUntil([&] { return stays.caught_up; });
  for (int i = 0; i < 20; ++i) {
    auto goes = Subscribe();
    goes.ReadEvents(1);
    goes.incoming().Cancel();
    EXPECT_EQ(goes.incoming().Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  Register(1);
  stays.ReadEvents(3);
  ExpectConsecutive(stays.positions, 0);
}

class SlowReaders : public Subscriptions {
 protected:
  // More than the buffers of a connection hold: a server whose reader does not read must wait.
  static constexpr std::uint32_t kIncidents = 40'000;
  void SetUp() override {
    Subscriptions::SetUp();
    SeedPartners();
  }
  void RecordIncidents() {
    auto session = client().Incidents();
    for (std::uint32_t first = 1; first <= kIncidents; first += 500) {
      ASSERT_EQ(session.Exchange(IncidentMessage(first, 500)).results_size(), 500);
    }
  }
};

TEST_F(SlowReaders, AReaderThatFallsBehindIsToldAndMissesNothing) {
  auto slow = Subscribe();
  slow.ReadUntil([&] { return slow.caught_up; });
  RecordIncidents();
  slow.ReadEvents(3 + kIncidents);
  EXPECT_TRUE(slow.fell_behind);
  slow.ReadUntil([&] { return slow.caught_up; });
  EXPECT_EQ(slow.positions.size(), 3U + kIncidents);
  ExpectConsecutive(slow.positions, 0);
}

TEST_F(SlowReaders, ALongCatchUpIsGivenTokensOnItsWay) {
  RecordIncidents();
  auto slow = Subscribe();
  ASSERT_TRUE(slow.ReadOne());
  // Five seconds pass, as the tokens of a quiet subscription tell.
  SubscribeRequest nothing;
  nothing.mutable_filter()->add_types("enforcement.TaskRaised");
  auto quiet = Subscribe(nothing);
  quiet.ReadUntil([&] { return quiet.checkpoints == 2; });

  slow.ReadUntil([&] { return slow.checkpoints == 1; });
  EXPECT_FALSE(slow.caught_up) << "no token came before the end of the catch-up";
  EXPECT_EQ(slow.checkpoint.size(), slow.positions.size());
  SubscribeRequest resume;
  *resume.mutable_resume() = slow.checkpoint;  // its root is that of its size
  auto resumed = Subscribe(resume);
  resumed.ReadUntil([&] { return resumed.caught_up; });
  EXPECT_EQ(resumed.positions.size() + slow.checkpoint.size(), 3U + kIncidents);
  ExpectConsecutive(resumed.positions, slow.checkpoint.size());
}

}  // namespace
}  // namespace daybook::integration
