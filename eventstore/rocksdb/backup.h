// Copies of a ledger's log, taken while it is written to, and what is made of them again.
//
// A backup is RocksDB's (BackupEngine): tables are copied once and shared by later backups, each
// with its checksum. It holds exactly the state after one group, hence a prefix of the log, and
// everything that fsck checks. The journal is not copied: the store was flushed first.
// Keys of sealed parts are not in it; they are kept apart.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "eventstore/core/ids.h"
#include "eventstore/rocksdb/database.h"
#include "eventstore/rocksdb/files.h"
#include "eventstore/rocksdb/identity.h"
#include "eventstore/rocksdb/upgrade_steps.h"

namespace daybook::eventstore {

struct BackupInfo {
  std::uint32_t id = 0;     // 1, 2, 3, … within its directory
  std::string format = {};  // of the ledger that it was taken of
  // Why it cannot be read: LOG_DAMAGED, DIRECTORY_UNUSABLE, FileError. Then only `id` is known.
  absl::Status problem = absl::OkStatus();
  // Of another format than the program's, so not looked into: `upto` names the log only, and
  // `record_time` is not known. What a restore does, DecideFormat says.
  bool other_format = false;
  Checkpoint upto = {};      // exactly the first `upto.size` events of the log
  Instant record_time = {};  // of the last of them
  Instant taken = {};        // when the backup was made, to the second
  std::uint64_t bytes = 0;   // of all its files, shared or not
};

struct AgencyReach {
  std::string agency;
  Instant last;  // record time of its last request in the backup
};

struct RestoreReport {
  BackupInfo backup;
  LogIdentity log;                    // the new incarnation
  std::vector<AgencyReach> agencies;  // by name: what each sent after `last` must be sent again
};

// Backups in the directory, by id, those that cannot be read among them; empty where the directory
// is empty. DIRECTORY_UNUSABLE when it does not exist, cannot be read, or holds something else.
// Reads the state of each.
absl::StatusOr<std::vector<BackupInfo>> ListBackups(
    const std::filesystem::path& directory, rocksdb::Env* env = rocks::LocalEnv(),
    const rocks::FormatSupport& formats = rocks::ProductFormats());

// Reads every file of the backup and compares checksums. LOG_DAMAGED names the file.
absl::Status VerifyBackup(const std::filesystem::path& directory, std::uint32_t id,
                          rocksdb::Env* env = rocks::LocalEnv());

// Makes the ledger directory `into`, which must not exist or be empty, out of a backup: the latest
// without `id`, and never an older one because the latest cannot be read. It is a new incarnation
// of the same log: tokens from beyond the backup are refused with LOG_DIVERGED. One of an older
// format is upgraded. NOT_FOUND without such a backup, DIRECTORY_UNUSABLE (also FormatRefusal's),
// LOG_DAMAGED. What was made is no ledger before it is whole (IDENTITY comes last), so after a
// failure: remove it, try again.
absl::StatusOr<RestoreReport> RestoreBackup(
    const std::filesystem::path& directory, std::optional<std::uint32_t> id,
    const std::filesystem::path& into, rocksdb::Env* env = rocks::LocalEnv(),
    const rocks::FormatSupport& formats = rocks::ProductFormats());

namespace rocks {

// The store's part: one more backup of `database`, then all but the last `keep` are removed (0:
// none is). DIRECTORY_UNUSABLE when the directory holds backups of another log. Not two at once
// into one directory. Takes as long as copying what is new; appends go on.
absl::StatusOr<BackupInfo> TakeBackup(Database& database, const DirectoryIdentity& identity,
                                      const std::filesystem::path& directory, std::uint32_t keep,
                                      rocksdb::Env* env);

}  // namespace rocks

}  // namespace daybook::eventstore
