// One process owns a ledger's directory. The lock is the kernel's, on the open file, so it is let
// go of when the process ends, however it ends.
#pragma once

#include <filesystem>
#include <memory>

#include "absl/status/statusor.h"
#include "eventstore/rocksdb/files.h"

namespace daybook::eventstore::rocks {

// Held while the object lives. Movable.
class DirectoryLock {
 public:
  // Makes `directory` if it is missing, with its parents.
  // DIRECTORY_IN_USE when another store holds it (in this process, too), DIRECTORY_UNUSABLE when it
  // cannot be made or written.
  static absl::StatusOr<DirectoryLock> Acquire(const Files& files,
                                               const std::filesystem::path& directory);

 private:
  struct Unlock {
    std::shared_ptr<rocksdb::FileSystem> system;
    void operator()(rocksdb::FileLock* lock) const;
  };
  explicit DirectoryLock(std::unique_ptr<rocksdb::FileLock, Unlock> lock)
      : lock_(std::move(lock)) {}
  std::unique_ptr<rocksdb::FileLock, Unlock> lock_;
};

}  // namespace daybook::eventstore::rocks
