// What only the driver on disk can do wrong.
#include "projections/store/rocksdb_view_store.h"

#include <gtest/gtest.h>
#include <rocksdb/db.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>

#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace daybook::projections {
namespace {

using ::daybook::testing::HasReason;
using ::testing::HasSubstr;

class RocksDbViewStoreTest : public ::testing::Test {
 protected:
  std::unique_ptr<RocksDbViewStore> Open() {
    auto store = RocksDbViewStore::Open(path_);
    EXPECT_OK(store);
    return store.ok() ? *std::move(store) : nullptr;
  }
  void Fill() {
    CommitBatch batch;
    batch.meta.checkpoint.size = 9;
    batch.changes.push_back({"v", "t", {{"k", "row"}}, {}});
    ASSERT_OK(Open()->Commit(batch));
  }

  daybook::testing::TempDir directory_;
  std::filesystem::path path_ = directory_.path() / "views";
};

TEST_F(RocksDbViewStoreTest, DropsAnotherFormatVersionAndSaysSo) {
  Fill();
  {
    rocksdb::DB* db = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open({}, path_.string(), &db).ok());
    const std::unique_ptr<rocksdb::DB> owner(db);
    ASSERT_TRUE(db->Put({}, std::string("m\0format", 8), "0").ok());
  }
  const auto store = Open();
  EXPECT_THAT(store->dropped_because(), HasSubstr("format version"));
  EXPECT_THAT(store->LoadMeta(), daybook::testing::IsOkAndHolds(std::nullopt));
}

TEST_F(RocksDbViewStoreTest, TellsItsStampBesideWhoHasItOpenAndChangesNothing) {
  ASSERT_OK_AND_ASSIGN(const ViewStamp none, RocksDbViewStore::Peek(path_));
  EXPECT_EQ(none.stored, "");
  EXPECT_FALSE(std::filesystem::exists(path_));
  const auto store = Open();
  const auto files = [this] {
    std::map<std::string, std::filesystem::file_time_type> times;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) {
      times[entry.path().string()] = entry.last_write_time();
    }
    return times;
  };
  const auto before = files();
  ASSERT_OK_AND_ASSIGN(const ViewStamp stamp, RocksDbViewStore::Peek(path_));
  EXPECT_NE(stamp.stored, "");
  EXPECT_EQ(stamp.stored, stamp.program);
  EXPECT_EQ(files(), before);
  std::ofstream(path_ / "CURRENT") << "no manifest";
  EXPECT_THAT(RocksDbViewStore::Peek(path_),
              daybook::testing::HasCode(absl::StatusCode::kUnavailable));
}

TEST_F(RocksDbViewStoreTest, DropsADatabaseThatIsCorruptAndSaysSo) {
  Fill();
  std::ofstream(path_ / "CURRENT") << "no manifest";
  const auto store = Open();
  ASSERT_NE(store, nullptr);
  EXPECT_THAT(store->dropped_because(), HasSubstr("corrupt"));
  EXPECT_THAT(store->LoadMeta(), daybook::testing::IsOkAndHolds(std::nullopt));
}

TEST_F(RocksDbViewStoreTest, ThrowsAwayTheVersionsThatNoKeptStateShows) {
  constexpr std::uint64_t kStates = 64;
  {
    const auto store = Open();
    for (std::uint64_t size = 1; size <= kStates; ++size) {
      CommitBatch batch;
      batch.meta.checkpoint.size = size;
      batch.keep = true;
      batch.changes.push_back({"v", "t", {{"hot", std::to_string(size)}}, {}});
      if (size == 1) batch.changes.push_back({"v", "t", {{"cold", "1"}}, {}});
      ASSERT_OK(store->Commit(batch));
    }
    ASSERT_OK(store->ThinKept(4));
  }
  rocksdb::DB* db = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open({}, path_.string(), &db).ok());
  const std::unique_ptr<rocksdb::DB> owner(db);
  const std::unique_ptr<rocksdb::Iterator> it(db->NewIterator({}));
  int versions = 0;
  for (it->Seek("r"); it->Valid(); it->Next()) ++versions;
  EXPECT_EQ(versions, 4 + 1) << "one of the hot row for each kept state, the newest among them";
}

TEST_F(RocksDbViewStoreTest, IsOpenOnceOnly) {
  const auto store = Open();
  EXPECT_THAT(RocksDbViewStore::Open(path_), HasReason("DIRECTORY_IN_USE"));
}

TEST_F(RocksDbViewStoreTest, SaysThatADirectoryCannotBeUsed) {
  std::ofstream(path_) << "a file in its place";
  EXPECT_THAT(RocksDbViewStore::Open(path_), HasReason("DIRECTORY_UNUSABLE"));
}

TEST_F(RocksDbViewStoreTest, KeepsWhatItHeldWhenOpenedAgain) {
  Fill();
  const auto store = Open();
  EXPECT_EQ(store->dropped_because(), "");
  ASSERT_OK_AND_ASSIGN(const auto meta, store->LoadMeta());
  EXPECT_EQ(meta->checkpoint.size, 9U);
}

}  // namespace
}  // namespace daybook::projections
