// Rows of files that wait until their file is complete and can be compared with what stands.
//
// Nothing here is a promise: it is not part of the log, lies under a key that only this process
// has, and is thrown away at the next start; whoever sent the rows sends them again. On disk, so
// that a file of a million rows takes no more memory than a small one.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "eventstore/sealing/key_provider.h"
#include "eventstore/table/wal_table.h"

namespace daybook::staging {

struct StagedRow {
  std::uint32_t number = 0;  // in its file, from 1
  std::string bytes;         // opaque
  std::string mark;          // of the row, wherever it stands: opaque, 16 bytes; may be empty
};

// Thread-safe.
class RowStage {
 public:
  // Empties the directory first; makes it where it is not there. DIRECTORY_UNUSABLE.
  static absl::StatusOr<std::unique_ptr<RowStage>> Open(const std::filesystem::path& directory);

  // Keeps the rows of a file; a row of the same number takes the place of the earlier one. Errors:
  // DISK_FULL (less than 256 MiB are left), UNAVAILABLE, QUEUE_FULL (too many files wait,
  // all of them with rows of the last hour; one that was left lying gives way); then
  // none of them is kept.
  absl::Status Put(std::string_view file, std::span<const StagedRow> rows);

  // 0 for a file of which nothing is kept.
  absl::StatusOr<std::uint64_t> CountRows(std::string_view file) const;

  // Calls `row` for every row from `first` on in the order of numbers, until it returns false.
  absl::Status Scan(
      std::string_view file, std::uint32_t first,
      const std::function<bool(std::uint32_t number, std::string_view bytes)>& row) const;

  // Whether a row with this mark is kept of the file.
  absl::StatusOr<bool> HoldsMark(std::string_view file, std::string_view mark) const;

  // Forgets the file; who reads it at the moment reads on.
  void Drop(std::string_view file);

 private:
  // A table of its own for each file, so that forgetting it is removing a directory.
  struct File {
    explicit File(std::filesystem::path where) : directory(std::move(where)) {}
    ~File();
    std::filesystem::path directory;
    std::unique_ptr<table::WalTable> table;
    mutable std::atomic<std::chrono::steady_clock::duration>
        used{};  // when, since the clock's start
  };

  RowStage(std::filesystem::path directory, const sealing::SecretKey& key)
      : directory_(std::move(directory)), key_(key) {}
  std::shared_ptr<const File> Find(std::string_view file) const;
  absl::StatusOr<std::shared_ptr<const File>> FindOrMake(std::string_view file);

  const std::filesystem::path directory_;
  const sealing::SecretKey key_;
  std::atomic<std::uint64_t> next_nonce_{1};
  mutable absl::Mutex mutex_;
  std::uint64_t next_directory_ ABSL_GUARDED_BY(mutex_) = 1;
  std::map<std::string, std::shared_ptr<const File>, std::less<>> files_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace daybook::staging
