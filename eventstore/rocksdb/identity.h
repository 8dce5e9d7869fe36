// The file IDENTITY: which log a directory holds, and in which format. FORMAT.md gives its bytes.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "eventstore/core/ids.h"
#include "eventstore/core/ledger_format.h"
#include "eventstore/rocksdb/files.h"
#include "eventstore/rocksdb/upgrade_steps.h"

namespace daybook::eventstore::rocks {

// What a restore began: everything below `size` is the parent's.
struct Fork {
  std::uint32_t parent_incarnation = 0;
  std::uint64_t size = 0;
  friend bool operator==(const Fork&, const Fork&) = default;
};

struct DirectoryIdentity {
  LogIdentity log;
  std::optional<Fork> fork = std::nullopt;  // none for a log's first directory
  LedgerFormat format = kLedgerFormat;
};

// A fresh log: random id, incarnation 1.
LogIdentity NewLogIdentity();

// The text of its format, whatever follows in the file; nullopt when the directory has no IDENTITY.
// LOG_DAMAGED when the file does not match its checksum or names no format.
absl::StatusOr<std::optional<std::string>> ReadFormat(const Files& files,
                                                      const std::filesystem::path& directory);

// nullopt when the directory has no IDENTITY. Its format is the current one, or one from which
// steps lead there (upgrade.h). LOG_DAMAGED when it does not check, FormatRefusal's for any other
// format.
absl::StatusOr<std::optional<DirectoryIdentity>> ReadIdentity(
    const Files& files, const std::filesystem::path& directory,
    const FormatSupport& formats = ProductFormats());

// Durable on return. Written last when a directory is made: its presence says that the rest is.
absl::Status WriteIdentity(const Files& files, const std::filesystem::path& directory,
                           const DirectoryIdentity& identity);

}  // namespace daybook::eventstore::rocks
