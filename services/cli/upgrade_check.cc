#include "services/cli/upgrade_check.h"

#include "eventstore/core/error.h"
#include "eventstore/sealing/local_key_provider.h"
#include "projections/store/disk_view_shelf.h"
#include "services/cli/upkeep_text.h"

namespace daybook::cli {
namespace {

namespace fs = std::filesystem;

// As a start does: it makes keys for an empty log, and refuses where those of another are gone.
absl::StatusOr<KeysStart> CheckKeys(const UpgradeFindings& found, const fs::path& directory) {
  DAYBOOK_ASSIGN_OR_RETURN(const bool there,
                           sealing::CheckLocalKeys(directory, found.ledger.log.log_id));
  if (there) return KeysStart::kOpen;
  // A log of an older format is not read here.
  if (!found.ledger.steps.empty()) return sealing::KeysLost(directory);
  const eventstore::rocks::Files files(eventstore::rocks::LocalEnv());
  DAYBOOK_ASSIGN_OR_RETURN(const std::uint64_t events,
                           eventstore::rocks::CountEvents(files, found.log, found.ledger.log));
  if (events > 0) return sealing::KeysLost(directory);
  return KeysStart::kMake;
}

}  // namespace

bool Refuses(const absl::Status& views) {
  return eventstore::ErrorReason(views) == eventstore::reason::kDirectoryUnusable;
}

UpgradeFindings CheckUpgrade(const UpgradeOptions& options) {
  rocksdb::Env* const env = eventstore::rocks::LocalEnv();
  UpgradeFindings found{.formats = *options.formats,
                        .log = LogIn(options.directory),
                        .ledger = {},
                        .views = {},
                        .keys = {},
                        .backups = {}};
  found.ledger = eventstore::PlanStart(found.log, env, found.formats);
  if (found.ledger.refusal.ok() && found.log != fs::path(options.directory)) {
    const fs::path data = options.directory;
    found.views = projections::DiskViewShelf::Peek(data / "views");
    found.keys = CheckKeys(found, data / "keys");
  }
  if (!options.backups.empty()) {
    found.backups = eventstore::ListBackups(options.backups, env, found.formats);
  }
  return found;
}

std::vector<absl::Status> ProblemsOf(const UpgradeFindings& found) {
  std::vector<absl::Status> problems;
  const auto add = [&problems](const absl::Status& status) {
    if (!status.ok()) problems.push_back(status);
  };
  add(found.ledger.refusal);
  if (found.views && Refuses(found.views->status())) add(found.views->status());
  if (found.keys) add(found.keys->status());
  if (!found.backups) return problems;
  add(found.backups->status());
  if (!found.backups->ok()) return problems;
  for (const eventstore::BackupInfo& backup : **found.backups) {
    add(backup.problem);
  }
  return problems;
}

}  // namespace daybook::cli
