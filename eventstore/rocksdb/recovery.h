// What a start does: brings RocksDB up to the end of the journal, or refuses.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "eventstore/core/ids.h"
#include "eventstore/rocksdb/applier.h"
#include "eventstore/rocksdb/database.h"
#include "eventstore/rocksdb/journal_scan.h"

namespace daybook::eventstore::rocks {

// For the operator.
struct RecoveryReport {
  bool clean_stop = false;            // the process before closed the log
  std::uint64_t groups_replayed = 0;  // were in the journal only
  std::uint64_t events_replayed = 0;
  std::optional<TornTail> torn;  // never acknowledged; cut
};

struct Recovered {
  std::unique_ptr<Applier> applier;  // its tail is the end of the log
  JournalEnd journal;
  RecoveryReport report;
};

// Checks the whole journal, checks that the database's state is one of its groups, applies the
// groups behind it. LOG_DAMAGED when any of this fails.
absl::StatusOr<Recovered> RecoverLog(const Files& files, const std::filesystem::path& journal,
                                     const LogIdentity& log, Database& database);

}  // namespace daybook::eventstore::rocks
