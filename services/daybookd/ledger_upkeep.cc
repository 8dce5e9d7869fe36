#include "services/daybookd/ledger_upkeep.h"

#include <filesystem>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "eventstore/core/error.h"
#include "services/runtime/time_text.h"
#include "services/runtime/wire.h"

namespace daybook::daemon {

absl::StatusOr<admin::v1::BackupRecord> DiskLedgerUpkeep::Backup(
    const admin::v1::CreateBackupRequest& request) {
  DAYBOOK_ASSIGN_OR_RETURN(const eventstore::BackupInfo made,
                           store_.Backup(request.directory(), request.keep()));
  admin::v1::BackupRecord record;
  record.set_directory(request.directory());
  record.set_id(made.id);
  runtime::ToWire(made.upto, record.mutable_upto());
  record.set_taken(runtime::ToRfc3339(made.taken));
  record.set_bytes(made.bytes);
  if (request.keys_directory().empty()) return record;
  // After the log: every part in the backup was sealed with a key that is in this copy.
  const std::filesystem::path keys =
      std::filesystem::path(request.keys_directory()) /
      absl::FormatTime("keys-%Y%m%dT%H%M%E6SZ", absl::Now(), absl::UTCTimeZone());
  DAYBOOK_RETURN_IF_ERROR(keys_.CopyTo(keys));
  record.set_keys_directory(keys.string());
  return record;
}

}  // namespace daybook::daemon
