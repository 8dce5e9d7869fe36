#include "services/cli/upkeep_commands.h"

#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "daybook/admin/v1/admin_service.grpc.pb.h"
#include "eventstore/core/error.h"
#include "eventstore/rocksdb/backup.h"
#include "eventstore/rocksdb/ledger_check.h"
#include "eventstore/sealing/local_key_provider.h"
#include "fmt/format.h"
#include "services/cli/error_output.h"
#include "services/cli/submission_commands.h"
#include "services/cli/upkeep_text.h"

namespace daybook::cli {
namespace {

namespace fs = std::filesystem;
using eventstore::BackupInfo;
using eventstore::LedgerReport;

constexpr std::chrono::hours kBackupDeadline{24};

std::string ContentText(const BackupInfo& backup) {
  if (backup.other_format) {
    return fmt::format("format {}, which this version does not look into", backup.format);
  }
  return fmt::format("{}, root {:.16}…", PrefixText(backup.upto.size),
                     eventstore::ToHex(backup.upto.root));
}

int ListThem(const BackupOptions& options) {
  const auto backups = eventstore::ListBackups(options.directory);
  if (!backups.ok()) return Report(backups.status());
  if (backups->empty()) fmt::print("{} holds no backup\n", options.directory);
  int code = kDone;
  for (const BackupInfo& backup : *backups) {
    if (!backup.problem.ok()) {
      fmt::print("backup {} cannot be read\n", backup.id);
      code = Report(backup.problem);
      continue;
    }
    std::string verdict;
    if (options.verify) {
      const absl::Status verified = eventstore::VerifyBackup(options.directory, backup.id);
      verdict = verified.ok() ? ", every file as it was written" : ", DAMAGED";
      if (!verified.ok()) code = Report(verified);
    }
    fmt::print("backup {} of {}: {}, {}{}\n", backup.id, TimeText(backup.taken),
               ContentText(backup), SizeText(backup.bytes), verdict);
  }
  return code;
}

void PrintFindings(const LedgerReport& report) {
  for (const eventstore::LedgerFinding& finding : report.findings) {
    std::string where = finding.file;
    if (finding.first_position && finding.next_position) {
      where +=
          fmt::format(", positions {} to {}", *finding.first_position, *finding.next_position - 1);
    } else if (finding.first_position) {
      where += fmt::format(", from position {}", *finding.first_position);
    }
    PrintError("damaged: {}: {}\n", where, finding.what);
  }
  if (report.findings_total > report.findings.size()) {
    PrintError("… and {} more\n", report.findings_total - report.findings.size());
  }
}

void PrintCounts(const LedgerReport& report) {
  const eventstore::LedgerCounts& n = report.counts;
  fmt::print("log {} incarnation {}: {}\n", report.log.log_id, report.log.incarnation,
             PrefixText(report.head.size));
  fmt::print("root {}\n", eventstore::ToHex(report.head.root));
  fmt::print("journal  {:>10} segments   {:>10} groups    {:>10} records\n", n.segments, n.groups,
             n.journal_records);
  fmt::print("store    {:>10} records    {:>10} events    {:>10} parts ({} erased)\n", n.records,
             n.events, n.parts, n.erased_parts);
  fmt::print("indexes  {:>10} requests   {:>10} streams   {:>10} runs\n", n.requests, n.streams,
             n.runs);
  fmt::print("         {:>10} type rows  {:>10} tree nodes\n", n.type_entries, n.tree_nodes);
  if (report.groups_not_folded > 0) {
    fmt::print("{} groups with {} events are in the journal only; the next start folds them\n",
               report.groups_not_folded, report.events_not_folded);
  }
  if (report.torn) {
    fmt::print(
        "a write that was never acknowledged stands at the journal's end ({}, offset {}): "
        "{}; the next start cuts it\n",
        report.torn->file.filename().string(), report.torn->offset, report.torn->what);
  }
}

// Reads everything; says what does not fit. Nothing but the verdict when `quiet`.
absl::StatusOr<LedgerReport> Check(const fs::path& log) {
  const bool terminal = isatty(STDERR_FILENO) != 0;
  auto report = eventstore::CheckLedger({.directory = log, .progress = [terminal](auto events) {
                                           if (terminal) PrintError("\r{} events", events);
                                         }});
  if (terminal) PrintError("\r{:<40}\r", "");
  return report;
}

// Nothing is left behind by a failure.
absl::Status CopyKeys(const fs::path& from, const fs::path& to) {
  std::error_code error;
  if (fs::exists(to, error)) {
    return absl::FailedPreconditionError(to.string() +
                                         " is there already: name a data directory "
                                         "that does not exist");
  }
  DAYBOOK_ASSIGN_OR_RETURN(const bool there, sealing::CheckLocalKeys(from));
  if (!there) {
    return absl::NotFoundError(from.string() +
                               " holds no master.key: name one directory that "
                               "`daybook backup --keys` made");
  }
  fs::create_directories(to.parent_path(), error);
  if (!error) fs::copy(from, to, fs::copy_options::recursive, error);
  // Opens them once: a copy that does not open is known now and not when it is needed.
  absl::Status copied = error ? absl::UnavailableError("cannot copy the keys: " + error.message())
                              : sealing::OpenLocalKeys(to).status();
  if (!copied.ok()) fs::remove_all(to, error);
  return copied;
}

void PrintRestored(const eventstore::RestoreReport& report, const std::string& into) {
  fmt::print("{} holds backup {} of {}: {}\n", into, report.backup.id,
             TimeText(report.backup.taken), PrefixText(report.backup.upto.size));
  fmt::print("root {}\nlog {} incarnation {}; what was issued beyond is refused as LOG_DIVERGED\n",
             eventstore::ToHex(report.backup.upto.root), report.log.log_id, report.log.incarnation);
  for (const eventstore::AgencyReach& agency : report.agencies) {
    fmt::print("  {}: last request of {}; send again what was sent after that\n", agency.agency,
               TimeText(agency.last));
  }
}

// Restores into a directory of its own, reads all of it, removes it.
int Rehearse(const Connection& connection, const RestoreOptions& options) {
  std::error_code no_folder;
  const fs::path folder = fs::temp_directory_path(no_folder);
  std::string name = (folder / "daybook-rehearsal-XXXXXX").string();
  if (no_folder || mkdtemp(name.data()) == nullptr) {
    return Report(absl::UnavailableError(
        "no directory can be made for the rehearsal: set TMPDIR to a folder with room for a copy "
        "of the log"));
  }
  const fs::path beside = name;
  const auto restored = eventstore::RestoreBackup(options.directory, options.id, beside / "log");
  const auto report = restored.ok() ? Check(beside / "log") : restored.status();
  std::error_code ignored;
  fs::remove_all(beside, ignored);
  if (!report.ok()) return Report(report.status());
  PrintFindings(*report);
  fmt::print("rehearsed backup {} of {}: {} came back, {} findings\n", restored->backup.id,
             TimeText(restored->backup.taken), PrefixText(report->head.size),
             report->findings_total);
  admin::v1::RecordRehearsalRequest request;
  request.mutable_rehearsal()->set_directory(fs::absolute(options.directory).string());
  request.mutable_rehearsal()->set_events(report->head.size);
  request.mutable_rehearsal()->set_findings(report->findings_total);
  auto stub = admin::v1::AdminService::NewStub(connection.channel);
  grpc::ClientContext context;
  Prepare(context, connection, connection.agency, std::chrono::seconds(5));
  admin::v1::RecordRehearsalResponse response;
  if (!stub->RecordRehearsal(&context, request, &response).ok()) {
    fmt::print("no server was told: none answers at {}\n", connection.address);
  }
  return report->findings_total == 0 ? kDone : kRefused;
}

}  // namespace

int RunBackup(const Connection& connection, const BackupOptions& options) {
  if (options.list || options.verify) return ListThem(options);
  admin::v1::CreateBackupRequest request;
  request.set_directory(fs::absolute(options.directory).lexically_normal().string());
  request.set_keep(options.keep);
  if (!options.keys.empty()) {
    request.set_keys_directory(fs::absolute(options.keys).lexically_normal().string());
  }
  auto stub = admin::v1::AdminService::NewStub(connection.channel);
  grpc::ClientContext context;
  Prepare(context, connection, connection.agency, kBackupDeadline);
  admin::v1::CreateBackupResponse response;
  const grpc::Status status = stub->CreateBackup(&context, request, &response);
  if (!status.ok()) return Report("backup", status, connection);
  const admin::v1::BackupRecord& made = response.backup();
  fmt::print("backup {} in {}: {}, {}\n", made.id(), made.directory(),
             PrefixText(made.upto().size()), SizeText(made.bytes()));
  if (made.keys_directory().empty()) {
    fmt::print(
        "the keys of sealed parts are not in it: copy them with --keys DIR, apart from it\n");
  } else {
    fmt::print("keys in {}\n", made.keys_directory());
  }
  return kDone;
}

int RunRestore(const Connection& connection, const RestoreOptions& options) {
  if (options.rehearse) return Rehearse(connection, options);
  const fs::path into = options.into;
  // The keys first: a copy that does not open is known before the log is copied.
  if (!options.keys.empty()) {
    if (const absl::Status copied = CopyKeys(options.keys, into / "keys"); !copied.ok()) {
      return Report(copied);
    }
  }
  const auto report = eventstore::RestoreBackup(options.directory, options.id, into / "log");
  if (!report.ok()) {
    std::error_code ignored;
    if (!options.keys.empty()) fs::remove_all(into / "keys", ignored);
    return Report(report.status());
  }
  if (!options.keys.empty()) {
    const auto fit = sealing::CheckLocalKeys(into / "keys", report->log.log_id);
    if (!fit.ok()) {
      std::error_code ignored;
      fs::remove_all(into, ignored);
      return Report(fit.status());
    }
  }
  PrintRestored(*report, options.into);
  if (options.keys.empty()) {
    fmt::print(
        "no keys were restored: bring a copy to {} before the first start, which refuses a log "
        "without them\n",
        (into / "keys").string());
  } else {
    fmt::print("keys restored from {}\n", options.keys);
  }
  return kDone;
}

int RunFsck(const std::string& directory) {
  const auto report = Check(LogIn(directory));
  if (!report.ok()) return Report(report.status());
  // Without an IDENTITY that can be read nothing was counted.
  if (!report->log.log_id.empty()) PrintCounts(*report);
  PrintFindings(*report);
  if (report->findings_total == 0) {
    fmt::print("clean\n");
    return kDone;
  }
  PrintError("{} findings: keep a copy of the directory, restore the latest backup\n",
             report->findings_total);
  return kRefused;
}

int RunStatus(const Connection& connection) {
  auto stub = admin::v1::AdminService::NewStub(connection.channel);
  grpc::ClientContext context;
  Prepare(context, connection, connection.agency);
  admin::v1::GetStatusResponse status;
  const grpc::Status called = stub->GetStatus(&context, {}, &status);
  if (!called.ok()) return Report("status", called, connection);
  const auto& ledger = status.ledger();
  std::uint64_t lag = 0;
  std::string parked;
  for (const auto& view : ledger.views()) {
    lag = std::max(lag, view.lag());
    if (view.parked()) parked += (parked.empty() ? "" : ", ") + view.name();
  }
  const bool well = ledger.store_problem().empty() && parked.empty();
  const auto line = [](std::string_view name, const std::string& text) {
    fmt::print("{:<14} {}\n", name, text);
  };
  line("health", ledger.store_problem().empty() ? (well ? "takes requests" : "a view is parked")
                                                : ledger.store_problem());
  line("server", fmt::format("{}, version {}, ledger format {}, started {}", connection.address,
                             status.version(), status.ledger_format(), status.started()));
  line("data", fmt::format("{}, {} free of {}", status.data_directory(),
                           SizeText(status.disk_free_bytes()), SizeText(status.disk_bytes())));
  line("log", fmt::format("{} incarnation {}, {}", ledger.head().log_id(),
                          ledger.head().incarnation(), PrefixText(ledger.head().size())));
  line("views", parked.empty()
                    ? fmt::format("{} live, at most {} events behind", ledger.views_size(), lag)
                    : "PARKED: " + parked + " (daybook views says where and why)");
  const std::string waiting = FilesThatWait(connection);
  line("files", waiting.empty() ? "none held" : waiting);
  const auto& upkeep = status.upkeep();
  line("last backup",
       upkeep.has_last_backup()
           ? fmt::format(
                 "{}, {} in {}{}", upkeep.last_backup().taken(),
                 PrefixText(upkeep.last_backup().upto().size()), upkeep.last_backup().directory(),
                 upkeep.last_backup().keys_directory().empty() ? ", without keys" : ", with keys")
           : "never (daybook backup DIR)");
  line("last rehearsal",
       upkeep.has_last_rehearsal()
           ? fmt::format("{}, {} events came back, {} findings", upkeep.last_rehearsal().at(),
                         upkeep.last_rehearsal().events(), upkeep.last_rehearsal().findings())
           : "never (daybook restore DIR --rehearse)");
  return well ? kDone : kRefused;
}

}  // namespace daybook::cli
