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
constexpr std::string_view kNotWhole = "files of it are missing, cut or not as written";

absl::Status Unusable(const std::filesystem::path& directory, std::string_view why,
                      std::string_view remedy) {
  return MakeError(absl::StatusCode::kFailedPrecondition,
                   directory.string() + " cannot be used: " + std::string(why),
                   {.reason = std::string(reason::kDirectoryUnusable),
                    .remedy = std::string(remedy),
                    .fields = {},
                    .metadata = {{"directory", directory.string()}}});
}

// `which`: "backup 3 in DIR", "the backups in DIR".
absl::Status BackupDamaged(const std::string& which, std::string_view why) {
  return MakeError(absl::StatusCode::kDataLoss, fmt::format("{} cannot be read: {}", which, why),
                   {.reason = std::string(reason::kLogDamaged),
                    .remedy = "Keep it for inspection, and look for another copy of it. `daybook "
                              "backup --list` says which ones can be read; --backup N restores "
                              "one of these.",
                    .fields = {},
                    .metadata = {}});
}

absl::Status FromEngine(const rocksdb::Status& status, std::string_view what,
                        const std::filesystem::path& directory) {
  if (status.ok()) return absl::OkStatus();
  if (status.IsNotFound()) return absl::NotFoundError(directory.string() + " holds no backups");
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

// RocksDB says of a directory that is not there, or may not be read, that it holds no backups.
absl::Status CheckReadable(const rocks::Files& files, const std::filesystem::path& directory) {
  DAYBOOK_ASSIGN_OR_RETURN(const bool there, files.Exists(directory));
  if (!there) {
    return Unusable(directory, "it does not exist", "Name the directory of the backups.");
  }
  return files.List(directory).status();
}

// The numbers of those that RocksDB cannot read.
std::vector<rocksdb::BackupID> DamagedOf(const rocksdb::BackupEngineReadOnlyBase& engine) {
  std::vector<rocksdb::BackupID> damaged;
  engine.GetCorruptedBackups(&damaged);
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
absl::StatusOr<BackupInfo> LookInto(const rocksdb::BackupInfo& backup,
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

absl::StatusOr<BackupInfo> InfoOf(const rocksdb::BackupEngineReadOnlyBase& engine,
                                  std::optional<std::uint32_t> id,
                                  const std::filesystem::path& directory,
                                  const LedgerFormat& current) {
  const std::vector<rocksdb::BackupID> damaged = DamagedOf(engine);
  rocksdb::BackupInfo info;
  const rocksdb::Status status =
      id ? engine.GetBackupInfo(*id, &info, true) : engine.GetLatestBackupInfo(&info, true);
  // Never an older one instead of the latest: what was sent since would be lost unseen.
  for (const rocksdb::BackupID bad : damaged) {
    if (id ? bad == *id : !status.ok() || bad > info.backup_id) {
      return BackupDamaged(fmt::format("backup {} in {}", bad, directory.string()), kNotWhole);
    }
  }
  if (status.IsNotFound()) {
    return absl::NotFoundError(id ? fmt::format("{} has no backup {}", directory.string(), *id)
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

// With what is wrong with it, as far as a look into it tells.
BackupInfo ListOne(const rocksdb::BackupInfo& backup, const std::filesystem::path& directory,
                   const LedgerFormat& current) {
  absl::StatusOr<BackupInfo> info = LookInto(backup, directory, current);
  if (!info.ok()) return {.id = backup.backup_id, .damage = Message(info.status())};
  return *std::move(info);
}

}  // namespace

absl::Status DamageOf(const BackupInfo& backup) {
  return BackupDamaged(fmt::format("backup {}", backup.id), backup.damage);
}

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
    backups.push_back(ListOne(backup, directory, formats.current));
  }
  for (const rocksdb::BackupID id : DamagedOf(**engine)) {
    backups.push_back({.id = id, .damage = std::string(kNotWhole)});
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
  DAYBOOK_ASSIGN_OR_RETURN(report.backup, InfoOf(*engine, id, directory, formats.current));
  DAYBOOK_ASSIGN_OR_RETURN(const FormatDecision decision,
                           DecideRestore(report.backup, directory, formats));
  DAYBOOK_RETURN_IF_ERROR(CheckEmpty(files, into));
  const std::string store = (into / "store").string();
  const rocksdb::IOStatus restored = engine->RestoreDBFromBackup(report.backup.id, store, store);
  DAYBOOK_RETURN_IF_ERROR(FromEngine(restored, "restore the backup in", directory));
  DAYBOOK_RETURN_IF_ERROR(files.SyncDirectory(into));
  // Without an IDENTITY it is no ledger of either format meanwhile.
  for (const std::size_t step : decision.steps) {
    DAYBOOK_RETURN_IF_ERROR(formats.steps[step].run(files, into));
  }
  DAYBOOK_ASSIGN_OR_RETURN(const auto database,
                           rocks::Database::OpenReadOnly(
                               {.directory = store, .env = env, .block_cache_bytes = 1U << 20}));
  DAYBOOK_ASSIGN_OR_RETURN(const rocks::LogTail tail, rocks::ReadTail(*database));
  DAYBOOK_RETURN_IF_ERROR(CompareRestored(tail, into, report.backup));
  DAYBOOK_ASSIGN_OR_RETURN(report.agencies, ReachOf(*database));
  report.log = {.log_id = report.backup.upto.log.log_id,
                .incarnation = report.backup.upto.log.incarnation + 1};
  DAYBOOK_RETURN_IF_ERROR(rocks::MakeJournal(files, into, report.log, tail));
  DAYBOOK_RETURN_IF_ERROR(rocks::WriteIdentity(
      files, into,
      {.log = report.log,
       .fork =
           rocks::Fork{.parent_incarnation = report.backup.upto.log.incarnation, .size = tail.size},
       .format = formats.current}));
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
  return InfoOf(*engine, id, directory, identity.format);
}

}  // namespace rocks

}  // namespace daybook::eventstore
