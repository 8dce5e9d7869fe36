// What a start of this version would do with a data directory, found out by the functions that the
// start itself decides with, without their changes. Works also beside a running daemon: takes no
// lock.
//
// Looked at: IDENTITY, the stamps of views, the master key, whether this user may read the
// directories, and backups where asked. Not looked at: the content of journal, store and key table
// (fsck reads it), room on the disk, rights to write, whether another process has the directory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "eventstore/rocksdb/backup.h"
#include "eventstore/rocksdb/upgrade.h"
#include "eventstore/rocksdb/upgrade_steps.h"
#include "projections/store/rocksdb_view_store.h"

namespace daybook::cli {

struct UpgradeOptions {
  std::string directory;  // a data directory, or the log in it
  std::string backups;    // a directory of backups to look at, too; empty: none
  bool json = false;
  // What the program reads and upgrades; another one is for tests.
  const eventstore::rocks::FormatSupport* formats = &eventstore::rocks::ProductFormats();
};

enum class KeysStart : std::uint8_t { kOpen, kMake };

// Views and keys only beside a ledger that is not refused; not of a log that was named by itself.
struct UpgradeFindings {
  const eventstore::rocks::FormatSupport& formats;
  std::filesystem::path log;
  eventstore::StartPlan ledger;
  std::optional<absl::StatusOr<projections::ViewStamp>> views;
  std::optional<absl::StatusOr<KeysStart>> keys;
  std::optional<absl::StatusOr<std::vector<eventstore::BackupInfo>>> backups;
};

UpgradeFindings CheckUpgrade(const UpgradeOptions& options);

// Whether the start refuses them: views that do not read are folded again.
bool Refuses(const absl::Status& views);

// What a start refuses, and backups that cannot be read; empty when nothing is.
std::vector<absl::Status> ProblemsOf(const UpgradeFindings& found);

}  // namespace daybook::cli
