// Backups: a prefix of the log, taken while it is written to, and a new incarnation made of it.
#include <atomic>
#include <thread>

#include "eventstore/core/error.h"
#include "eventstore/rocksdb/backup.h"
#include "eventstore/rocksdb/ledger_check.h"
#include "tests/unit/eventstore/rocksdb_fixture.h"

namespace daybook::eventstore {
namespace {

using ::daybook::testing::HasCode;
using ::daybook::testing::HasReason;

class Backup : public RocksStoreTest {
 protected:
  std::filesystem::path backups() const { return directory_.path() / "backups"; }
  std::filesystem::path restored() const { return directory_.path() / "restored"; }

  absl::Status OpenRestored() {
    RocksEventStoreOptions options = Options();
    options.directory = restored();
    return OpenWith(std::move(options));
  }

  void ExpectClean(const std::filesystem::path& directory) {
    ASSERT_OK_AND_ASSIGN(const LedgerReport report, CheckLedger({.directory = directory}));
    for (const LedgerFinding& finding : report.findings) {
      ADD_FAILURE() << finding.file << ": " << finding.what;
    }
  }

  static std::uint64_t BytesIn(const std::filesystem::path& directory) {
    std::uint64_t bytes = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
      if (entry.is_regular_file()) bytes += entry.file_size();
    }
    return bytes;
  }
};

TEST_F(Backup, RestoresToExactlyThePrefixThatItNames) {
  ASSERT_OK(Open());
  AppendSome(20);
  const std::vector<RecordedEvent> before = All();
  const Checkpoint head = store_->Head();
  ASSERT_OK_AND_ASSIGN(const BackupInfo taken, store_->Backup(backups()));
  EXPECT_EQ(taken.upto, head);
  AppendSome(5);
  Close();

  ASSERT_OK_AND_ASSIGN(const RestoreReport report,
                       RestoreBackup(backups(), std::nullopt, restored()));
  EXPECT_EQ(report.backup.upto, head);
  EXPECT_EQ(report.log.log_id, head.log.log_id);
  EXPECT_EQ(report.log.incarnation, head.log.incarnation + 1);
  ASSERT_EQ(report.agencies.size(), 1u);
  EXPECT_EQ(report.agencies[0].agency, "essex-police");
  EXPECT_EQ(report.agencies[0].last, before.back().record_time);
  ExpectClean(restored());
  ASSERT_OK(OpenRestored());
  EXPECT_EQ(All(), before);
  EXPECT_EQ(store_->Head().root, head.root);
}

TEST_F(Backup, TakenUnderSixtyFourWritersIsAPrefixOfWhatTheyWrote) {
  ASSERT_OK(Open());
  std::atomic<bool> stop = false;
  std::atomic<int> written = 0;
  std::vector<std::jthread> writers;
  for (int w = 0; w < 64; ++w) {
    writers.emplace_back([&, w] {
      for (int i = 0; !stop; ++i) {
        const std::string id = "w" + std::to_string(w) + "-" + std::to_string(i);
        if (store_->Append(MakeRequest(id, "stream-" + id)).ok()) ++written;
      }
    });
  }
  while (written < 500) std::this_thread::yield();
  ASSERT_OK_AND_ASSIGN(const BackupInfo first, store_->Backup(backups()));
  const int between = written;
  while (written < between + 500) std::this_thread::yield();
  ASSERT_OK_AND_ASSIGN(const BackupInfo second, store_->Backup(backups()));
  stop = true;
  writers.clear();
  EXPECT_GE(first.upto.size, 500u);
  EXPECT_GT(second.upto.size, first.upto.size);
  const std::vector<RecordedEvent> all = All();
  for (const BackupInfo& backup : {first, second}) {
    ASSERT_OK_AND_ASSIGN(const Hash root, store_->RootAt(backup.upto.size));
    EXPECT_EQ(root, backup.upto.root);
  }
  Close();
  ASSERT_OK(RestoreBackup(backups(), first.id, restored()));
  ExpectClean(restored());
  ASSERT_OK(OpenRestored());
  const std::vector<RecordedEvent> back = All();
  ASSERT_EQ(back.size(), first.upto.size);
  EXPECT_TRUE(std::equal(back.begin(), back.end(), all.begin()));
}

TEST_F(Backup, OfAGrownLogCopiesOnlyWhatIsNew) {
  ASSERT_OK(Open());
  for (int i = 0; i < 40; ++i) {
    ASSERT_OK(store_->Append(MakeRequest("big" + std::to_string(i), "s" + std::to_string(i), 500)));
  }
  ASSERT_OK(store_->Backup(backups()));
  const std::uint64_t first = BytesIn(backups());
  AppendSome(1);
  ASSERT_OK(store_->Backup(backups()));
  EXPECT_LT(BytesIn(backups()) - first, first / 10);
  ASSERT_OK_AND_ASSIGN(const std::vector<BackupInfo> list, ListBackups(backups()));
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0].upto.size, 20'000u);
  EXPECT_EQ(list[1].upto.size, 20'001u);
}

TEST_F(Backup, KeepsAsManyAsItIsTold) {
  ASSERT_OK(Open());
  for (int i = 0; i < 4; ++i) {
    AppendSome(1);
    ASSERT_OK(store_->Backup(backups(), 2));
  }
  ASSERT_OK_AND_ASSIGN(const std::vector<BackupInfo> list, ListBackups(backups()));
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0].upto.size, 3u);
  EXPECT_EQ(list[1].upto.size, 4u);
}

TEST_F(Backup, OfAnEmptyLogIsRestoredToo) {
  ASSERT_OK(Open());
  ASSERT_OK(store_->Backup(backups()));
  Close();
  ASSERT_OK(RestoreBackup(backups(), std::nullopt, restored()));
  ASSERT_OK(OpenRestored());
  EXPECT_EQ(store_->Head().size, 0u);
  AppendSome(2);
  Close();
  ExpectClean(restored());
}

TEST_F(Backup, GoesOnAsANewIncarnationThatKnowsWhatItsParentSaid) {
  ASSERT_OK(Open());
  AppendSome(10);
  ASSERT_OK_AND_ASSIGN(const Hash root4, store_->RootAt(4));
  const LogIdentity parent = store_->Head().log;
  ASSERT_OK(store_->Backup(backups()));
  AppendSome(3);
  const Checkpoint beyond = store_->Head();
  Close();
  ASSERT_OK(RestoreBackup(backups(), std::nullopt, restored()));
  ASSERT_OK(OpenRestored());
  EXPECT_OK(CheckCheckpoint(*store_, {.log = parent, .size = 4, .root = root4}));
  EXPECT_THAT(CheckCheckpoint(*store_, beyond), HasReason("LOG_DIVERGED"));
  AppendSome(3);
  EXPECT_THAT(CheckCheckpoint(*store_, beyond), HasReason("LOG_DIVERGED"));
  EXPECT_THAT(CheckCheckpoint(*store_, {.log = parent, .size = 4, .root = {}}),
              HasReason("LOG_DIVERGED"));
  // What was answered before the backup is answered alike, what came after is recorded anew.
  ASSERT_OK_AND_ASSIGN(const AppendResult again, store_->Append(MakeRequest("r3", "stream-r3")));
  EXPECT_TRUE(again.duplicate);
  ASSERT_OK_AND_ASSIGN(const AppendResult lost, store_->Append(MakeRequest("r11", "stream-r11")));
  EXPECT_FALSE(lost.duplicate);
  const Checkpoint head = store_->Head();
  Crash();
  ExpectClean(restored());
  ASSERT_OK(OpenRestored());
  EXPECT_EQ(store_->Head(), head);
}

TEST_F(Backup, IsNotMixedWithThoseOfAnotherLog) {
  ASSERT_OK(Open());
  ASSERT_OK(store_->Backup(backups()));
  RocksEventStoreOptions other = Options();
  other.directory = directory_.path() / "other";
  ASSERT_OK(OpenWith(std::move(other)));
  EXPECT_THAT(store_->Backup(backups()), HasReason("DIRECTORY_UNUSABLE"));
}

TEST_F(Backup, IsNeverRestoredOverSomething) {
  ASSERT_OK(Open());
  AppendSome(1);
  ASSERT_OK(store_->Backup(backups()));
  EXPECT_THAT(RestoreBackup(backups(), std::nullopt, ledger()), HasReason("DIRECTORY_UNUSABLE"));
  EXPECT_THAT(RestoreBackup(backups(), 7, restored()), HasCode(absl::StatusCode::kNotFound));
  EXPECT_THAT(RestoreBackup(directory_.path() / "nothing", std::nullopt, restored()),
              HasReason("DIRECTORY_UNUSABLE"));
}

TEST_F(Backup, ThatIsDamagedIsFoundByVerifyAndNotRestored) {
  ASSERT_OK(Open());
  AppendSome(50);
  ASSERT_OK_AND_ASSIGN(const BackupInfo taken, store_->Backup(backups()));
  ASSERT_OK(VerifyBackup(backups(), taken.id));
  std::filesystem::path largest;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(backups())) {
    if (entry.is_regular_file() && entry.path().extension() == ".sst" &&
        (largest.empty() || entry.file_size() > std::filesystem::file_size(largest))) {
      largest = entry.path();
    }
  }
  Flip(largest, 1000);
  EXPECT_THAT(VerifyBackup(backups(), taken.id), HasReason("LOG_DAMAGED"));
  EXPECT_THAT(RestoreBackup(backups(), taken.id, restored()), HasReason("LOG_DAMAGED"));
}

TEST_F(Backup, ThatCannotBeReadIsListedAndNoOlderOneTakenForIt) {
  ASSERT_OK(Open());
  AppendSome(1);
  ASSERT_OK_AND_ASSIGN(const BackupInfo first, store_->Backup(backups()));
  AppendSome(1);
  ASSERT_OK_AND_ASSIGN(const BackupInfo second, store_->Backup(backups()));
  std::filesystem::resize_file(backups() / "meta" / std::to_string(second.id), 10);
  ASSERT_OK_AND_ASSIGN(const std::vector<BackupInfo> list, ListBackups(backups()));
  ASSERT_EQ(list.size(), 2u);
  EXPECT_OK(list[0].problem);
  EXPECT_EQ(list[1].id, second.id);
  EXPECT_THAT(list[1].problem, HasReason("LOG_DAMAGED"));
  EXPECT_THAT(RestoreBackup(backups(), std::nullopt, restored()), HasReason("LOG_DAMAGED"));
  EXPECT_THAT(RestoreBackup(backups(), second.id, restored()), HasReason("LOG_DAMAGED"));
  ASSERT_OK_AND_ASSIGN(const RestoreReport report, RestoreBackup(backups(), first.id, restored()));
  EXPECT_EQ(report.backup.upto.size, 1u);
}

}  // namespace
}  // namespace daybook::eventstore
