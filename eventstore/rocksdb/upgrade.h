// Brings a directory of an older format up to this program's, and says beforehand what it would do.
//
// There is no way back inside a directory: the first clean stop after an upgrade already writes to
// the journal in the new format. The way back is a backup that the older version made, restored by
// it: a new incarnation, so that no position means two things.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "eventstore/core/ids.h"
#include "eventstore/core/ledger_format.h"
#include "eventstore/rocksdb/files.h"
#include "eventstore/rocksdb/identity.h"
#include "eventstore/rocksdb/upgrade_steps.h"

namespace daybook::eventstore {

// What a start would do with a directory.
struct StartPlan {
  bool begins = false;            // no ledger is there, and a start begins one; a refusal says so
  std::string format;             // as IDENTITY says it; empty when it cannot be told
  LogIdentity log;                // empty when the start refuses
  std::vector<FormatStep> steps;  // in order; empty: none is needed
  absl::Status refusal;           // OK: this program reads it, after the steps
};

// Reads IDENTITY, and the names in the directories below. Takes no lock: also beside a running
// daemon. What journal and store hold is fsck's matter: a start may find damage there. The refusal
// is an error of RequireLedger or ReadIdentity.
StartPlan PlanStart(const std::filesystem::path& directory, rocksdb::Env* env = rocks::LocalEnv(),
                    const rocks::FormatSupport& formats = rocks::ProductFormats());

namespace rocks {

// Whether there is a ledger; where not, a start begins one. LOG_DAMAGED where one lost its
// IDENTITY; FileError when it cannot be told.
absl::StatusOr<bool> HoldsLedger(const Files& files, const std::filesystem::path& directory);

// OK where HoldsLedger; DIRECTORY_UNUSABLE where not, for who wants to look at one.
absl::Status RequireLedger(const Files& files, const std::filesystem::path& directory);

// Number of the log's events, in the current format. Reads the whole journal, takes no lock.
// LOG_DAMAGED, FileError.
absl::StatusOr<std::uint64_t> CountEvents(const Files& files,
                                          const std::filesystem::path& directory,
                                          const LogIdentity& log);

// Takes the steps from `identity`'s format to the current one; `log` is told each. The directory is
// locked by the caller. After every step IDENTITY is replaced, durably, so a kill leaves the format
// before or after a step, and the next call goes on from there. The identity in the new format.
absl::StatusOr<DirectoryIdentity> UpgradeDirectory(
    const Files& files, const std::filesystem::path& directory, DirectoryIdentity identity,
    const FormatSupport& formats, const std::function<void(std::string_view line)>& log);

}  // namespace rocks

}  // namespace daybook::eventstore
