// Failing writes, full queues, and groups that are delivered again.
#include <atomic>
#include <future>
#include <thread>

#include "absl/synchronization/notification.h"
#include "eventstore/core/error.h"
#include "eventstore/rocksdb/applier.h"
#include "eventstore/rocksdb/keys.h"
#include "tests/unit/eventstore/rocksdb_fixture.h"

namespace daybook::eventstore {
namespace {

using ::daybook::testing::HasReason;

class Failure : public RocksStoreTest, public ::testing::WithParamInterface<std::string> {
 protected:
  // A store in which the operation fails while `failing_` is set.
  absl::Status OpenFailing(std::string operation,
                           absl::Duration recover_after = absl::InfiniteDuration()) {
    RocksEventStoreOptions options = Options();
    options.recover_after = recover_after;
    options.fault = [this, operation](std::string_view now) {
      return failing_ && now == operation ? absl::UnavailableError("made to fail")
                                          : absl::OkStatus();
    };
    return OpenWith(std::move(options));
  }

  std::atomic<bool> failing_ = false;
};

TEST_P(Failure, LeavesTheOutcomeUnknownStopsTheStoreAndOneAnswerStaysTrue) {
  ASSERT_OK(OpenFailing(GetParam()));
  AppendSome(2);
  failing_ = true;
  EXPECT_THAT(store_->Append(MakeRequest("unlucky", "s")), HasReason("OUTCOME_UNKNOWN"));
  EXPECT_THAT(store_->Append(MakeRequest("next", "s")), HasReason("STORE_STOPPED"));
  EXPECT_THAT(store_->Health(), HasReason("STORE_STOPPED"));
  EXPECT_EQ(All().size(), 2u);  // readers go on
  failing_ = false;

  ASSERT_OK(store_->Recover());
  EXPECT_OK(store_->Health());
  const bool durable = GetParam() != "journal.write";
  EXPECT_EQ(store_->Head().size, durable ? 3u : 2u);
  ASSERT_OK_AND_ASSIGN(const AppendResult retried, store_->Append(MakeRequest("unlucky", "s")));
  EXPECT_EQ(retried.duplicate, durable);
  EXPECT_EQ(retried.first.value, 2u);
  AppendSome(2);
  const Checkpoint head = store_->Head();
  Crash();
  ASSERT_OK(Open());
  EXPECT_EQ(store_->Head(), head);
  EXPECT_EQ(All().size(), 5u);
}

TEST_P(Failure, IsSurvivedByAReopenToo) {
  ASSERT_OK(OpenFailing(GetParam()));
  AppendSome(2);
  failing_ = true;
  EXPECT_THAT(store_->Append(MakeRequest("unlucky", "s")), HasReason("OUTCOME_UNKNOWN"));
  EXPECT_THAT(store_->Close(), HasReason("STORE_STOPPED"));
  ASSERT_OK(Open());
  ASSERT_OK_AND_ASSIGN(const AppendResult retried, store_->Append(MakeRequest("unlucky", "s")));
  EXPECT_EQ(retried.first.value, 2u);
  EXPECT_EQ(All().size(), 3u);
}

TEST_P(Failure, IsLeftByTheStoreItselfOnceItIsOver) {
  ASSERT_OK(OpenFailing(GetParam(), absl::Milliseconds(1)));
  AppendSome(2);
  failing_ = true;
  EXPECT_THAT(store_->Append(MakeRequest("unlucky", "s")), HasReason("OUTCOME_UNKNOWN"));
  failing_ = false;
  while (!store_->Health().ok()) std::this_thread::yield();
  AppendSome(1);
  ASSERT_OK_AND_ASSIGN(const AppendResult retried, store_->Append(MakeRequest("unlucky", "s")));
  EXPECT_EQ(store_->Head().size, 4u);
  EXPECT_LE(retried.first.value, 3u);
  Close();
}

INSTANTIATE_TEST_SUITE_P(EveryStep, Failure,
                         ::testing::Values("journal.write", "journal.sync", "store.apply"),
                         [](const auto& step) {
                           std::string name = step.param;
                           name[name.find('.')] = '_';
                           return name;
                         });

TEST_F(Failure, AFullDiskIsAReasonOfItsOwn) {
  RocksEventStoreOptions options = Options();
  options.fault = [this](std::string_view operation) {
    return failing_ && operation == "journal.write"
               ? rocks::FileError("write", journal(), rocksdb::IOStatus::NoSpace())
               : absl::OkStatus();
  };
  ASSERT_OK(OpenWith(std::move(options)));
  AppendSome(1);
  failing_ = true;
  EXPECT_THAT(store_->Append(MakeRequest("unlucky", "s")), HasReason("OUTCOME_UNKNOWN"));
  EXPECT_THAT(store_->Append(MakeRequest("next", "s")), HasReason("DISK_FULL"));
  EXPECT_THAT(store_->Health(), HasReason("DISK_FULL"));
  failing_ = false;
  ASSERT_OK(store_->Recover());
  AppendSome(1);
  EXPECT_EQ(store_->Head().size, 2u);
  Close();  // before what the hook looks at goes
}

TEST_F(Failure, RecoverOnAHealthyStoreDoesNothing) {
  ASSERT_OK(Open());
  AppendSome(1);
  ASSERT_OK(store_->Recover());
  AppendSome(1);
  EXPECT_EQ(store_->Head().size, 2u);
}

TEST_F(Failure, AFullQueueRefusesAtOnceAndKeepsWhatItTook) {
  absl::Notification entered;
  absl::Notification go_on;
  RocksEventStoreOptions options = Options();
  options.queue_requests_max = 3;
  std::atomic<bool> hold = true;
  options.fault = [&](std::string_view operation) {
    if (operation == "journal.write" && hold.exchange(false)) {
      entered.Notify();
      go_on.WaitForNotification();
    }
    return absl::OkStatus();
  };
  ASSERT_OK(OpenWith(std::move(options)));
  std::vector<std::future<absl::StatusOr<AppendResult>>> answers;
  const auto append = [&](const std::string& id) {
    auto promise = std::make_shared<std::promise<absl::StatusOr<AppendResult>>>();
    answers.push_back(promise->get_future());
    store_->AppendAsync(MakeRequest(id, "s"),
                        [promise](auto result) { promise->set_value(std::move(result)); });
  };
  append("a");
  entered.WaitForNotification();
  for (const char* id : {"b", "c", "d", "e"}) append(id);
  EXPECT_THAT(answers[4].get(), HasReason("QUEUE_FULL"));
  go_on.Notify();
  for (std::size_t i = 0; i < 4; ++i) EXPECT_OK(answers[i].get()) << i;
  EXPECT_EQ(store_->Head().size, 4u);
  Close();  // before what the hook looks at goes
}

// What lies between "put these in a durable order" and "apply them" may deliver late and more than
// once: the applied state is the same.
TEST_F(Failure, GroupsDeliveredLateAndAgainGiveTheSameState) {
  ASSERT_OK(Open());
  for (int i = 0; i < 5; ++i) AppendSome(1);
  ASSERT_OK(store_->Append(MakeRequest("many", "stream-r1", 300)));
  const Checkpoint head = store_->Head();
  const std::vector<RecordedEvent> expected = All();
  Crash();

  struct Delivery {
    rocks::FrameHeader header;
    std::string body;
    std::uint32_t crc;
  };
  std::vector<Delivery> groups;
  ASSERT_OK(
      rocks::ScanJournal(rocks::Files(rocks::LocalEnv()), journal(), head.log,
                         [&](const rocks::ScannedGroup& group) {
                           groups.push_back({group.header, std::string(group.body), group.crc});
                           return absl::OkStatus();
                         })
          .status());
  const std::filesystem::path other = directory_.path() / "other";
  rocks::SharedDatabase shared({.directory = other});
  ASSERT_OK_AND_ASSIGN(rocks::Database* const database, shared.Open());
  rocks::Applier applier(*database, {});
  for (std::size_t i = 0; i < groups.size(); ++i) {
    // Everything so far once more, then the new one, twice.
    for (std::size_t j = 0; j <= i; ++j) {
      ASSERT_OK(applier.Replay(groups[j].header, groups[j].body, groups[j].crc));
    }
    ASSERT_OK(applier.Replay(groups[i].header, groups[i].body, groups[i].crc));
  }
  EXPECT_EQ(applier.tail().size, head.size);
  EXPECT_EQ(applier.tail().frontier.Root(), head.root);
  // In memory only, and a start would find nothing of it, until it is flushed.
  EXPECT_EQ(rocks::ReadTail(*database)->group, applier.tail().group);
  EXPECT_EQ(rocks::ReadDurableTail(*database)->group, 0u);
  ASSERT_OK(database->Flush());
  EXPECT_EQ(rocks::ReadDurableTail(*database)->group, applier.tail().group);
  shared.Publish();
  rocks::Reader reader(shared);
  std::vector<RecordedEvent> events;
  ASSERT_OK(reader.ReadAll({}, head.size, [&](RecordedEvent& event) {
    events.push_back(std::move(event));
    return true;
  }));
  ASSERT_EQ(events.size(), expected.size());
  for (std::size_t i = 0; i < events.size(); ++i) EXPECT_EQ(events[i].leaf, expected[i].leaf);
  EXPECT_EQ(*reader.EventCount("stream-r1"), 301u);
  // One that does not follow is refused.
  rocks::FrameHeader later = groups.back().header;
  later.group += 2;
  EXPECT_THAT(applier.Replay(later, groups.back().body, 0), HasReason("LOG_DAMAGED"));
}

TEST_F(Failure, AnAlteredRecordInTheStoreIsFoundWhenItIsRead) {
  ASSERT_OK(Open());
  AppendSome(3);
  Close();
  {
    ASSERT_OK_AND_ASSIGN(const auto database,
                         rocks::Database::Open({.directory = ledger() / "store"}));
    std::string value;
    ASSERT_TRUE(database->db().Get({}, database->records(), rocks::RecordKey({1}), &value).ok());
    value[20] = static_cast<char>(value[20] ^ 1);
    ASSERT_TRUE(database->db().Put({}, database->records(), rocks::RecordKey({1}), value).ok());
  }
  ASSERT_OK(Open());
  EXPECT_THAT(store_->ReadAll({}, [](RecordedEvent&) { return true; }), HasReason("LOG_DAMAGED"));
}

}  // namespace
}  // namespace daybook::eventstore
