#include "eventstore/rocksdb/new_ledger.h"

#include <string>
#include <vector>

#include "eventstore/core/error.h"
#include "eventstore/rocksdb/crc32c.h"
#include "eventstore/rocksdb/damage.h"
#include "eventstore/rocksdb/journal_scan.h"
#include "eventstore/rocksdb/segment_pool.h"

namespace daybook::eventstore::rocks {

// IDENTITY is written before the store beneath is made and before the second group.
absl::Status CheckNoLedger(const Files& files, const std::filesystem::path& directory) {
  const std::filesystem::path journal = directory / "journal";
  absl::Status lost = Damage({.file = directory / "IDENTITY",
                              .what = "the file is missing, and the directory holds a log"});
  DAYBOOK_ASSIGN_OR_RETURN(const auto stored, files.ListIfThere(directory / "store"));
  if (!stored.empty()) return lost;
  DAYBOOK_ASSIGN_OR_RETURN(const auto segments, files.ListIfThere(journal));
  for (const std::string& name : segments) {
    const std::optional<std::uint64_t> number = SegmentNumber(name);
    if (!number) continue;
    if (*number != 1) return lost;
    DAYBOOK_ASSIGN_OR_RETURN(const std::string content, files.ReadWhole(journal / name));
    const auto header = DecodeSegmentHeader(content);
    if (!header) return lost;
    const auto scanned =
        ScanJournal(files, journal, {.log_id = header->log_id, .incarnation = header->incarnation},
                    [](const ScannedGroup&) { return absl::OkStatus(); });
    if (!scanned.ok() || scanned->last_group > 1) return lost;
  }
  return absl::OkStatus();
}

absl::Status MakeJournal(const Files& files, const std::filesystem::path& directory,
                         const LogIdentity& log, const LogTail& tail, std::uint64_t segment_bytes) {
  DAYBOOK_RETURN_IF_ERROR(files.RemoveTree(directory / "journal"));
  DAYBOOK_RETURN_IF_ERROR(files.MakeDirectories(directory / "journal"));
  DAYBOOK_ASSIGN_OR_RETURN(OpenSegment segment,
                           CreateSegment(files, directory / "journal", log, 1, segment_bytes));
  const std::string body = tail.frontier.Serialise();
  const FrameHeader opening{.kind = FrameKind::kOpening,
                            .group = tail.group + 1,
                            .first_position = tail.size,
                            .event_count = 0,
                            .record_count = 0,
                            .previous_crc = tail.group_crc,
                            .body_bytes = body.size(),
                            .body_crc = Crc32c(body)};
  DAYBOOK_RETURN_IF_ERROR(segment.file.WriteAt(
      EncodeFrameHeader(opening, segment.header.nonce) + body, kSegmentHeaderBytes));
  return segment.file.Sync();
}

absl::StatusOr<LogIdentity> MakeLedger(const Files& files, const std::filesystem::path& directory,
                                       std::uint64_t segment_bytes, const LedgerFormat& format) {
  DAYBOOK_RETURN_IF_ERROR(CheckNoLedger(files, directory));
  DAYBOOK_RETURN_IF_ERROR(files.RemoveTree(directory / "store"));
  DAYBOOK_RETURN_IF_ERROR(files.MakeDirectories(directory / "store"));
  const LogIdentity log = NewLogIdentity();
  DAYBOOK_RETURN_IF_ERROR(MakeJournal(files, directory, log, {}, segment_bytes));
  DAYBOOK_RETURN_IF_ERROR(
      WriteIdentity(files, directory, {.log = log, .fork = std::nullopt, .format = format}));
  return log;
}

}  // namespace daybook::eventstore::rocks
