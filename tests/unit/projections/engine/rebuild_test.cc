// Views made anew beside those that answer.
#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/synchronization/notification.h"
#include "projections/engine/rebuildable_views.h"
#include "projections/store/disk_view_shelf.h"
#include "tests/support/temp_dir.h"
#include "tests/support/view_property.h"
#include "tests/unit/projections/engine/test_views.h"

namespace daybook::projections::testing {
namespace {

using ::daybook::testing::HasReason;
using ::daybook::testing::ObserveEngine;
using ::daybook::testing::ObserveFold;
using ::daybook::testing::Soon;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
namespace fs = std::filesystem;

// Hands everything on, unless it is told to fail.
class TestShelf final : public ViewShelf {
 public:
  explicit TestShelf(const fs::path& directory) {
    auto shelf = DiskViewShelf::Open(directory, [](std::string_view) {});
    EXPECT_OK(shelf);
    shelf_ = *std::move(shelf);
  }
  std::uint64_t serving() const override { return shelf_->serving(); }
  absl::StatusOr<std::unique_ptr<ViewStore>> Open(std::uint64_t generation) override {
    if (open_fails) return absl::UnavailableError("no room for a store");
    return shelf_->Open(generation);
  }
  absl::Status Serve(std::uint64_t generation) override {
    if (serve_fails) return absl::UnavailableError("no room for a number");
    return shelf_->Serve(generation);
  }
  absl::Status RemoveOthers(std::uint64_t generation) override {
    return shelf_->RemoveOthers(generation);
  }

  bool open_fails = false;
  bool serve_fails = false;

 private:
  std::unique_ptr<DiskViewShelf> shelf_;
};

class RebuildTest : public ::testing::Test {
 protected:
  void Open(EngineOptions options = {}) {
    shelf_ = std::make_unique<TestShelf>(path_);
    ASSERT_OK_AND_ASSIGN(views_, RebuildableViews::Open(log_.store, *shelf_, &TwoViews, options));
  }
  void Close() {
    views_.reset();
    shelf_.reset();
  }
  void Fill(int organisations) {
    for (int i = 0; i < organisations; ++i) log_.Organisation("o" + std::to_string(i));
  }
  void WaitForHead() { ASSERT_OK(views_->WaitFor({log_.store.Head().size - 1}, Soon())); }
  // Waits for the end of the rebuild that makes `generation`.
  RebuildStatus::Outcome OutcomeOf(std::uint64_t generation) {
    while (true) {
      const RebuildStatus status = views_->rebuild_status();
      if (status.last.has_value() && status.last->generation == generation) return *status.last;
      std::this_thread::yield();
    }
  }
  // Starts one as soon as the one before is over and gone.
  std::uint64_t StartNext() {
    while (true) {
      const auto started = views_->StartRebuild();
      if (started.ok()) return *started;
      EXPECT_THAT(started, HasReason("REBUILD_RUNNING"));
      std::this_thread::yield();
    }
  }
  bool OnDisk(int generation) const { return fs::exists(path_ / std::to_string(generation)); }

  daybook::testing::TempDir directory_;
  const fs::path path_ = directory_.path() / "views";
  TestLog log_;
  std::unique_ptr<TestShelf> shelf_;
  std::unique_ptr<RebuildableViews> views_;
};

TEST_F(RebuildTest, NewViewsTakeThePlaceOfTheOldOnesAndAreTheSame) {
  Fill(3000);
  Open();
  WaitForHead();
  EXPECT_EQ(views_->rebuild_status().generation, 1U);
  ASSERT_OK_AND_ASSIGN(const std::uint64_t generation, views_->StartRebuild());
  EXPECT_EQ(generation, 2U);
  const auto outcome = OutcomeOf(2);
  EXPECT_TRUE(outcome.changed_over);
  EXPECT_EQ(outcome.problem, "");
  EXPECT_EQ(outcome.size, 3000U);
  EXPECT_THAT(outcome.differing, IsEmpty());
  const RebuildStatus status = views_->rebuild_status();
  EXPECT_EQ(status.generation, 2U);
  EXPECT_FALSE(status.running.has_value());
  EXPECT_EQ(ObserveEngine(*views_, 3000), ObserveFold(log_.store, &TwoViews, 3000));
}

TEST_F(RebuildTest, TheNextStartGoesOnWithTheNewOnes) {
  Fill(100);
  Open();
  WaitForHead();
  ASSERT_OK(views_->StartRebuild());
  ASSERT_TRUE(OutcomeOf(2).changed_over);
  Close();
  EXPECT_FALSE(OnDisk(1));
  Open();
  EXPECT_EQ(views_->rebuild_status().generation, 2U);
  EXPECT_EQ(views_->status().stored_size, 100U);  // nothing is folded again
  EXPECT_EQ(ObserveEngine(*views_, 100), ObserveFold(log_.store, &TwoViews, 100));
}

TEST_F(RebuildTest, NobodyWhoReadsOrWaitsNoticesTheChange) {
  EngineOptions small;
  small.batch_events = 7;
  small.commit_events = 20;
  Open(small);
  std::atomic<bool> done = false;
  std::vector<std::jthread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] { ReadUntil(done, *views_); });
  }
  std::jthread writer([&] {
    for (int i = 0; !done.load(); ++i) {
      const std::uint64_t position = log_.Organisation("o" + std::to_string(i));
      EXPECT_OK(views_->WaitFor({position}, Soon()));
      EXPECT_OK(views_->Query({}, [&](const ViewSet&, const Truth& truth) {
        EXPECT_GT(truth.checkpoint.size, position);
        return absl::OkStatus();
      }));
    }
  });
  for (int i = 0; i < 12; ++i) {
    const auto outcome = OutcomeOf(StartNext());
    EXPECT_TRUE(outcome.changed_over) << outcome.problem;
    EXPECT_EQ(outcome.problem, "");
    EXPECT_THAT(outcome.differing, IsEmpty());
  }
  done = true;
  writer.join();
  readers.clear();
  const std::uint64_t size = log_.store.Head().size;
  WaitForHead();
  EXPECT_EQ(ObserveEngine(*views_, size), ObserveFold(log_.store, &TwoViews, size));
}

TEST_F(RebuildTest, PutsRightWhatTheDiskHadWrongAndNamesTheView) {
  Fill(50);
  Open();
  WaitForHead();
  Close();
  {
    TestShelf shelf(path_);
    ASSERT_OK_AND_ASSIGN(const auto store, shelf.Open(1));
    ASSERT_OK_AND_ASSIGN(const auto meta, store->LoadMeta());
    views::v1::StoredView wrong;
    wrong.set_name("somebody else");
    CommitBatch batch;
    batch.meta = *meta;
    batch.changes.push_back(
        {"organisations", "organisations", {{"o7", wrong.SerializeAsString()}}, {}});
    ASSERT_OK(store->Commit(batch));
  }
  Open();
  ASSERT_NE(ObserveEngine(*views_, 50), ObserveFold(log_.store, &TwoViews, 50));
  ASSERT_OK(views_->StartRebuild());
  const auto outcome = OutcomeOf(2);
  EXPECT_TRUE(outcome.changed_over);
  EXPECT_THAT(outcome.differing, ElementsAre("organisations"));
  EXPECT_EQ(ObserveEngine(*views_, 50), ObserveFold(log_.store, &TwoViews, 50));
}

TEST_F(RebuildTest, ViewsThatStopWhereTheOldOnesWentOnDoNotTakeTheirPlace) {
  Fill(5);
  log_.Broken(kOrganisation);
  Open();
  WaitForHead();
  Close();
  {
    TestShelf shelf(path_);
    ASSERT_OK_AND_ASSIGN(const auto store, shelf.Open(1));
    ASSERT_OK_AND_ASSIGN(const auto meta, store->LoadMeta());
    CommitBatch batch;
    batch.meta = *meta;
    for (auto& view : batch.meta.views) view.second.progress.parked.reset();
    ASSERT_OK(store->Commit(batch));
  }
  Open();
  ASSERT_OK(views_->StartRebuild());
  const auto outcome = OutcomeOf(2);
  EXPECT_FALSE(outcome.changed_over);
  EXPECT_THAT(outcome.problem, HasSubstr("stopped at position 5"));
  EXPECT_EQ(views_->rebuild_status().generation, 1U);
  ASSERT_OK(views_->WaitFor({log_.Organisation("later")}, Soon()));  // the old ones go on
  ASSERT_EQ(StartNext(), 2U);
  OutcomeOf(2);
}

TEST_F(RebuildTest, OldViewsGoOnWhenTheChangeCannotBeWrittenDown) {
  Fill(5);
  Open();
  WaitForHead();
  shelf_->serve_fails = true;
  ASSERT_OK(views_->StartRebuild());
  const auto outcome = OutcomeOf(2);
  EXPECT_FALSE(outcome.changed_over);
  EXPECT_THAT(outcome.problem, HasSubstr("no room for a number"));
  const std::uint64_t position = log_.Organisation("later");
  ASSERT_OK(views_->WaitFor({position}, Soon()));
  EXPECT_EQ(ObserveEngine(*views_, position + 1), ObserveFold(log_.store, &TwoViews, position + 1));
  Close();
  Open();
  EXPECT_FALSE(OnDisk(2));
}

TEST_F(RebuildTest, SaysAtOnceThatThereIsNoRoomForAnotherStore) {
  Open();
  shelf_->open_fails = true;
  EXPECT_THAT(views_->StartRebuild().status().message(), HasSubstr("no room for a store"));
  shelf_->open_fails = false;
  ASSERT_OK(views_->StartRebuild());
  EXPECT_TRUE(OutcomeOf(2).changed_over);
}

TEST_F(RebuildTest, WhoReadsTheOldOnesKeepsThemUntilTheyAreDone) {
  Fill(10);
  Open();
  WaitForHead();
  absl::Notification reads;
  absl::Notification read_on;
  std::jthread reader([&] {
    EXPECT_OK(views_->Query({}, [&](const ViewSet& views, const Truth&) -> absl::Status {
      reads.Notify();
      read_on.WaitForNotification();
      DAYBOOK_ASSIGN_OR_RETURN(const auto* view, views.Get<OrganisationsView>());
      EXPECT_EQ(view->rows().size(), 10U);
      return absl::OkStatus();
    }));
  });
  reads.WaitForNotification();
  ASSERT_OK(views_->StartRebuild());
  EXPECT_TRUE(OutcomeOf(2).changed_over);
  EXPECT_TRUE(OnDisk(1));
  EXPECT_THAT(views_->StartRebuild(), HasReason("REBUILD_RUNNING"));
  read_on.Notify();
  reader.join();
  EXPECT_EQ(StartNext(), 3U);
  EXPECT_FALSE(OnDisk(1));
  EXPECT_TRUE(OutcomeOf(3).changed_over);
}

TEST_F(RebuildTest, AStopInTheMiddleLeavesOneOrTheOther) {
  Fill(5000);
  for (int i = 0; i < 5; ++i) {
    Open();
    ASSERT_OK(views_->StartRebuild());
    ASSERT_OK(views_->StopAndFlush());
    EXPECT_THAT(views_->StartRebuild(), HasReason("SHUTTING_DOWN"));
    EXPECT_THAT(views_->WaitFor({4999}, Soon()),
                ::testing::AnyOf(daybook::testing::IsOk(), HasReason("SHUTTING_DOWN")));
    Close();
    log_.Organisation("between");
  }
  Open();
  const std::uint64_t size = log_.store.Head().size;
  WaitForHead();
  EXPECT_EQ(ObserveEngine(*views_, size), ObserveFold(log_.store, &TwoViews, size));
  int stores = 0;
  for (const auto& entry : fs::directory_iterator(path_)) stores += entry.is_directory() ? 1 : 0;
  EXPECT_EQ(stores, 1);
}

TEST_F(RebuildTest, ViewsOfAnEmptyLogAreMadeAnewToo) {
  Open();
  ASSERT_OK(views_->StartRebuild());
  EXPECT_TRUE(OutcomeOf(2).changed_over);
  ASSERT_OK(views_->WaitFor({log_.Organisation("first")}, Soon()));
}

}  // namespace
}  // namespace daybook::projections::testing
