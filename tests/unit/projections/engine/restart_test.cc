// What the engine carries over a restart, and what it drops.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "projections/engine/engine.h"
#include "projections/store/memory_view_store.h"
#include "tests/support/forwarding_view_store.h"
#include "tests/support/view_property.h"
#include "tests/unit/projections/engine/test_views.h"

namespace daybook::projections::testing {
namespace {

using ::daybook::testing::HasReason;
using ::daybook::testing::ObserveEngine;
using ::daybook::testing::ObserveFold;
using ::daybook::testing::Soon;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Commits fail while it is told so; reading works.
class FullDisk final : public ::daybook::testing::ForwardingViewStore {
 public:
  absl::Status Commit(const CommitBatch& batch) override {
    ++commits;
    return full ? absl::UnavailableError("no space left") : ForwardingViewStore::Commit(batch);
  }

  std::atomic<bool> full = false;
  std::atomic<int> commits = 0;
};

class RestartTest : public ::testing::Test {
 protected:
  std::unique_ptr<Engine> Open(eventstore::EventStore& log, ViewStore& store,
                               const ViewSetFactory& factory = &TwoViews) {
    EngineOptions options;
    options.commit_interval = std::chrono::milliseconds(1);
    options.log = [this](std::string_view line) {
      absl::MutexLock lock(&mutex_);
      lines_.emplace_back(line);
    };
    auto engine = Engine::Open(log, store, factory, options);
    EXPECT_OK(engine);
    return engine.ok() ? *std::move(engine) : nullptr;
  }
  std::unique_ptr<Engine> Open() { return Open(log_.store, store_); }
  // Catches up, stops, and leaves the state in the view store.
  void RunToHead() {
    const auto engine = Open();
    engine->Start();
    ASSERT_OK(engine->WaitFor({log_.store.Head().size - 1}, Soon()));
    ASSERT_OK(engine->StopAndFlush());
  }
  std::vector<std::string> lines() {
    absl::MutexLock lock(&mutex_);
    return lines_;
  }
  void ForgetLines() {
    absl::MutexLock lock(&mutex_);
    lines_.clear();
  }

  TestLog log_;
  MemoryViewStore store_;
  absl::Mutex mutex_;
  std::vector<std::string> lines_ ABSL_GUARDED_BY(mutex_);
};

TEST_F(RestartTest, GoesOnWhereItStopped) {
  for (int i = 0; i < 10; ++i) log_.Organisation("o" + std::to_string(i));
  log_.Succeeded("o3");
  RunToHead();
  const auto engine = Open();
  EXPECT_EQ(engine->status().views, log_.store.Head()) << "before it is started";
  EXPECT_EQ(ObserveEngine(*engine, 11), ObserveFold(log_.store, &TwoViews, 11));
  EXPECT_THAT(lines(), ElementsAre(HasSubstr("are loaded, at 11 events")));
}

TEST_F(RestartTest, FoldsAgainWhatWasNotStored) {
  FullDisk store;
  log_.Organisation("a");
  {
    const auto engine = Open(log_.store, store);
    engine->Start();
    ASSERT_OK(engine->WaitFor({0}, Soon()));
    ASSERT_OK(engine->StopAndFlush());
  }
  log_.Organisation("b");
  log_.Succeeded("a");
  {
    const auto engine = Open(log_.store, store);
    store.full = true;
    engine->Start();
    ASSERT_OK(engine->WaitFor({2}, Soon()));
    EXPECT_FALSE(engine->StopAndFlush().ok());
  }
  store.full = false;
  const auto engine = Open(log_.store, store);
  EXPECT_EQ(engine->status().views.size, 1U);
  EXPECT_THAT(engine->Query({}, [](const auto&, const auto&) { return absl::OkStatus(); }),
              HasReason("VIEW_BEHIND"))
      << "older than what was answered before the restart";
  engine->Start();
  ASSERT_OK(engine->WaitFor({2}, Soon()));
  EXPECT_EQ(ObserveEngine(*engine, 3), ObserveFold(log_.store, &TwoViews, 3));
}

TEST_F(RestartTest, GoesOnInMemoryWhileTheDiskIsFullAndStoresEverythingAfterwards) {
  FullDisk store;
  store.full = true;
  {
    const auto engine = Open(log_.store, store);
    engine->Start();
    for (int i = 0; i < 20; ++i) {
      ASSERT_OK(engine->WaitFor({log_.Organisation("o" + std::to_string(i))}, Soon()));
    }
    while (engine->status().problem.empty()) std::this_thread::yield();
    EXPECT_THAT(engine->status().problem, HasSubstr("no space left"));
    EXPECT_EQ(engine->status().stored_size, 0U);
    store.full = false;
    while (engine->status().stored_size < 20) std::this_thread::yield();
    while (!engine->status().problem.empty()) std::this_thread::yield();
  }
  const auto engine = Open(log_.store, store);
  EXPECT_EQ(ObserveEngine(*engine, 20), ObserveFold(log_.store, &TwoViews, 20));
  EXPECT_THAT(lines(), Contains(HasSubstr("stored again")));
}

TEST_F(RestartTest, DropsEverythingOfAnotherLog) {
  log_.Organisation("a");
  log_.Organisation("b");
  RunToHead();
  TestLog other;
  other.Organisation("c");
  other.Organisation("d");
  const auto engine = Open(other.store, store_);
  EXPECT_THAT(lines(), Contains(HasSubstr("another history")));
  EXPECT_EQ(engine->status().views.size, 0U);
  engine->Start();
  ASSERT_OK(engine->WaitFor({1}, Soon()));
  EXPECT_EQ(ObserveEngine(*engine, 2), ObserveFold(other.store, &TwoViews, 2));
}

TEST_F(RestartTest, DropsEverythingWhenTheLogIsShorterThanTheViews) {
  log_.Organisation("a");
  log_.Organisation("b");
  RunToHead();
  ::daybook::testing::PrefixEventStore shorter(log_.store, 1);
  const auto engine = Open(shorter, store_);
  EXPECT_EQ(engine->status().views.size, 0U);
  EXPECT_THAT(lines(), Contains(HasSubstr("dropped")));
}

TEST_F(RestartTest, FoldsEverythingAgainWhenAViewChangedItsVersionAndAnswersOnlyWhenItHas) {
  for (int i = 0; i < 10; ++i) log_.Organisation("o" + std::to_string(i), OnDay(kToday - 1));
  RunToHead();
  const auto changed = [] {
    std::vector<std::unique_ptr<View>> views;
    views.push_back(std::make_unique<OrganisationsView>(2));
    views.push_back(std::make_unique<OrderView>());
    return views;
  };
  {
    const auto engine = Open(log_.store, store_, changed);
    EXPECT_THAT(lines(), ::testing::ElementsAre(HasSubstr("from version 1 to 2")));
    EXPECT_EQ(engine->ready_size(), 10U);
    EXPECT_THAT(engine->Query({}, [](const auto&, const auto&) { return absl::OkStatus(); }),
                HasReason("VIEW_BEHIND"))
        << "the views hold nothing yet";
    engine->Start();
    ASSERT_OK(engine->WaitFor({engine->ready_size() - 1}, Soon()));
    EXPECT_EQ(ObserveEngine(*engine, 10), ObserveFold(log_.store, changed, 10));
  }
  ForgetLines();
  const auto engine = Open(log_.store, store_, changed);
  EXPECT_THAT(lines(), ElementsAre(HasSubstr("are loaded, at 10 events")))
      << "what was folded again is stored";
  EXPECT_EQ(ObserveEngine(*engine, 10), ObserveFold(log_.store, changed, 10));
}

TEST_F(RestartTest, FoldsEverythingAgainWhenAViewCameOrWent) {
  log_.Organisation("a");
  log_.Alias("a");
  const auto one = [] {
    std::vector<std::unique_ptr<View>> views;
    views.push_back(std::make_unique<OrderView>());
    return views;
  };
  {
    const auto engine = Open(log_.store, store_, one);
    engine->Start();
    ASSERT_OK(engine->WaitFor({1}, Soon()));
  }
  {
    const auto engine = Open();
    EXPECT_THAT(lines(), Contains(HasSubstr("organisations is new")));
    engine->Start();
    ASSERT_OK(engine->WaitFor({1}, Soon()));
    EXPECT_EQ(ObserveEngine(*engine, 2), ObserveFold(log_.store, &TwoViews, 2));
  }
  const auto engine = Open(log_.store, store_, one);
  EXPECT_THAT(lines(), Contains(HasSubstr("organisations is no longer here")));
  engine->Start();
  ASSERT_OK(engine->WaitFor({1}, Soon()));
  EXPECT_EQ(ObserveEngine(*engine, 2), ObserveFold(log_.store, one, 2));
  ASSERT_OK(engine->StopAndFlush());
  ASSERT_OK_AND_ASSIGN(const auto meta, store_.LoadMeta());
  EXPECT_EQ(meta->views.size(), 1U);
}

TEST_F(RestartTest, FoldsEverythingAgainWhenARowDoesNotRead) {
  log_.Organisation("a");
  RunToHead();
  ASSERT_OK_AND_ASSIGN(const auto meta, store_.LoadMeta());
  CommitBatch damage;
  damage.meta = *meta;
  damage.changes.push_back({"organisations", "organisations", {{"a", "\x0A\x7F"}}, {}});
  ASSERT_OK(store_.Commit(damage));
  const auto engine = Open();
  EXPECT_THAT(lines(), Contains(HasSubstr("a stored row of table organisations does not parse")));
  engine->Start();
  ASSERT_OK(engine->WaitFor({0}, Soon()));
  EXPECT_EQ(ObserveEngine(*engine, 1), ObserveFold(log_.store, &TwoViews, 1));
}

}  // namespace
}  // namespace daybook::projections::testing
