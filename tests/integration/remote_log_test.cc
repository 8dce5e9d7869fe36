// The log of a daemon elsewhere, as a projector reads it, held against the store's own.
#include "services/projector/remote_log.h"

#include <gmock/gmock.h>

#include <atomic>
#include <vector>

#include "absl/synchronization/notification.h"
#include "eventstore/merkle/hash.h"
#include "eventstore/rocksdb/rocks_event_store.h"
#include "grpcpp/create_channel.h"
#include "tests/integration/daybook_test.h"
#include "tests/integration/samples.h"
#include "tests/support/status_matchers.h"

namespace daybook::integration {
namespace {

using ::daybook::testing::HasReason;
using projector::RemoteLog;
using projector::RemoteLogOptions;
using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::SizeIs;

std::vector<eventstore::RecordedEvent> EventsOf(eventstore::LogReader& log,
                                                const eventstore::ReadAllOptions& options = {}) {
  std::vector<eventstore::RecordedEvent> events;
  EXPECT_OK(log.ReadAll(options, [&](eventstore::RecordedEvent& event) {
    event.salt = {};  // never leaves the store
    events.push_back(event);
    return true;
  }));
  return events;
}

class TheRemoteLog : public DaybookTest {
 protected:
  runtime::Config Config() const override {
    runtime::Config config = DaybookTest::Config();
    config.feed = "tcp://127.0.0.1:0";
    return config;
  }

  std::unique_ptr<RemoteLog> Open(RemoteLogOptions options) {
    auto channel = grpc::CreateChannel(node().address(), grpc::InsecureChannelCredentials());
    auto log = RemoteLog::Open(std::move(channel), std::move(options), milliseconds(5000));
    EXPECT_OK(log);
    return log.ok() ? *std::move(log) : nullptr;
  }
  // Polls only when it is told to, that is: never while a test runs.
  static RemoteLogOptions WithoutPolls() {
    RemoteLogOptions options;
    options.feed = "off";
    options.poll = milliseconds(600'000);
    return options;
  }
};

TEST_F(TheRemoteLog, GivesEveryEventAsTheStoreHasIt) {
  SeedPlan();
  SeedMeasures();
  const auto remote = Open(WithoutPolls());
  const auto over_the_wire = EventsOf(*remote);
  const auto head = remote->Head();
  eventstore::Hash middle = remote->RootAt(3).value();
  Stop();
  auto store = eventstore::RocksEventStore::Open({.directory = data_directory() + "/log"});
  ASSERT_OK(store);
  EXPECT_EQ(over_the_wire, EventsOf(**store));
  EXPECT_EQ(head, (*store)->Head());
  EXPECT_EQ(middle, (*store)->RootAt(3).value());
}

TEST_F(TheRemoteLog, ReadsFromAPositionAndStopsWhereItIsTold) {
  SeedPlan();
  const auto remote = Open(WithoutPolls());
  const auto some = EventsOf(*remote, {.from = eventstore::Position{2}, .limit = 2});
  ASSERT_THAT(some, SizeIs(2));
  EXPECT_EQ(some[0].position.value, 2U);
  int seen = 0;
  EXPECT_OK(remote->ReadAll({}, [&](eventstore::RecordedEvent&) { return ++seen < 3; }));
  EXPECT_EQ(seen, 3);
  EXPECT_EQ(EventsOf(*remote, {.filter = {.contexts = {"actions"}}}).front().event.type,
            "actions.PlanOpened");
}

TEST_F(TheRemoteLog, RootsAreOfTheSizeThatIsAskedFor) {
  SeedPartners();
  const auto remote = Open(WithoutPolls());
  EXPECT_EQ(remote->RootAt(0).value(), merkle::EmptyRoot());
  EXPECT_EQ(remote->RootAt(remote->Head().size).value(), remote->Head().root);
  EXPECT_FALSE(remote->RootAt(remote->Head().size + 1).ok());
}

TEST_F(TheRemoteLog, TheHeadIsWhatTheLedgerSaysNow) {
  const auto remote = Open(WithoutPolls());
  EXPECT_EQ(remote->Head().size, 0U);
  SeedPartners();
  EXPECT_EQ(remote->Head().size, Size());
}

TEST_F(TheRemoteLog, TheFeedWakesWhoeverListens) {
  RemoteLogOptions options = WithoutPolls();
  options.feed = node().feed_address();
  ASSERT_NE(options.feed, "");
  const auto remote = Open(options);
  absl::Notification heard;
  std::atomic<bool> told = false;
  const auto listener = remote->OnCommit([&](std::uint64_t) {
    if (!told.exchange(true)) heard.Notify();
  });
  // Until the socket is connected the feed is not heard; every event is another chance.
  for (int i = 0; i < 200 && !told; ++i) {
    Accept(Organisation(NewId("organisation")));
    heard.WaitForNotificationWithTimeout(absl::Milliseconds(50));
  }
  EXPECT_TRUE(told);
}

TEST_F(TheRemoteLog, WithoutAFeedItAsksByItself) {
  RemoteLogOptions options;
  options.feed = "off";
  options.poll = milliseconds(10);
  const auto remote = Open(options);
  absl::Notification heard;
  std::atomic<bool> told = false;
  const auto listener = remote->OnCommit([&](std::uint64_t) {
    if (!told.exchange(true)) heard.Notify();
  });
  SeedPartners();
  EXPECT_TRUE(heard.WaitForNotificationWithTimeout(absl::Seconds(30)));
}

TEST_F(TheRemoteLog, KeepsWhatItKnowsWhileTheLedgerIsAway) {
  SeedPartners();
  const auto remote = Open(WithoutPolls());
  const auto head = remote->Head();
  Stop();
  EXPECT_EQ(remote->Head(), head);
  EXPECT_FALSE(remote->ReadAll({}, [](eventstore::RecordedEvent&) { return true; }).ok());
  EXPECT_EQ(remote->RootAt(head.size).value(), head.root);
}

TEST_F(TheRemoteLog, SaysWhoDoesNotAnswer) {
  auto channel = grpc::CreateChannel("127.0.0.1:1", grpc::InsecureChannelCredentials());
  EXPECT_THAT(RemoteLog::Open(std::move(channel), WithoutPolls(), milliseconds(1)),
              HasReason("LEDGER_UNREACHABLE"));
}

}  // namespace
}  // namespace daybook::integration
