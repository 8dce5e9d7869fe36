#include "eventstore/rocksdb/backup.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "eventstore/core/error.h"
#include "eventstore/rocksdb/applier.h"
#include "eventstore/rocksdb/damage.h"
#include "eventstore/rocksdb/identity.h"
#include "eventstore/rocksdb/keys.h"
#include "eventstore/rocksdb/new_ledger.h"
#include "eventstore/rocksdb/reader.h"
#include "fmt/format.h"
#include "rocksdb/utilities/backup_engine.h"

namespace daybook::eventstore {
namespace {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr char kFirstFormat[] = "1";

absl::Status Unusable(const std::filesystem::path& directory, std::string_view why,
                      std::string_view remedy) {
  return MakeError(absl::StatusCode::kFailedPrecondition,
                   directory.string() + " cannot be used: " + std::string(why),
                   {.reason = std::string(reason::kDirectoryUnusable),
                    .remedy = std::string(remedy),
                    .fields = {},
                    .metadata = {{"directory", directory.string()}}});
}

// `which`: "backup 3 in DIR".
absl::Status BackupDamaged(const std::string& which, std::string_view why) {
  return MakeError(absl::StatusCode::kDataLoss, fmt::format("{} cannot be read: {}", which, why),
                   {.reason = std::string(reason::kLogDamaged),
                    .remedy = "Keep it for inspection, and look for another copy of it. `daybook "
                              "backup --verify` says which ones are whole; --backup N restores "
                              "one of these.",
                    .fields = {},
                    .metadata = {}});
}

absl::Status NoBackup(const std::string& what) {
  return MakeError(absl::StatusCode::kNotFound, what,
                   {.reason = "",
                    .remedy = "Name the directory that was given to `daybook backup`, and one of "
                              "the backups that `daybook backup --list` names.",
                    .fields = {},
                    .metadata = {}});
}

absl::Status NotWhole(const std::filesystem::path& directory, std::uint32_t id) {
  return BackupDamaged(
      fmt::format("backup {} in {}", id, directory.string()),
      "it is being written now, was not finished, or files of it are missing, cut or "
      "not as written");
}

absl::Status FromEngine(const rocksdb::Status& status, std::string_view what,
                        const std::filesystem::path& directory) {
  if (status.ok()) return absl::OkStatus();
  if (status.IsNotFound()) return NoBackup(directory.string() + " holds no backups");
  if (status.IsCorruption()) {
    return BackupDamaged("a backup in " + directory.string(), status.ToString());
  }
  return rocks::FileError(what, directory, rocksdb::status_to_io_status(rocksdb::Status(status)));
}

rocksdb::BackupEngineOptions EngineOptions(const std::filesystem::path& directory) {
  // A backup can be looked into only by absolute names.
  rocksdb::BackupEngineOptions options(std::filesystem::absolute(directory).string());
  options.share_table_files = true;
  options.share_files_with_checksum = true;
  options.sync = true;
  return options;
}

// RocksDB says of a directory that is not there, may not be read or holds something else that it
// holds no backups.
absl::Status CheckReadable(const rocks::Files& files, const std::filesystem::path& directory) {
  DAYBOOK_ASSIGN_OR_RETURN(const bool there, files.Exists(directory));
  if (!there) {
    return Unusable(directory, "it does not exist", "Name the directory of the backups.");
  }
  DAYBOOK_ASSIGN_OR_RETURN(const std::vector<std::string> names, files.List(directory));
  bool any = names.empty();
  for (const std::string& name : names) {
    if (name != "meta" && name != "private" && name != "shared_checksum") continue;
    any = true;
    DAYBOOK_ASSIGN_OR_RETURN(const auto below, files.List(directory / name));
    if (name != "private") continue;
    for (const std::string& one : below) {
      DAYBOOK_RETURN_IF_ERROR(files.List(directory / name / one).status());
    }
  }
  if (any) return absl::OkStatus();
  return Unusable(directory, "it holds something else and no backups",
                  "Name the directory that was given to `daybook backup`.");
}

// The numbers of those that RocksDB cannot read, and of those whose files are there without their
// entry in meta: it was lost, or never written.
absl::StatusOr<std::vector<rocksdb::BackupID>> DamagedOf(
    const rocksdb::BackupEngineReadOnlyBase& engine, const rocks::Files& files,
    const std::filesystem::path& directory) {
  std::vector<rocksdb::BackupID> damaged;
  engine.GetCorruptedBackups(&damaged);
  std::vector<rocksdb::BackupInfo> known;
  engine.GetBackupInfo(&known, /*include_file_details=*/false);
  DAYBOOK_ASSIGN_OR_RETURN(const auto names, files.ListIfThere(directory / "private"));
  for (const std::string& name : names) {
    rocksdb::BackupID id = 0;
    if (!absl::SimpleAtoi(name, &id) || std::ranges::find(damaged, id) != damaged.end()) continue;
    const auto is_it = [id](const rocksdb::BackupInfo& backup) { return backup.backup_id == id; };
    if (std::ranges::none_of(known, is_it)) damaged.push_back(id);
  }
  return damaged;
}

using ReadOnlyEngine = std::unique_ptr<rocksdb::BackupEngineReadOnly>;

absl::StatusOr<ReadOnlyEngine> OpenEngine(const std::filesystem::path& directory,
                                          rocksdb::Env* env) {
  DAYBOOK_RETURN_IF_ERROR(CheckReadable(rocks::Files(env), directory));
  rocksdb::BackupEngineReadOnly* engine = nullptr;
  const rocksdb::IOStatus status =
      rocksdb::BackupEngineReadOnly::Open(EngineOptions(directory), env, &engine);
  DAYBOOK_RETURN_IF_ERROR(FromEngine(status, "open the backups in", directory));
  return ReadOnlyEngine(engine);
}

// "<log id> <incarnation> <format>", kept by the backup engine with each backup. Without the format
// it is 1: the backups of that format were made before there was another one.
std::string Describe(const rocks::DirectoryIdentity& identity) {
  std::string text = fmt::format("{} {}", identity.log.log_id, identity.log.incarnation);
  if (const std::string format = ToText(identity.format); format != kFirstFormat) {
    text += " " + format;
  }
  return text;
}

struct Description {
  LogIdentity log;
  std::string format;
};

std::optional<Description> ParseDescription(const std::string& text) {
  const std::vector<std::string> words = absl::StrSplit(text, ' ');
  Description description;
  if (words.size() < 2 || words.size() > 3 || words[0].size() != 32 ||
      !absl::SimpleAtoi(words[1], &description.log.incarnation)) {
    return std::nullopt;
  }
  description.log.log_id = words[0];
  description.format = words.size() == 3 ? words[2] : kFirstFormat;
  if (!IsFormatText(description.format)) return std::nullopt;
  return description;
}

// What state a backup is, by looking into it as it lies.
absl::StatusOr<BackupInfo> LookAt(const rocksdb::BackupInfo& backup,
                                  const std::filesystem::path& directory,
                                  const LedgerFormat& current) {
  const std::optional<Description> description = ParseDescription(backup.app_metadata);
  if (!description) {
    return Unusable(directory,
                    fmt::format("backup {} is not one of a Daybook log", backup.backup_id),
                    "Name a directory that holds nothing but backups of Daybook.");
  }
  BackupInfo info{.id = backup.backup_id,
                  .format = description->format,
                  .other_format = description->format != ToText(current),
                  .upto = {.log = description->log, .size = 0, .root = {}},
                  .record_time = {},
                  .taken = {backup.timestamp * kMicrosPerSecond},
                  .bytes = backup.size};
  if (info.other_format) return info;
  DAYBOOK_ASSIGN_OR_RETURN(const auto database,
                           rocks::Database::OpenReadOnly({.directory = backup.name_for_open,
                                                          .env = backup.env_for_open.get(),
                                                          .block_cache_bytes = 1U << 20}));
  if (!database) return rocks::Damage({.file = directory, .what = "a backup holds no store"});
  DAYBOOK_ASSIGN_OR_RETURN(const rocks::LogTail tail, rocks::ReadTail(*database));
  info.upto.size = tail.size;
  info.upto.root = tail.frontier.Root();
  info.record_time = tail.record_time;
  return info;
}

// The same; what is damaged is the backup, and no ledger.
absl::StatusOr<BackupInfo> LookInto(const rocksdb::BackupInfo& backup,
                                    const std::filesystem::path& directory,
                                    const LedgerFormat& current) {
  absl::StatusOr<BackupInfo> info = LookAt(backup, directory, current);
  if (info.ok() || ErrorReason(info.status()) != reason::kLogDamaged) return info;
  return BackupDamaged(fmt::format("backup {} in {}", backup.backup_id, directory.string()),
                       Message(info.status()));
}

absl::StatusOr<BackupInfo> InfoOf(const rocksdb::BackupEngineReadOnlyBase& engine,
                                  std::optional<std::uint32_t> id,
                                  const std::filesystem::path& directory, rocksdb::Env* env,
                                  const LedgerFormat& current) {
  DAYBOOK_ASSIGN_OR_RETURN(const auto damaged, DamagedOf(engine, rocks::Files(env), directory));
  rocksdb::BackupInfo info;
  const rocksdb::Status status =
      id ? engine.GetBackupInfo(*id, &info, true) : engine.GetLatestBackupInfo(&info, true);
  // Never an older one instead of the latest: what was sent since would be lost unseen.
  for (const rocksdb::BackupID bad : damaged) {
    if (id ? bad == *id : !status.ok() || bad > info.backup_id) {
      return NotWhole(directory, bad);
    }
  }
  if (status.IsNotFound()) {
    return NoBackup(id ? fmt::format("{} has no backup {}", directory.string(), *id)
                       : directory.string() + " holds no backup");
  }
  DAYBOOK_RETURN_IF_ERROR(FromEngine(status, "read the backups in", directory));
  return LookInto(info, directory, current);
}

// The last request of each agency. One pass over all records.
absl::StatusOr<std::vector<AgencyReach>> ReachOf(rocks::Database& database) {
  std::map<std::string, Instant, std::less<>> last;
  rocksdb::ReadOptions options;
  options.readahead_size = 4U << 20;
  const auto it = database.Iterate(database.records(), options);
  rocks::RecordView view;
  for (it->SeekToFirst(); it->Valid(); it->Next()) {
    const std::optional<Position> first = rocks::ParseRecordKey(rocks::ToView(it->key()));
    DAYBOOK_RETURN_IF_ERROR(
        rocks::ViewRecord(first.value_or(Position{}), rocks::ToView(it->value()), view));
    const auto found = last.find(view.agency());
    if (found == last.end()) {
      last.emplace(view.agency(), view.record_time());
    } else {
      found->second = view.record_time();
    }
  }
  DAYBOOK_RETURN_IF_ERROR(rocks::FromRocks(it->status(), "read the log"));
  std::vector<AgencyReach> reach;
  for (auto& [agency, time] : last) reach.push_back({agency, time});
  return reach;
}

absl::Status CheckEmpty(const rocks::Files& files, const std::filesystem::path& into) {
  DAYBOOK_ASSIGN_OR_RETURN(const bool there, files.Exists(into));
  if (!there) return files.MakeDirectories(into);
  DAYBOOK_ASSIGN_OR_RETURN(const std::vector<std::string> names, files.List(into));
  if (names.empty()) return absl::OkStatus();
  return Unusable(into, "it is not empty",
                  "Name a directory that does not exist: a restore never writes over a ledger.");
}

absl::StatusOr<FormatDecision> DecideRestore(const BackupInfo& backup,
                                             const std::filesystem::path& directory,
                                             const rocks::FormatSupport& formats) {
  FormatDecision decision = rocks::Decide(backup.format, formats);
  if (decision.action == FormatAction::kOpen || decision.action == FormatAction::kUpgrade) {
    return decision;
  }
  return FormatRefusal(decision.action,
                       fmt::format("backup {} in {}", backup.id, directory.string()), backup.format,
                       formats.current);
}

// Of a backup that could not be looked into, `backup` learns now what it holds.
absl::Status CompareRestored(const rocks::LogTail& tail, const std::filesystem::path& into,
                             BackupInfo& backup) {
  if (!backup.other_format && tail.frontier.Root() != backup.upto.root) {
    return rocks::Damage({.file = into, .what = "what was restored is not what the backup holds"});
  }
  backup.upto.size = tail.size;
  backup.upto.root = tail.frontier.Root();
  backup.record_time = tail.record_time;
  return absl::OkStatus();
}

// A ledger of the restored store; IDENTITY comes last, so that it is none of either format before.
absl::Status FinishRestore(const std::filesystem::path& into, const FormatDecision& decision,
                           rocksdb::Env* env, const rocks::FormatSupport& formats,
                           RestoreReport& report) {
  const rocks::Files files(env);
  DAYBOOK_RETURN_IF_ERROR(files.SyncDirectory(into));
  for (const std::size_t step : decision.steps) {
    DAYBOOK_RETURN_IF_ERROR(formats.steps[step].run(files, into));
  }
  DAYBOOK_ASSIGN_OR_RETURN(
      const auto database,
      rocks::Database::OpenReadOnly(
          {.directory = into / "store", .env = env, .block_cache_bytes = 1U << 20}));
  DAYBOOK_ASSIGN_OR_RETURN(const rocks::LogTail tail, rocks::ReadTail(*database));
  DAYBOOK_RETURN_IF_ERROR(CompareRestored(tail, into, report.backup));
  DAYBOOK_ASSIGN_OR_RETURN(report.agencies, ReachOf(*database));
  const LogIdentity& parent = report.backup.upto.log;
  report.log = {.log_id = parent.log_id, .incarnation = parent.incarnation + 1};
  DAYBOOK_RETURN_IF_ERROR(rocks::MakeJournal(files, into, report.log, tail));
  return rocks::WriteIdentity(
      files, into,
      {.log = report.log,
       .fork = rocks::Fork{.parent_incarnation = parent.incarnation, .size = tail.size},
       .format = formats.current});
}

}  // namespace

absl::StatusOr<std::vector<BackupInfo>> ListBackups(const std::filesystem::path& directory,
                                                    rocksdb::Env* env,
                                                    const rocks::FormatSupport& formats) {
  absl::StatusOr<ReadOnlyEngine> engine = OpenEngine(directory, env);
  if (absl::IsNotFound(engine.status())) return std::vector<BackupInfo>();
  DAYBOOK_RETURN_IF_ERROR(engine.status());
  std::vector<BackupInfo> backups;
  std::vector<rocksdb::BackupInfo> found;
  (*engine)->GetBackupInfo(&found, /*include_file_details=*/true);
  for (const rocksdb::BackupInfo& backup : found) {
    absl::StatusOr<BackupInfo> info = LookInto(backup, directory, formats.current);
    backups.push_back(info.ok() ? *std::move(info)
                                : BackupInfo{.id = backup.backup_id, .problem = info.status()});
  }
  DAYBOOK_ASSIGN_OR_RETURN(const auto damaged, DamagedOf(**engine, rocks::Files(env), directory));
  for (const rocksdb::BackupID id : damaged) {
    backups.push_back({.id = id, .problem = NotWhole(directory, id)});
  }
  std::sort(backups.begin(), backups.end(),
            [](const BackupInfo& a, const BackupInfo& b) { return a.id < b.id; });
  return backups;
}

absl::Status VerifyBackup(const std::filesystem::path& directory, std::uint32_t id,
                          rocksdb::Env* env) {
  DAYBOOK_ASSIGN_OR_RETURN(const ReadOnlyEngine engine, OpenEngine(directory, env));
  return FromEngine(engine->VerifyBackup(id, /*verify_with_checksum=*/true), "verify the backup in",
                    directory);
}

absl::StatusOr<RestoreReport> RestoreBackup(const std::filesystem::path& directory,
                                            std::optional<std::uint32_t> id,
                                            const std::filesystem::path& into, rocksdb::Env* env,
                                            const rocks::FormatSupport& formats) {
  const rocks::Files files(env);
  DAYBOOK_ASSIGN_OR_RETURN(const ReadOnlyEngine engine, OpenEngine(directory, env));
  RestoreReport report;
  DAYBOOK_ASSIGN_OR_RETURN(report.backup, InfoOf(*engine, id, directory, env, formats.current));
  DAYBOOK_ASSIGN_OR_RETURN(const FormatDecision decision,
                           DecideRestore(report.backup, directory, formats));
  DAYBOOK_RETURN_IF_ERROR(CheckEmpty(files, into));
  rocksdb::IOStatus copied = engine->RestoreDBFromBackup(
      report.backup.id, (into / "store").string(), (into / "store").string());
  absl::Status made = copied.IsCorruption()
                          ? NotWhole(directory, report.backup.id)
                          : FromEngine(copied, "restore the backup in", directory);
  if (made.ok()) made = FinishRestore(into, decision, env, formats, report);
  // It was empty, so that a second try finds it so.
  if (!made.ok()) files.RemoveTree(into).IgnoreError();
  DAYBOOK_RETURN_IF_ERROR(made);
  return report;
}

namespace rocks {

absl::StatusOr<BackupInfo> TakeBackup(Database& database, const DirectoryIdentity& identity,
                                      const std::filesystem::path& directory, std::uint32_t keep,
                                      rocksdb::Env* env) {
  const Files files(env);
  DAYBOOK_RETURN_IF_ERROR(files.MakeDirectories(directory));
  rocksdb::BackupEngine* opened = nullptr;
  DAYBOOK_RETURN_IF_ERROR(
      FromEngine(rocksdb::BackupEngine::Open(EngineOptions(directory), env, &opened),
                 "open the backups in", directory));
  const std::unique_ptr<rocksdb::BackupEngine> engine(opened);
  std::vector<rocksdb::BackupInfo> before;
  engine->GetBackupInfo(&before);
  for (const rocksdb::BackupInfo& backup : before) {
    const std::optional<Description> other = ParseDescription(backup.app_metadata);
    if (other && other->log.log_id == identity.log.log_id) continue;
    return Unusable(directory, "it holds backups of another log",
                    "Give each ledger a directory of its own for its backups.");
  }
  rocksdb::CreateBackupOptions options;
  options.flush_before_backup = true;
  rocksdb::BackupID id = 0;
  DAYBOOK_RETURN_IF_ERROR(FromEngine(
      engine->CreateNewBackupWithMetadata(options, &database.db(), Describe(identity), &id),
      "write a backup into", directory));
  if (keep > 0) {
    DAYBOOK_RETURN_IF_ERROR(
        FromEngine(engine->PurgeOldBackups(keep), "remove old backups from", directory));
  }
  return InfoOf(*engine, id, directory, env, identity.format);
}

}  // namespace rocks

}  // namespace daybook::eventstore
