// As of a size and as known on a day.
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "projections/engine/engine.h"
#include "projections/engine/fold.h"
#include "projections/engine/folded_states.h"
#include "projections/store/memory_view_store.h"
#include "tests/support/forwarding_view_store.h"
#include "tests/support/view_property.h"
#include "tests/unit/projections/engine/test_views.h"

namespace daybook::projections::testing {
namespace {

using ::daybook::testing::FakeClock;
using ::daybook::testing::HasReason;
using ::daybook::testing::Observe;
using ::daybook::testing::ObserveFold;
using ::daybook::testing::Soon;
using ::daybook::testing::ViewsAt;

// Holds kept states that do not read.
class DamagedPast final : public ::daybook::testing::ForwardingViewStore {
 public:
  absl::Status LoadRows(std::string_view view, std::string_view table,
                        std::optional<std::uint64_t> kept_size, const RowSink& sink) override {
    if (kept_size.has_value()) return absl::DataLossError("the block has another checksum");
    return ForwardingViewStore::LoadRows(view, table, kept_size, sink);
  }
};

// Counts the states that are kept.
class CountedPast final : public ::daybook::testing::ForwardingViewStore {
 public:
  absl::Status Commit(const CommitBatch& batch) override {
    if (batch.keep) ++kept;
    return ForwardingViewStore::Commit(batch);
  }

  std::atomic<int> kept = 0;
};

class AsOfTest : public ::testing::Test {
 protected:
  // Opens and catches up at the first question.
  absl::Status Query(const AsOf& as_of, const Engine::ReadViews& read) {
    if (engine_ == nullptr) {
      DAYBOOK_ASSIGN_OR_RETURN(engine_, Engine::Open(log_.store, store_, &TwoViews));
      engine_->Start();
      DAYBOOK_RETURN_IF_ERROR(engine_->WaitFor({log_.store.Head().size - 1}, Soon()));
    }
    return engine_->Query(as_of, read);
  }
  ViewsAt ObserveAt(const AsOf& as_of) {
    ViewsAt at;
    EXPECT_OK(Query(as_of, [&](const ViewSet& views, const Truth& truth) {
      truth_ = truth;
      at = Observe(views);
      return absl::OkStatus();
    }));
    return at;
  }
  // The order in which the view was given events.
  std::string OrderAt(const AsOf& as_of) {
    std::string order;
    EXPECT_OK(Query(as_of, [&](const ViewSet& views, const Truth& truth) -> absl::Status {
      DAYBOOK_ASSIGN_OR_RETURN(const auto* view, views.Get<OrderView>());
      order = view->order();
      truth_ = truth;
      counts_ = views.CountsOf(OrderView::kName);
      return absl::OkStatus();
    }));
    return order;
  }
  static AsOf KnownOn(std::int32_t day) {
    AsOf as_of;
    as_of.known_on = eventstore::CivilDay{day};
    return as_of;
  }
  static AsOf RecordedAt(std::uint64_t size) {
    AsOf as_of;
    as_of.recorded_size = size;
    return as_of;
  }

  TestLog log_;
  MemoryViewStore store_;
  std::unique_ptr<Engine> engine_;
  Truth truth_;
  KnownCounts counts_;
};

TEST_F(AsOfTest, GivesTheViewsAsTheyWereAtEverySize) {
  for (int i = 0; i < 12; ++i) log_.Organisation("o" + std::to_string(i % 5));
  for (std::uint64_t size = 0; size <= 12; ++size) {
    EXPECT_EQ(ObserveAt(RecordedAt(size)), ObserveFold(log_.store, &TwoViews, size));
    EXPECT_EQ(truth_.checkpoint.size, size);
    EXPECT_EQ(truth_.checkpoint.root, log_.store.RootAt(size).value());
    EXPECT_EQ(truth_.checkpoint.log, log_.store.Head().log);
  }
}

TEST_F(AsOfTest, ReadsOnlyTheEventsSinceTheKeptStateBefore) {
  constexpr std::uint64_t kEvents = 4000;
  for (std::uint64_t i = 0; i < kEvents; ++i) log_.Organisation("o" + std::to_string(i % 70));
  ::daybook::testing::PrefixEventStore prefix(log_.store, kEvents);
  EngineOptions options;
  options.batch_events = 50;
  options.commit_events = 50;
  options.keep_events = 100;
  ASSERT_OK_AND_ASSIGN(engine_, Engine::Open(prefix, store_, &TwoViews, options));
  engine_->Start();
  ASSERT_OK(engine_->WaitFor({kEvents - 1}, Soon()));
  for (const std::uint64_t size : {3999U, 3950U, 2000U, 777U, 101U}) {
    const std::uint64_t before = prefix.events_read();
    EXPECT_EQ(ObserveAt(RecordedAt(size)), ObserveFold(log_.store, &TwoViews, size));
    EXPECT_LE(prefix.events_read() - before, 150U) << size;
  }
}

TEST_F(AsOfTest, KeepsStatesFurtherApartAsTheLogGrows) {
  constexpr std::uint64_t kEvents = 4096;
  for (std::uint64_t i = 0; i < kEvents; ++i) log_.Organisation("o" + std::to_string(i % 7));
  CountedPast store;
  EngineOptions options;
  options.batch_events = 1;
  options.commit_events = 1;
  options.keep_events = 1;
  options.kept_states_max = 16;
  ASSERT_OK_AND_ASSIGN(const auto engine, Engine::Open(log_.store, store, &TwoViews, options));
  engine->Start();
  ASSERT_OK(engine->WaitFor({kEvents - 1}, Soon()));
  ASSERT_OK(engine->StopAndFlush());
  // Half of 16 while the log is small, then a quarter each time that it doubles: from 8 to 4096,
  // nine times, and what begins with a new distance.
  EXPECT_LE(store.kept, 8 + 9 * 5);
  EXPECT_GE(store.kept, 8 + 9 * 3);
  ASSERT_OK_AND_ASSIGN(const auto again, Engine::Open(log_.store, store, &TwoViews, options));
  std::set<std::uint64_t> sizes;
  for (std::uint64_t size = 1; size <= kEvents; ++size) {
    ASSERT_OK_AND_ASSIGN(const auto meta, store.LoadKeptMeta(size));
    if (meta.has_value()) sizes.insert(meta->checkpoint.size);
  }
  EXPECT_LE(sizes.size(), 16U) << "thinned at the start";
}

TEST_F(AsOfTest, FoldsFromTheStartAndSaysSoWhenAKeptStateDoesNotRead) {
  for (int i = 0; i < 40; ++i) log_.Organisation("o" + std::to_string(i % 7));
  DamagedPast store;
  EngineOptions options;
  options.keep_events = 1;
  options.commit_events = 1;
  options.batch_events = 1;
  struct {
    absl::Mutex mutex;
    std::string lines ABSL_GUARDED_BY(mutex);
  } logged;
  options.log = [&](std::string_view line) {
    absl::MutexLock lock(&logged.mutex);
    logged.lines.append(line);
  };
  ASSERT_OK_AND_ASSIGN(const auto engine, Engine::Open(log_.store, store, &TwoViews, options));
  engine->Start();
  ASSERT_OK(engine->WaitFor({39}, Soon()));
  EXPECT_EQ(::daybook::testing::ObservePast(*engine, 30), ObserveFold(log_.store, &TwoViews, 30));
  absl::MutexLock lock(&logged.mutex);
  EXPECT_THAT(logged.lines, ::testing::HasSubstr("another checksum"));
}

TEST_F(AsOfTest, RefusesASizeAheadOfTheLog) {
  log_.Organisation("a");
  const auto nothing = [](const ViewSet&, const Truth&) { return absl::OkStatus(); };
  EXPECT_THAT(Query(RecordedAt(2), nothing), HasReason("BEYOND_HEAD"));
}

TEST_F(AsOfTest, GivesBackWhatTheReaderSays) {
  log_.Organisation("a");
  const auto refuse = [](const ViewSet&, const Truth&) { return absl::NotFoundError("no plan"); };
  EXPECT_EQ(Query({}, refuse).code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Query(RecordedAt(0), refuse).code(), absl::StatusCode::kNotFound);
}

TEST_F(AsOfTest, AppliesInOrderOfTheDayKnownAndThenOfThePosition) {
  log_.Organisation("0", OnDay(kToday - 1));
  log_.Organisation("1", OnDay(kToday - 9));
  log_.Organisation("2", InMonth(kToday - 5));
  log_.Organisation("3", OnDay(kToday - 9));
  log_.Organisation("4");
  EXPECT_EQ(OrderAt(KnownOn(kToday)), "1* 3* 2* 0* 4 ");
  EXPECT_EQ(OrderAt({}), "0* 1* 2* 3* 4 ");
}

TEST_F(AsOfTest, LeavesOutAndCountsWhatWasNotKnownByThen) {
  log_.Organisation("0", OnDay(kToday - 3));
  log_.Organisation("1", OnDay(kToday - 2));
  log_.Organisation("2", InMonth(kToday - 1));
  log_.Organisation("3");
  log_.Organisation("4", Unknown());
  EXPECT_EQ(OrderAt(KnownOn(kToday - 4)), "");
  EXPECT_EQ(truth_.counts, (KnownCounts{4, 1, 0}));
  EXPECT_EQ(OrderAt(KnownOn(kToday - 2)), "0* 1* ");
  EXPECT_EQ(truth_.counts, (KnownCounts{2, 1, 2}));
  EXPECT_EQ(truth_.known_on, eventstore::CivilDay{kToday - 2});
  EXPECT_EQ(truth_.checkpoint, log_.store.Head());
  EXPECT_EQ(OrderAt(KnownOn(kToday)), "0* 1* 2* 3 ");
  EXPECT_EQ(truth_.counts, (KnownCounts{0, 1, 3}));
  EXPECT_EQ(OrderAt({}), "0* 1* 2* 3 4 ");
  EXPECT_EQ(truth_.counts, (KnownCounts{0, 0, 3}));
}

TEST_F(AsOfTest, AppliesReferenceFactsFirstAndWheneverTheyWereKnown) {
  log_.Organisation("0", OnDay(kToday - 3));
  log_.Area("1");
  log_.Area("2", Unknown());
  log_.Area("3", OnDay(kToday - 8));
  EXPECT_EQ(OrderAt(KnownOn(kToday - 3)), "1 2 3 0* ");
  EXPECT_EQ(truth_.counts, (KnownCounts{0, 0, 1}));
}

TEST_F(AsOfTest, CountsForOneViewAndForAll) {
  log_.Organisation("0");
  log_.Alias("0");
  OrderAt(KnownOn(kToday - 1));
  EXPECT_EQ(truth_.counts.not_yet_known, 2U);
  EXPECT_EQ(counts_.not_yet_known, 1U) << "the order view does not ask for aliases";
}

TEST_F(AsOfTest, TakesTheDayInLondonOfWhatWasReceivedWhenRecorded) {
  // 23:30 UTC on 30 June 2026 is 00:30 on 1 July in London.
  constexpr std::int64_t kFirstOfJuly = 20635;
  log_.clock.Advance((kFirstOfJuly * 24 * 60 - 30) * FakeClock::kMinute - FakeClock::kStartMicros);
  log_.Organisation("0");
  EXPECT_EQ(OrderAt(KnownOn(kFirstOfJuly - 1)), "");
  EXPECT_EQ(OrderAt(KnownOn(kFirstOfJuly)), "0 ");
}

TEST_F(AsOfTest, CombinesTheDayKnownWithTheSizeRecorded) {
  log_.Organisation("0", OnDay(kToday - 1));
  log_.Organisation("1", OnDay(kToday - 2));
  AsOf as_of = KnownOn(kToday - 1);
  as_of.recorded_size = 1;
  EXPECT_EQ(OrderAt(as_of), "0* ");
  EXPECT_EQ(truth_.checkpoint.size, 1U);
  EXPECT_EQ(OrderAt(KnownOn(kToday - 1)), "1* 0* ");
}

TEST_F(AsOfTest, GivesTheSameAnswerForEverWhateverComesLater) {
  log_.Organisation("0", OnDay(kToday - 1));
  AsOf as_of = KnownOn(kToday - 1);
  as_of.recorded_size = 1;
  const ViewsAt before = ObserveAt(as_of);
  log_.Organisation("1", OnDay(kToday - 1));
  // More questions than states are kept, so that the last one is folded anew.
  for (std::int32_t day = 0; day < 10; ++day) ObserveAt(KnownOn(day));
  EXPECT_EQ(ObserveAt(as_of), before);
}

TEST_F(AsOfTest, KnownInTheFarFutureIsNowWhenEverythingWasReceivedWhenRecorded) {
  for (int i = 0; i < 2500; ++i) log_.Organisation("o" + std::to_string(i % 700));
  EXPECT_EQ(ObserveAt(KnownOn(kToday + 100)), ObserveAt({}));
}

// Stops the first who reads until it is told to go on.
class GatedLog final : public eventstore::LogReader {
 public:
  explicit GatedLog(eventstore::LogReader& log) : log_(log) {}
  absl::Status ReadAll(const eventstore::ReadAllOptions& options,
                       const eventstore::EventSink& sink) override {
    if (!first_.exchange(true)) {
      reached.Notify();
      go_on.WaitForNotification();
    }
    return log_.ReadAll(options, sink);
  }
  eventstore::Checkpoint Head() override { return log_.Head(); }
  absl::StatusOr<eventstore::Hash> RootAt(std::uint64_t size) override { return log_.RootAt(size); }
  std::unique_ptr<Listener> OnCommit(std::function<void(std::uint64_t)> listener) override {
    return log_.OnCommit(std::move(listener));
  }

  absl::Notification reached;
  absl::Notification go_on;

 private:
  eventstore::LogReader& log_;
  std::atomic<bool> first_ = false;
};

TEST(FoldedStates, APastSizeDoesNotWaitForWhatWasKnownOnADay) {
  TestLog log;
  for (int i = 0; i < 10; ++i) log.Organisation("o" + std::to_string(i));
  GatedLog gated(log.store);
  MemoryViewStore store;
  FoldedStates states(gated, store, &TwoViews, 4, [](std::string_view) {});
  std::jthread slow([&] { EXPECT_OK(states.Get(10, eventstore::CivilDay{kToday})); });
  gated.reached.WaitForNotification();
  EXPECT_OK(states.Get(10, std::nullopt));  // while the other one stands in the middle of its fold
  gated.go_on.Notify();
}

}  // namespace
}  // namespace daybook::projections::testing
