// How a ledger's directory begins: a new one, or one made out of a backup.
#pragma once

#include <cstdint>
#include <filesystem>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "eventstore/rocksdb/files.h"
#include "eventstore/rocksdb/group.h"
#include "eventstore/rocksdb/identity.h"

namespace daybook::eventstore::rocks {

// The usual size of a journal file.
inline constexpr std::uint64_t kSegmentBytes = 64U << 20;

// DIR/journal with one segment whose opening group follows `tail` (a tail of nothing: group 1).
// Durable on return.
absl::Status MakeJournal(const Files& files, const std::filesystem::path& directory,
                         const LogIdentity& log, const LogTail& tail,
                         std::uint64_t segment_bytes = kSegmentBytes);

// Whether a directory without IDENTITY holds no more than an unfinished attempt to make a ledger
// can leave. LOG_DAMAGED when it does: it may be somebody's whole log that lost its IDENTITY.
// Changes nothing.
absl::Status CheckNoLedger(const Files& files, const std::filesystem::path& directory);

// A new ledger of that format: its journal, then, last, its IDENTITY. What an unfinished attempt
// left is removed. The errors of CheckNoLedger.
absl::StatusOr<LogIdentity> MakeLedger(const Files& files, const std::filesystem::path& directory,
                                       std::uint64_t segment_bytes,
                                       const LedgerFormat& format = kLedgerFormat);

}  // namespace daybook::eventstore::rocks
