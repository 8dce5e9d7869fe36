// The file IDENTITY: which log a directory holds, and in which format. FORMAT.md gives its bytes.
#pragma once

#include <filesystem>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "eventstore/core/ids.h"
#include "eventstore/rocksdb/files.h"

namespace daybook::eventstore::rocks {

// Version of everything in a data directory. A store refuses one above its own.
inline constexpr int kDirectoryFormat = 1;

// What a restore began: everything below `size` is the parent's.
struct Fork {
  std::uint32_t parent_incarnation = 0;
  std::uint64_t size = 0;
  friend bool operator==(const Fork&, const Fork&) = default;
};

struct DirectoryIdentity {
  LogIdentity log;
  std::optional<Fork> fork = std::nullopt;  // none for a log's first directory
};

// A fresh log: random id, incarnation 1.
LogIdentity NewLogIdentity();

// nullopt when the directory has no IDENTITY. LOG_DAMAGED when it does not check,
// DIRECTORY_UNUSABLE when a newer version of the program wrote it.
absl::StatusOr<std::optional<DirectoryIdentity>> ReadIdentity(
    const Files& files, const std::filesystem::path& directory);

// Durable on return. Written last when a directory is made: its presence says that the rest is.
absl::Status WriteIdentity(const Files& files, const std::filesystem::path& directory,
                           const DirectoryIdentity& identity);

}  // namespace daybook::eventstore::rocks
