// A database that is opened anew under its readers.
#include <chrono>
#include <fstream>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/notification.h"
#include "eventstore/rocksdb/shared_database.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace daybook::eventstore::rocks {
namespace {

using ::daybook::testing::HasReason;

class SharedDatabases : public ::testing::Test {
 protected:
  void Put(Database& database, const std::string& value) {
    rocksdb::WriteBatch batch;
    batch.Put(database.state(), "key", value);
    ASSERT_TRUE(database.Write(batch).ok());
  }

  std::string Read() {
    absl::StatusOr<SharedDatabase::Lease> database = shared_.Use();
    EXPECT_OK(database);
    if (!database.ok()) return "";
    std::string value;
    (*database)->db().Get({}, (*database)->state(), "key", &value).PermitUncheckedError();
    return value;
  }

  daybook::testing::TempDir directory_;
  std::filesystem::path path_ = directory_.path() / "store";
  SharedDatabase shared_{{.directory = path_}};
};

TEST_F(SharedDatabases, WhatWasNotFlushedIsGoneAfterItIsOpenedAnew) {
  ASSERT_OK_AND_ASSIGN(Database * database, shared_.Open());
  Put(*database, "flushed");
  ASSERT_OK(database->Flush());
  Put(*database, "in memory");
  shared_.Publish();
  EXPECT_EQ(Read(), "in memory");
  ASSERT_OK(shared_.Open());
  shared_.Publish();
  EXPECT_EQ(Read(), "flushed");
}

TEST_F(SharedDatabases, ReadersWaitUntilItIsWhole) {
  ASSERT_OK_AND_ASSIGN(Database * database, shared_.Open());
  constexpr int kReaders = 4;
  absl::BlockingCounter begun(kReaders);
  std::vector<std::future<std::string>> readers;
  for (int i = 0; i < kReaders; ++i) {
    readers.push_back(std::async(std::launch::async, [this, &begun] {
      begun.DecrementCount();
      return Read();
    }));
  }
  begun.Wait();
  // A reader that does not wait is done long before these writes are.
  for (int i = 0; i < 1000; ++i) {
    Put(*database, "applied again to " + std::to_string(i));
    for (const auto& reader : readers) {
      ASSERT_NE(reader.wait_for(std::chrono::seconds(0)), std::future_status::ready);
    }
  }
  Put(*database, "whole");
  shared_.Publish();
  for (auto& reader : readers) EXPECT_EQ(reader.get(), "whole");
}

TEST_F(SharedDatabases, ALeaseKeepsItOpenAndItsThreadGetsAnother) {
  ASSERT_OK_AND_ASSIGN(Database * database, shared_.Open());
  Put(*database, "old");
  shared_.Publish();
  absl::Notification opened;
  std::thread writer;
  {
    ASSERT_OK_AND_ASSIGN(const SharedDatabase::Lease lease, shared_.Use());
    writer = std::thread([&] {
      EXPECT_OK(shared_.Open());
      opened.Notify();
      shared_.Publish();
    });
    // Before the writer waits, and while it does: never a deadlock, always the old one.
    for (int i = 0; i < 1000; ++i) {
      ASSERT_EQ(Read(), "old");
      ASSERT_FALSE(opened.HasBeenNotified());
    }
  }
  writer.join();
  EXPECT_EQ(Read(), "");
}

TEST_F(SharedDatabases, AreRefusedToReadersWhenTheyCouldNotBeOpened) {
  ASSERT_OK(shared_.Open());
  shared_.Publish();
  std::filesystem::rename(path_, directory_.path() / "elsewhere");
  std::ofstream(path_) << "no directory";
  EXPECT_FALSE(shared_.Open().ok());
  EXPECT_THAT(shared_.Use(), HasReason("STORE_STOPPED"));
  EXPECT_EQ(shared_.writer(), nullptr);
  std::filesystem::remove(path_);
  ASSERT_OK(shared_.Open());
  shared_.Publish();
  EXPECT_OK(shared_.Use());
}

TEST_F(SharedDatabases, AreRefusedToReadersWhenTheyCouldNotBeMadeWhole) {
  ASSERT_OK(shared_.Open());
  shared_.Withdraw(absl::UnavailableError("the journal does not read"));
  EXPECT_THAT(shared_.Use(), HasReason("STORE_STOPPED"));
}

TEST_F(SharedDatabases, ADatabaseWhoseFlushFailedSaysSo) {
  ASSERT_OK_AND_ASSIGN(Database * database, shared_.Open());
  Put(*database, "value");
  EXPECT_FALSE(database->has_failed());
  std::filesystem::rename(path_, directory_.path() / "elsewhere");  // no table can be made there
  EXPECT_FALSE(database->Flush().ok());
  EXPECT_TRUE(database->has_failed());
}

}  // namespace
}  // namespace daybook::eventstore::rocks
