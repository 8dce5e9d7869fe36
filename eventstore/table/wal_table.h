// A RocksDB with its write-ahead log on, for what is kept beside the log: keys, rows of views. It
// survives writes that fail.
//
// A database whose write-ahead log could not be written must not be written to again: RocksDB 7.8
// ends the process by an assertion. So after a failed write this one is opened anew before the
// next, and as long as that fails (a full disk) it is open for reading only.
//
// Thread-safe. Where it cannot be told whether a failed write is there, a reader of the table sees
// it wholly or not at all.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "rocksdb/db.h"
#include "rocksdb/options.h"
#include "rocksdb/write_batch.h"

namespace daybook::table {

class WalTable {
 public:
  // Errors are RocksDB's own: what a broken table means, its owner knows. `options.env` must
  // outlive the table.
  static rocksdb::Status Open(const rocksdb::Options& options,
                              const std::filesystem::path& directory,
                              std::unique_ptr<WalTable>& table);

  // One value of a table that may belong to another process: opens it for reading, takes no lock,
  // changes nothing. An error also where the other process changed files at that moment.
  static rocksdb::Status Peek(const rocksdb::Options& options,
                              const std::filesystem::path& directory, std::string_view key,
                              std::string* value);

  rocksdb::Status Get(std::string_view key, std::string* value) const;

  // Calls `row` for every key from `first` up to, without, `end` in order, until it returns false.
  rocksdb::Status Scan(
      std::string_view first, std::string_view end,
      const std::function<bool(std::string_view key, std::string_view value)>& row) const;

  // The same where not every key is wanted: a `seek` that `row` leaves non-empty and that lies
  // behind its key is where it goes on.
  rocksdb::Status Walk(std::string_view first, std::string_view end,
                       const std::function<bool(std::string_view key, std::string_view value,
                                                std::string& seek)>& row) const;

  // The batch wholly or not at all. Opens the table anew first when an earlier write failed.
  rocksdb::Status Write(const rocksdb::WriteOptions& options, rocksdb::WriteBatch& batch);

  // Takes what was overwritten or deleted off the disk: the whole table is written anew.
  rocksdb::Status Purge();

  // The table as of now, in a directory that must not exist yet.
  rocksdb::Status CopyTo(const std::filesystem::path& directory) const;

  // Called with the table opened anew, before anything is written to it: what was written without a
  // sync may be gone. Its error keeps the table closed for writing. Set before the first Write.
  void CheckReopened(std::function<rocksdb::Status(rocksdb::DB&)> check) {
    const absl::MutexLock lock(&mutex_);
    check_ = std::move(check);
  }

 private:
  WalTable(const rocksdb::Options& options, std::filesystem::path directory)
      : options_(options), directory_(std::move(directory)) {}
  rocksdb::Status Reopen() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const rocksdb::Options options_;
  const std::filesystem::path directory_;
  mutable absl::Mutex mutex_;  // for reading: use of db_; for writing: change of it
  std::unique_ptr<rocksdb::DB> db_ ABSL_GUARDED_BY(mutex_);
  bool writable_ ABSL_GUARDED_BY(mutex_) = true;
  std::function<rocksdb::Status(rocksdb::DB&)> check_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace daybook::table
