// Upkeep of a ledger: what an operator does to it while it runs, and what was done last.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "daybook/admin/v1/admin_service.pb.h"

namespace daybook::admin {

// What the concrete ledger can do; the composition root has it.
class LedgerUpkeep {
 public:
  virtual ~LedgerUpkeep() = default;
  // Blocks for as long as copying takes. Paths are absolute. Thread-safe.
  virtual absl::StatusOr<v1::BackupRecord> Backup(const v1::CreateBackupRequest& request) = 0;
};

// Backups and rehearsals, remembered in `file` over restarts. Thread-safe.
class Upkeep {
 public:
  // A file that cannot be read counts as none: it is a help, not a record of the ledger.
  Upkeep(LedgerUpkeep& ledger, std::filesystem::path file);

  // INVALID_ARGUMENT for a path that is not absolute, or keys inside the log's backups; else the
  // ledger's errors.
  absl::StatusOr<v1::BackupRecord> Backup(const v1::CreateBackupRequest& request);
  void RecordRehearsal(v1::RehearsalRecord rehearsal);
  v1::UpkeepRecord last() const;

 private:
  void Save() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  LedgerUpkeep& ledger_;
  const std::filesystem::path file_;
  mutable absl::Mutex mutex_;
  v1::UpkeepRecord last_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace daybook::admin
