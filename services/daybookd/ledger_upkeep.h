// Upkeep of the ledger on this machine's disk.
#pragma once

#include "eventstore/rocksdb/rocks_event_store.h"
#include "eventstore/sealing/key_provider.h"
#include "services/admin/application/upkeep.h"

namespace daybook::daemon {

// Thread-safe. Owns nothing that it is given.
class DiskLedgerUpkeep final : public admin::LedgerUpkeep {
 public:
  DiskLedgerUpkeep(eventstore::RocksEventStore& store, sealing::KeyProvider& keys)
      : store_(store), keys_(keys) {}

  absl::StatusOr<admin::v1::BackupRecord> Backup(
      const admin::v1::CreateBackupRequest& request) override;

 private:
  eventstore::RocksEventStore& store_;
  sealing::KeyProvider& keys_;
};

}  // namespace daybook::daemon
