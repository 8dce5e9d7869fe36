#include "projections/engine/engine.h"

#include <atomic>
#include <chrono>
#include <thread>
#include <utility>
#include <vector>

#include "absl/synchronization/notification.h"
#include "projections/store/memory_view_store.h"
#include "tests/support/view_property.h"
#include "tests/unit/projections/engine/test_views.h"

namespace daybook::projections::testing {
namespace {

using ::daybook::testing::HasReason;
using ::daybook::testing::ObserveEngine;
using ::daybook::testing::ObserveFold;
using ::daybook::testing::Soon;
using std::chrono::steady_clock;

class EngineTest : public ::testing::Test {
 protected:
  void Open(EngineOptions options = {}) {
    ASSERT_OK_AND_ASSIGN(engine_, Engine::Open(log_.store, store_, &TwoViews, options));
  }
  void Start(EngineOptions options = {}) {
    Open(std::move(options));
    engine_->Start();
  }
  void WaitForHead() { ASSERT_OK(engine_->WaitFor({log_.store.Head().size - 1}, Soon())); }
  std::uint64_t RowCount() {
    std::uint64_t count = 0;
    EXPECT_OK(engine_->Query({}, [&](const ViewSet& views, const Truth&) -> absl::Status {
      DAYBOOK_ASSIGN_OR_RETURN(const auto* view, views.Get<OrganisationsView>());
      count = view->rows().size();
      return absl::OkStatus();
    }));
    return count;
  }

  TestLog log_;
  MemoryViewStore store_;
  std::unique_ptr<Engine> engine_;
};

TEST_F(EngineTest, CatchesUpWithWhatWasThereBefore) {
  for (int i = 0; i < 3000; ++i) log_.Organisation("o" + std::to_string(i));
  Start();
  WaitForHead();
  EXPECT_EQ(RowCount(), 3000U);
  EXPECT_EQ(ObserveEngine(*engine_, 3000), ObserveFold(log_.store, &TwoViews, 3000));
}

TEST_F(EngineTest, ShowsALiveAppendToWhoWaitsForItsPosition) {
  Start();
  for (std::uint64_t i = 0; i < 50; ++i) {
    const std::uint64_t position = log_.Organisation("o" + std::to_string(i));
    ASSERT_OK(engine_->WaitFor({position}, Soon()));
    ASSERT_EQ(RowCount(), i + 1);
  }
}

TEST_F(EngineTest, ShowsALiveAppendBeforeItIsStored) {
  EngineOptions never;
  never.commit_interval = std::chrono::hours(1);
  Start(never);
  ASSERT_OK(engine_->WaitFor({log_.Organisation("a")}, Soon()));
  EXPECT_EQ(RowCount(), 1U);
  EXPECT_EQ(engine_->status().stored_size, 0U);
  ASSERT_OK(engine_->StopAndFlush());
  EXPECT_EQ(engine_->status().stored_size, 1U);
}

TEST_F(EngineTest, StoresWhatIsIdleAfterTheInterval) {
  EngineOptions soon;
  soon.commit_interval = std::chrono::milliseconds(1);
  Start(soon);
  ASSERT_OK(engine_->WaitFor({log_.Organisation("a")}, Soon()));
  while (engine_->status().stored_size == 0) std::this_thread::yield();
  ASSERT_OK_AND_ASSIGN(const auto meta, store_.LoadMeta());
  EXPECT_EQ(meta->checkpoint, log_.store.Head());
}

TEST_F(EngineTest, SaysVerySoonThatAPositionIsAheadOfTheLog) {
  Start();
  log_.Organisation("a");
  EXPECT_THAT(engine_->WaitFor({1}, Soon()), HasReason("BEYOND_HEAD"));
}

TEST_F(EngineTest, SaysThatTheViewsAreBehindWhenTheDeadlinePasses) {
  Open();  // not started: nothing is applied
  const std::uint64_t position = log_.Organisation("a");
  EXPECT_THAT(engine_->WaitFor({position}, steady_clock::now()), HasReason("VIEW_BEHIND"));
  EXPECT_THAT(engine_->WaitFor({position}, steady_clock::now() + std::chrono::milliseconds(5)),
              HasReason("VIEW_BEHIND"));
}

TEST_F(EngineTest, CallsBackWhoeverWaitsInAnyOrderOfPositions) {
  Open();
  constexpr int kWaiters = 20;
  for (int i = 0; i < kWaiters; ++i) log_.Organisation("o" + std::to_string(i));
  std::atomic<int> answered = 0;
  absl::Notification all;
  for (int i = kWaiters - 1; i >= 0; --i) {
    engine_->WaitForAsync({static_cast<std::uint64_t>(i)}, Soon(), [&](absl::Status status) {
      EXPECT_OK(status);
      if (++answered == kWaiters) all.Notify();
    });
  }
  EXPECT_EQ(answered.load(), 0);
  engine_->Start();
  all.WaitForNotification();
}

TEST_F(EngineTest, StopsPromptlyAndRefusesWhoStillWaits) {
  Open();
  const std::uint64_t position = log_.Organisation("a");
  absl::Status answer;
  engine_->WaitForAsync({position}, Soon(), [&](absl::Status status) { answer = status; });
  const auto before = steady_clock::now();
  ASSERT_OK(engine_->StopAndFlush());
  EXPECT_LT(steady_clock::now() - before, std::chrono::seconds(5));
  EXPECT_THAT(answer, HasReason("SHUTTING_DOWN"));
  EXPECT_THAT(engine_->WaitFor({position}, Soon()), HasReason("SHUTTING_DOWN"));
}

TEST_F(EngineTest, AnswersQueriesAfterItStopped) {
  Start();
  ASSERT_OK(engine_->WaitFor({log_.Organisation("a")}, Soon()));
  ASSERT_OK(engine_->StopAndFlush());
  ASSERT_OK(engine_->StopAndFlush());
  log_.Organisation("b");
  EXPECT_EQ(RowCount(), 1U);
  EXPECT_EQ(engine_->status().view_status[0].lag, 1U);
}

TEST_F(EngineTest, SaysWhereEveryViewStands) {
  Start();
  log_.Area("x");
  ASSERT_OK(engine_->WaitFor({log_.Organisation("a")}, Soon()));
  const EngineStatus status = engine_->status();
  EXPECT_EQ(status.head, log_.store.Head());
  EXPECT_EQ(status.views, log_.store.Head());
  EXPECT_EQ(status.problem, "");
  ASSERT_EQ(status.view_status.size(), 2U);
  EXPECT_EQ(status.view_status[0].name, "organisations");
  EXPECT_EQ(status.view_status[0].version, 1U);
  EXPECT_EQ(status.view_status[0].size, 2U);
  EXPECT_EQ(status.view_status[0].lag, 0U);
  EXPECT_EQ(status.view_status[0].rows, 1U);
  EXPECT_EQ(status.view_status[0].progress.applied, 1U);
  EXPECT_EQ(status.view_status[1].progress.applied, 2U);
}

TEST_F(EngineTest, GivesAReaderThreadOnePositionWhileOthersAppend) {
  EngineOptions small;
  small.batch_events = 7;
  small.commit_events = 20;
  Start(small);
  constexpr std::uint64_t kEvents = 2000;
  std::atomic<bool> done = false;
  std::vector<std::jthread> readers;
  for (int i = 0; i < 4; ++i) {
    readers.emplace_back([&] { ReadUntil(done, *engine_); });
  }
  for (std::uint64_t i = 0; i < kEvents; ++i) log_.Organisation("o" + std::to_string(i));
  WaitForHead();
  done = true;
  readers.clear();
  EXPECT_EQ(RowCount(), kEvents);
}

TEST_F(EngineTest, RefusesTwoViewsOfOneName) {
  const auto twins = [] {
    auto views = TwoViews();
    views.push_back(std::make_unique<OrderView>());
    return views;
  };
  EXPECT_EQ(Engine::Open(log_.store, store_, twins).status().code(), absl::StatusCode::kInternal);
}

TEST_F(EngineTest, RefusesAViewWithTwoTablesOfOneName) {
  class Mixed final : public View {
   public:
    std::string_view name() const override { return "mixed"; }
    std::uint32_t version() const override { return 1; }
    const std::vector<TypeHandling>& types() const override { return types_; }
    void Apply(const ViewEvent&) override {}
    std::vector<TableBase*> tables() override { return {&one_, &other_}; }

   private:
    const std::vector<TypeHandling> types_{};
    Table<views::v1::StoredView> one_{"cells"};
    Table<views::v1::StoredCounts> other_{"cells"};
  };
  const auto mixed = [] {
    std::vector<std::unique_ptr<View>> views;
    views.push_back(std::make_unique<Mixed>());
    return views;
  };
  EXPECT_EQ(Engine::Open(log_.store, store_, mixed).status().code(), absl::StatusCode::kInternal);
}

}  // namespace
}  // namespace daybook::projections::testing
