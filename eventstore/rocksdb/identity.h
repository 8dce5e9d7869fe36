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

// A fresh log: random id, incarnation 1.
LogIdentity NewLogIdentity();

// nullopt when the directory has no IDENTITY. LOG_DAMAGED when it does not check,
// DIRECTORY_UNUSABLE when a newer version of the program wrote it.
absl::StatusOr<std::optional<LogIdentity>> ReadIdentity(const Files& files,
                                                        const std::filesystem::path& directory);

// Durable on return. Written last when a directory is made: its presence says that the rest is.
absl::Status WriteIdentity(const Files& files, const std::filesystem::path& directory,
                           const LogIdentity& identity);

}  // namespace daybook::eventstore::rocks
