#include "eventstore/rocksdb/ledger_check.h"

#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/rocksdb/applier.h"
#include "eventstore/rocksdb/codec.h"
#include "eventstore/rocksdb/directory_lock.h"
#include "eventstore/rocksdb/findings.h"
#include "eventstore/rocksdb/fold_check.h"
#include "eventstore/rocksdb/identity.h"
#include "eventstore/rocksdb/upgrade.h"
#include "fmt/format.h"

namespace daybook::eventstore {
namespace {

// The journal beside what the store holds.
class JournalCheck {
 public:
  JournalCheck(const rocks::LogTail& stored, rocks::FoldCheck* fold, LedgerReport& report,
               rocks::Findings& findings)
      : stored_(stored),
        frontier_(stored.frontier),
        fold_(fold),
        report_(report),
        findings_(findings) {}

  absl::Status Visit(const rocks::ScannedGroup& group) {
    ++report_.counts.groups;
    report_.counts.journal_records += group.header.record_count;
    const std::uint64_t number = group.header.group;
    if (number == stored_.group && group.crc != stored_.group_crc) {
      Add(group, "the group is not the one that the store was made from");
    }
    const bool folded = number <= stored_.group;
    if (!folded) {
      if (next_group_ == 0 && number > stored_.group + 1) {
        Add(group,
            fmt::format("the journal begins behind group {}, the store's last", stored_.group));
      }
      ++report_.groups_not_folded;
      report_.events_not_folded += group.header.event_count;
      next_group_ = number;
    }
    Records(group, folded);
    return absl::OkStatus();
  }

  const merkle::Frontier& frontier() const { return frontier_; }

 private:
  void Records(const rocks::ScannedGroup& group, bool folded) {
    std::string_view rest = group.body;
    for (std::uint32_t i = 0; i < group.header.record_count; ++i) {
      const std::string_view record = rocks::TakeRecord(rest);
      if (!view_.Reset(record).ok()) {
        return Add(group, fmt::format("record {} of the group cannot be decoded", i));
      }
      if (folded) {
        if (fold_ != nullptr) fold_->CompareRecord(view_.first(), record);
        continue;
      }
      rocks::CheckRecordContent(view_, "journal", findings_, report_.counts);
      for (std::size_t e = 0; e < view_.event_count(); ++e) frontier_.Append(view_.leaf(e));
    }
    if (folded) return;
    const std::optional<merkle::Frontier> named = merkle::Frontier::Parse(rest);
    if (!named || *named != frontier_) Add(group, "its leaves do not give the tree that it names");
  }

  void Add(const rocks::ScannedGroup& group, std::string what) {
    findings_.Add({.file = group.file.filename().string(),
                   .what = std::move(what),
                   .first_position = group.header.first_position,
                   .next_position = group.header.first_position + group.header.event_count});
  }

  const rocks::LogTail& stored_;
  merkle::Frontier frontier_;
  rocks::FoldCheck* fold_;
  LedgerReport& report_;
  rocks::Findings& findings_;
  std::uint64_t next_group_ = 0;
  rocks::RecordView view_;
};

// A status of another room as a finding.
LedgerFinding ToFinding(const absl::Status& status, std::string file) {
  LedgerFinding finding{.file = std::move(file), .what = Message(status)};
  if (const auto detail = GetErrorDetail(status)) {
    const auto number = [&](const char* key) -> std::optional<std::uint64_t> {
      const auto it = detail->metadata.find(key);
      if (it == detail->metadata.end()) return std::nullopt;
      return std::strtoull(it->second.c_str(), nullptr, 10);
    };
    finding.first_position = number("first_position");
    finding.next_position = number("next_position");
  }
  return finding;
}

// What is checked here is this format only.
absl::Status NotUpgraded(const std::filesystem::path& directory, const LedgerFormat& stored,
                         const LedgerFormat& current) {
  return MakeError(absl::StatusCode::kFailedPrecondition,
                   fmt::format("{} has format {}, which this version upgrades to {} before it can "
                               "check it",
                               directory.string(), ToText(stored), ToText(current)),
                   {.reason = std::string(reason::kDirectoryUnusable),
                    .remedy = "Check it with the version that wrote it, or start daybookd of this "
                              "version on it once: a start upgrades it.",
                    .fields = {},
                    .metadata = {{"directory", directory.string()}}});
}

// Journal and store of a ledger whose IDENTITY is read and which is locked.
void CheckParts(const LedgerCheckOptions& options, const rocks::Files& files, LedgerReport& report,
                rocks::Findings& findings) {
  rocks::LogTail stored;
  auto database =
      rocks::Database::OpenReadOnly({.directory = options.directory / "store", .env = options.env});
  std::optional<rocks::FoldCheck> fold;  // after the database: it holds on to blocks of it
  if (!database.ok()) {
    findings.Add(ToFinding(database.status(), "store"));
  } else if (*database) {
    fold.emplace(**database, findings, report.counts, options.progress);
    stored = fold->Run();
  }
  JournalCheck journal(stored, fold ? &*fold : nullptr, report, findings);
  const absl::StatusOr<rocks::JournalEnd> end =
      rocks::ScanJournal(files, options.directory / "journal", report.log,
                         [&](const rocks::ScannedGroup& group) { return journal.Visit(group); });
  if (!end.ok()) {
    findings.Add(ToFinding(end.status(), "journal"));
  } else {
    report.counts.segments = end->segments.size();
    report.torn = end->torn;
    report.clean_stop = end->closed;
    if (end->last_group < stored.group) {
      findings.Add({.file = "journal",
                    .what = fmt::format("it ends with group {}, the store with group {}",
                                        end->last_group, stored.group),
                    .first_position = end->next_position,
                    .next_position = stored.size});
    }
  }
  report.head = {
      .log = report.log, .size = journal.frontier().size(), .root = journal.frontier().Root()};
}

}  // namespace

absl::StatusOr<LedgerReport> CheckLedger(const LedgerCheckOptions& options) {
  const rocks::Files files(options.env);
  LedgerReport report;
  rocks::Findings findings(report);
  const auto unidentified = [&](const absl::Status& status) -> absl::StatusOr<LedgerReport> {
    if (ErrorReason(status) != reason::kLogDamaged) return status;
    findings.Add(ToFinding(status, "IDENTITY"));
    return report;
  };
  // Before the lock, whose file is made where it is not.
  if (absl::Status found = rocks::RequireLedger(files, options.directory); !found.ok()) {
    return unidentified(found);
  }
  DAYBOOK_ASSIGN_OR_RETURN(const rocks::DirectoryLock lock,
                           rocks::DirectoryLock::Acquire(files, options.directory));
  const absl::StatusOr<std::optional<rocks::DirectoryIdentity>> identity =
      rocks::ReadIdentity(files, options.directory, *options.formats);
  if (!identity.ok()) return unidentified(identity.status());
  if ((*identity)->format != options.formats->current) {
    return NotUpgraded(options.directory, (*identity)->format, options.formats->current);
  }
  report.log = (*identity)->log;
  CheckParts(options, files, report, findings);
  return report;
}

}  // namespace daybook::eventstore
