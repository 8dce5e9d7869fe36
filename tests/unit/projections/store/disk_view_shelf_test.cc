#include "projections/store/disk_view_shelf.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <string>

#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace daybook::projections {
namespace {

using ::daybook::testing::HasReason;
namespace fs = std::filesystem;

class DiskViewShelfTest : public ::testing::Test {
 protected:
  std::unique_ptr<DiskViewShelf> Open() {
    auto shelf = DiskViewShelf::Open(path_, [this](std::string_view line) { said_ += line; });
    EXPECT_OK(shelf);
    return shelf.ok() ? *std::move(shelf) : nullptr;
  }
  static CommitBatch OneRow(std::uint64_t size) {
    CommitBatch batch;
    batch.meta.checkpoint.size = size;
    batch.changes.push_back({"v", "t", {{"k", "row"}}, {}});
    return batch;
  }

  daybook::testing::TempDir directory_;
  const fs::path path_ = directory_.path() / "views";
  std::string said_;
};

TEST_F(DiskViewShelfTest, ANewShelfServesTheFirstGeneration) { EXPECT_EQ(Open()->serving(), 1U); }

TEST_F(DiskViewShelfTest, GenerationsLieBesideEachOther) {
  const auto shelf = Open();
  ASSERT_OK_AND_ASSIGN(const auto first, shelf->Open(1));
  ASSERT_OK_AND_ASSIGN(const auto second, shelf->Open(2));
  ASSERT_OK(first->Commit(OneRow(5)));
  ASSERT_OK(second->Commit(OneRow(7)));
  EXPECT_EQ((*first->LoadMeta())->checkpoint.size, 5U);
  EXPECT_EQ((*second->LoadMeta())->checkpoint.size, 7U);
}

TEST_F(DiskViewShelfTest, TheNextStartServesWhatThisOneSaid) {
  ASSERT_OK(Open()->Serve(4));
  EXPECT_EQ(Open()->serving(), 4U);
}

TEST_F(DiskViewShelfTest, TellsTheStampOfTheStoreThatWouldAnswerAndMakesNothing) {
  ASSERT_OK_AND_ASSIGN(const ViewStamp none, DiskViewShelf::Peek(path_));
  EXPECT_EQ(none.stored, "");
  EXPECT_FALSE(fs::exists(path_));
  const auto shelf = Open();
  ASSERT_OK_AND_ASSIGN(const auto store, shelf->Open(4));
  ASSERT_OK_AND_ASSIGN(const ViewStamp another, DiskViewShelf::Peek(path_));
  EXPECT_EQ(another.stored, "") << "generation 1 would answer";
  ASSERT_OK(shelf->Serve(4));
  ASSERT_OK_AND_ASSIGN(const ViewStamp stamp, DiskViewShelf::Peek(path_));
  EXPECT_EQ(stamp.stored, stamp.program);
}

TEST_F(DiskViewShelfTest, AFileInItsPlaceIsRefusedByTheStartAndByTheLookBeforeIt) {
  std::ofstream(path_) << "no directory";
  EXPECT_THAT(DiskViewShelf::Peek(path_), HasReason("DIRECTORY_UNUSABLE"));
  EXPECT_THAT(DiskViewShelf::Open(path_, [](std::string_view) {}), HasReason("DIRECTORY_UNUSABLE"));
}

TEST_F(DiskViewShelfTest, TakesEverythingElseAway) {
  const auto shelf = Open();
  for (const std::uint64_t generation : {1U, 2U, 3U}) {
    ASSERT_OK_AND_ASSIGN(const auto store, shelf->Open(generation));
    ASSERT_OK(store->Commit(OneRow(generation)));
  }
  std::ofstream(path_ / "000012.sst") << "of an older layout";
  ASSERT_OK(shelf->Serve(2));
  ASSERT_OK(shelf->RemoveOthers(2));
  std::set<std::string> left;
  for (const auto& entry : fs::directory_iterator(path_)) left.insert(entry.path().filename());
  EXPECT_EQ(left, (std::set<std::string>{"2", "serving"}));
  ASSERT_OK_AND_ASSIGN(const auto store, shelf->Open(2));
  EXPECT_EQ((*store->LoadMeta())->checkpoint.size, 2U);
}

TEST_F(DiskViewShelfTest, ANumberThatDoesNotReadCountsAsNone) {
  Open();
  for (const char* text : {"", "zero", "0", "-"}) {
    std::ofstream(path_ / "serving") << text;
    EXPECT_EQ(Open()->serving(), 1U) << text;
  }
}

TEST_F(DiskViewShelfTest, AStoreThatIsOpenElsewhereIsInUse) {
  ASSERT_OK_AND_ASSIGN(const auto held, Open()->Open(1));
  EXPECT_THAT(Open()->Open(1), HasReason("DIRECTORY_IN_USE"));
}

TEST_F(DiskViewShelfTest, SaysWhyAStoreWasThrownAway) {
  const auto shelf = Open();
  { ASSERT_OK_AND_ASSIGN(const auto made, shelf->Open(1)); }
  std::ofstream(path_ / "1" / "CURRENT") << "no manifest";
  ASSERT_OK_AND_ASSIGN(const auto store, shelf->Open(1));
  EXPECT_THAT(said_, ::testing::HasSubstr("corrupt"));
}

TEST_F(DiskViewShelfTest, ADirectoryThatCannotBeMadeIsNamed) {
  EXPECT_THAT(DiskViewShelf::Open(path_ / "deeper", {}), HasReason("DIRECTORY_UNUSABLE"));
}

}  // namespace
}  // namespace daybook::projections
