// One process owns a ledger's directory. The lock is on the open file, so the kernel lets go of it
// when the process ends, however it ends.
#pragma once

#include <filesystem>

#include "absl/status/statusor.h"
#include "eventstore/rocksdb/file.h"

namespace daybook::eventstore::rocks {

// Held while the object lives. Movable.
class DirectoryLock {
 public:
  // Makes `directory` if it is missing. DIRECTORY_IN_USE when another store holds it (in this
  // process, too), DIRECTORY_UNUSABLE when it cannot be made or written.
  static absl::StatusOr<DirectoryLock> Acquire(const std::filesystem::path& directory);

 private:
  explicit DirectoryLock(UniqueFd file) : file_(std::move(file)) {}
  UniqueFd file_;
};

}  // namespace daybook::eventstore::rocks
