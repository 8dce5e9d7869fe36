// What a server does with more than it takes: it says so at once, and answers what it has taken.
#include <gmock/gmock.h>

#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "eventstore/memory/memory_event_store.h"
#include "eventstore/staging/row_stage.h"
#include "services/commands/command_runner.h"
#include "services/eventlog/grpc/eventlog_service.h"
#include "services/partners/application/registers.h"
#include "services/partners/grpc/partner_service.h"
#include "services/referrals/grpc/referral_service.h"
#include "services/runtime/drain.h"
#include "services/runtime/server.h"
#include "services/runtime/worker_pool.h"
#include "services/submissions/application/version_keeper.h"
#include "tests/integration/daybook_test.h"
#include "tests/integration/samples.h"
#include "tests/support/plain_parts.h"
#include "tests/support/temp_dir.h"

namespace daybook::integration {
namespace {

using absl::StatusCode;

// A store whose disk does not answer until it is told to.
class HeldStore final : public eventstore::EventStore {
 public:
  void WaitForAppends(std::size_t count) {
    const absl::MutexLock lock(&mutex_);
    const auto there = [this, count]()
                           ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return held_.size() >= count; };
    mutex_.Await(absl::Condition(&there));
  }
  void Release() {
    std::vector<std::function<void()>> held;
    {
      const absl::MutexLock lock(&mutex_);
      held = std::exchange(held_, {});
      holding_ = false;
    }
    for (const auto& append : held) append();
  }

  void AppendAsync(eventstore::AppendRequest request, eventstore::AppendCallback done) override {
    auto append = [this, request = std::move(request), done = std::move(done)] {
      store_.AppendAsync(request, done);
    };
    {
      const absl::MutexLock lock(&mutex_);
      if (holding_) {
        held_.emplace_back(std::move(append));
        return;
      }
    }
    append();
  }
  absl::StatusOr<std::optional<eventstore::AppendResult>> FindRequest(
      std::string_view agency, std::string_view request_id,
      const eventstore::Hash& fingerprint) override {
    return store_.FindRequest(agency, request_id, fingerprint);
  }
  absl::Status ReadStream(std::string_view stream, eventstore::Revision from,
                          eventstore::Direction direction, std::uint64_t limit,
                          const eventstore::EventSink& sink) override {
    return store_.ReadStream(stream, from, direction, limit, sink);
  }
  absl::Status ReadAll(const eventstore::ReadAllOptions& options,
                       const eventstore::EventSink& sink) override {
    return store_.ReadAll(options, sink);
  }
  absl::StatusOr<std::uint64_t> StreamEventCount(std::string_view stream) override {
    return store_.StreamEventCount(stream);
  }
  eventstore::Checkpoint Head() override { return store_.Head(); }
  absl::StatusOr<eventstore::Hash> RootAt(std::uint64_t size) override {
    return store_.RootAt(size);
  }
  absl::StatusOr<std::uint64_t> SizeAt(eventstore::Instant time) override {
    return store_.SizeAt(time);
  }
  std::unique_ptr<Listener> OnCommit(std::function<void(std::uint64_t)> listener) override {
    return store_.OnCommit(std::move(listener));
  }
  absl::Status Health() override { return store_.Health(); }

 private:
  eventstore::MemoryEventStore store_{eventstore::SystemClock(),
                                      {.log_id = std::string(32, 'a'), .incarnation = 1}};
  absl::Mutex mutex_;
  bool holding_ ABSL_GUARDED_BY(mutex_) = true;
  std::vector<std::function<void()>> held_ ABSL_GUARDED_BY(mutex_);
};

class AServerThatTakesTwo : public ::testing::Test {
 protected:
  static constexpr std::size_t kTaken = 2;

  void SetUp() override {
    auto started = runtime::Server::Start("127.0.0.1:0", {&partners_, &referrals_, &log_}, drain_);
    ASSERT_TRUE(started.ok()) << started.status();
    server_ = *std::move(started);
    client_ = std::make_unique<Client>(server_->address(), kAgency);
  }

  // Calls that are taken and wait for the disk.
  void Fill() {
    for (std::size_t i = 0; i < kTaken; ++i) {
      callers_.emplace_back([this] {
        const auto answer = client_->Call(Organisation(NewId("organisation")));
        EXPECT_TRUE(answer.ok()) << answer.status.error_message();
      });
    }
    store_.WaitForAppends(kTaken);
  }
  void Release() {
    store_.Release();
    callers_.clear();  // joins
  }

  HeldStore store_;
  daybook::testing::PlainParts sealer_;
  runtime::DrainSignal drain_;
  runtime::WorkerPool pool_{2};
  commands::CommandRunner runner_{store_, sealer_, pool_};
  runtime::CallEnvironment env_{
      .store = store_,
      .runner = runner_,
      .executor = pool_,
      .command_executor = pool_,
      .clock = eventstore::SystemClock(),
      .commands = runtime::Admission::Make({.calls = kTaken, .bytes = 1U << 20}),
      .reads = runtime::Admission::Make({.calls = kTaken, .bytes = 1U << 20}),
      .log_streams = runtime::Admission::Make({.calls = kTaken, .bytes = 1U << 20})};
  partners::Registers registers_{store_};
  measures::Measures measures_{store_};
  partners::PartnerServiceImpl partners_{env_, registers_};
  daybook::testing::TempDir folder_;
  std::unique_ptr<staging::RowStage> stage_ = *staging::RowStage::Open(folder_.path() / "staging");
  submissions::VersionKeeper versions_{store_, runner_, *stage_, env_.clock, {}};
  referrals::ReferralServiceImpl referrals_{env_,    registers_, measures_, versions_,
                                            sealer_, sealer_,    drain_};
  eventlog::EventLogServiceImpl log_{env_, drain_};
  std::unique_ptr<runtime::Server> server_;
  std::unique_ptr<Client> client_;
  std::vector<std::jthread> callers_;
};

TEST_F(AServerThatTakesTwo, RefusesTheThirdAtOnceAndSaysWhenToComeBack) {
  Fill();
  const Refusal refusal = RefusalOf(client_->Call(Organisation(NewId("organisation"))).status);
  ExpectRefusal(refusal, {StatusCode::kResourceExhausted, "QUEUE_FULL", "", ""});
  EXPECT_GT(refusal.retry_after_ms, 0U);
  Release();
}

TEST_F(AServerThatTakesTwo, TakesTheNextOnceTheyAreAnswered) {
  Fill();
  Release();
  EXPECT_TRUE(client_->Call(Organisation(NewId("organisation"))).ok());
}

TEST_F(AServerThatTakesTwo, RefusesTheThirdStreamOfTheLogUntilAnotherIsOver) {
  store_.Release();
  eventlog::v1::SubscribeResponse message;
  auto first = client_->Subscribe({});
  auto second = std::make_unique<Incoming<eventlog::v1::SubscribeResponse>>(client_->Subscribe({}));
  ASSERT_TRUE(first.Read(&message));
  ASSERT_TRUE(second->Read(&message));
  const Expected full{StatusCode::kResourceExhausted, "QUEUE_FULL", "", ""};
  ExpectRefusal(RefusalOf(client_->Subscribe({}).Finish()), full);
  ExpectRefusal(RefusalOf(client_->ReadAll({}).Finish()), full);
  second.reset();
  while (env_.log_streams->calls() == kTaken) std::this_thread::yield();
  EXPECT_TRUE(client_->ReadAll({}).Finish().ok());
}

TEST_F(AServerThatTakesTwo, TellsASessionInItsMessageAndTheSessionGoesOn) {
  Fill();
  auto session = client_->Referrals();
  referrals::v1::SubmitReferralsRequest message;
  message.mutable_head()->set_request_id("rows-1");
  message.add_rows();
  const Refusal refusal = RefusalOf(session.Exchange(message).error());
  ExpectRefusal(refusal, {StatusCode::kResourceExhausted, "QUEUE_FULL", "", ""});
  EXPECT_GT(refusal.retry_after_ms, 0U);
  Release();
  const auto answer = session.Exchange(message);
  EXPECT_EQ(answer.request_id(), "rows-1");
  EXPECT_NE(answer.error().reason(), "QUEUE_FULL");
}

}  // namespace
}  // namespace daybook::integration
