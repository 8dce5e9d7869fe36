// fsck: reads everything of a ledger that no process has open, and says whether it is what
// FORMAT.md says it is.
//
// Checked: IDENTITY; every segment, frame, chain and record of the journal; every block of every
// table of RocksDB; every record: its checksum, place, time, and that payloads, parts and metadata
// give the leaf that it names; that the leaves give the tree; that each index has exactly the
// entries that the records call for, no more and no fewer; that a stream's runs follow each other;
// that journal and store tell the same.
// Changes nothing but the LOCK file. Reads each byte about twice; a look-up an index entry.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "eventstore/core/ids.h"
#include "eventstore/rocksdb/files.h"
#include "eventstore/rocksdb/journal_scan.h"
#include "eventstore/rocksdb/upgrade_steps.h"

namespace daybook::eventstore {

// Something that is not as it should be.
struct LedgerFinding {
  std::string file;  // below the directory, or "store/<family>"
  std::string what;
  std::optional<std::uint64_t> first_position = std::nullopt;  // events in question, from here …
  std::optional<std::uint64_t> next_position = std::nullopt;   // … up to, but without, this one
};

struct LedgerCounts {
  std::uint64_t segments = 0;
  std::uint64_t groups = 0;
  std::uint64_t journal_records = 0;
  std::uint64_t records = 0;
  std::uint64_t events = 0;
  std::uint64_t parts = 0;
  std::uint64_t erased_parts = 0;
  std::uint64_t streams = 0;
  std::uint64_t runs = 0;
  std::uint64_t requests = 0;
  std::uint64_t type_entries = 0;
  std::uint64_t tree_nodes = 0;
};

struct LedgerReport {
  LogIdentity log;
  Checkpoint head;                      // the end of the log: of the store and what is behind it
  LedgerCounts counts;                  // what was read
  std::uint64_t groups_not_folded = 0;  // in the journal only; the next start folds them
  std::uint64_t events_not_folded = 0;
  std::optional<rocks::TornTail> torn;  // never acknowledged; the next start cuts it
  bool clean_stop = false;
  std::vector<LedgerFinding> findings;  // the first hundred
  std::uint64_t findings_total = 0;     // 0: nothing is wrong
};

struct LedgerCheckOptions {
  std::filesystem::path directory;  // of the log: IDENTITY, journal/, store/
  rocksdb::Env* env = rocks::LocalEnv();
  // Called now and then with the number of events checked. May be empty.
  std::function<void(std::uint64_t events)> progress = nullptr;
  const rocks::FormatSupport* formats = &rocks::ProductFormats();  // another one is for tests
};

// An error when nothing can be said: DIRECTORY_IN_USE, DIRECTORY_UNUSABLE (no ledger there, or of
// another format). Damage is a finding, not an error.
absl::StatusOr<LedgerReport> CheckLedger(const LedgerCheckOptions& options);

}  // namespace daybook::eventstore
