#include "eventstore/rocksdb/database.h"

#include <atomic>
#include <cstdarg>
#include <memory>
#include <string>
#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/rocksdb/damage.h"
#include "rocksdb/cache.h"
#include "rocksdb/filter_policy.h"
#include "rocksdb/listener.h"
#include "rocksdb/table.h"

namespace daybook::eventstore::rocks {

struct Database::Watch final : public rocksdb::EventListener {
  void OnBackgroundError(rocksdb::BackgroundErrorReason /*reason*/,
                         rocksdb::Status* /*error*/) override {
    failed = true;
  }
  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason /*reason*/, rocksdb::Status /*error*/,
                            bool* auto_recovery) override {
    *auto_recovery = false;
  }

  std::atomic<bool> failed = false;
};

namespace {

constexpr double kBloomBitsPerKey = 10;

// RocksDB's own log file ends the process by an assertion when a line is written to it after one
// could not be (a full disk); what goes wrong is told by statuses.
class NoLogFile final : public rocksdb::Logger {
 public:
  NoLogFile() : rocksdb::Logger(rocksdb::InfoLogLevel::FATAL_LEVEL) {}
  using rocksdb::Logger::Logv;
  void Logv(const char* /*format*/, std::va_list /*values*/) override {}
};

rocksdb::DBOptions MakeDbOptions() {
  rocksdb::DBOptions options;
  options.create_if_missing = true;
  options.create_missing_column_families = true;
  options.paranoid_checks = true;
  options.atomic_flush = true;
  options.max_background_jobs = 2;
  options.keep_log_file_num = 5;
  options.max_open_files = 1000;
  // One writer: nothing to gain from concurrent memtable inserts.
  options.allow_concurrent_memtable_write = false;
  options.enable_write_thread_adaptive_yield = false;
  options.info_log = std::make_shared<NoLogFile>();
  options.max_bgerror_resume_count = 0;
  // Whoever closes it in good order flushes first; after a failure the journal has everything.
  options.avoid_flush_during_shutdown = true;
  return options;
}

rocksdb::ColumnFamilyOptions MakeFamily(const DatabaseOptions& options,
                                        const std::shared_ptr<rocksdb::Cache>& cache,
                                        bool point_lookups) {
  rocksdb::ColumnFamilyOptions family;
  family.write_buffer_size = options.write_buffer_bytes;
  family.max_write_buffer_number = 4;
  family.level_compaction_dynamic_level_bytes = true;
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.format_version = 5;
  table.block_size = 16U << 10;
  if (point_lookups) {
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kBloomBitsPerKey));
    // Most look-ups of a new stream or request miss; the filters say so without a search.
    family.memtable_prefix_bloom_size_ratio = 0.05;
    family.memtable_whole_key_filtering = true;
  }
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return family;
}

std::vector<rocksdb::ColumnFamilyDescriptor> MakeFamilies(const DatabaseOptions& options) {
  const auto cache = rocksdb::NewLRUCache(options.block_cache_bytes);
  const rocksdb::ColumnFamilyOptions lookups = MakeFamily(options, cache, true);
  const rocksdb::ColumnFamilyOptions scans = MakeFamily(options, cache, false);
  return {{rocksdb::kDefaultColumnFamilyName, scans},
          {"records", scans},
          {"streams", lookups},
          {"requests", lookups},
          {"types", scans},
          {"tree", scans}};
}

absl::Status OpenError(const rocksdb::Status& status, const std::filesystem::path& directory) {
  if (status.ok()) return absl::OkStatus();
  if (status.IsCorruption() || status.IsPathNotFound() || status.IsNotFound() ||
      status.IsInvalidArgument()) {
    return Damage({.file = directory, .what = status.ToString()});
  }
  return FromRocks(status, "open " + directory.string());
}

// Whether a database was begun there. RocksDB takes a directory that lost its CURRENT for a new
// one, and clears away the tables in it; such a directory is refused as it lies.
absl::StatusOr<bool> IsBegun(const DatabaseOptions& options) {
  const Files files(options.env);
  DAYBOOK_ASSIGN_OR_RETURN(const bool current, files.Exists(options.directory / "CURRENT"));
  if (current) return true;
  DAYBOOK_ASSIGN_OR_RETURN(const auto names, files.ListIfThere(options.directory));
  for (const std::string& name : names) {
    if (!name.ends_with(".sst")) continue;
    return Damage({.file = options.directory / "CURRENT",
                   .what = "the file is missing beside tables of the store"});
  }
  return false;
}

// LOG_DAMAGED when a store that lacks families says that it is the fold of something.
absl::Status CheckStateless(const rocksdb::DBOptions& options, const std::string& path) {
  rocksdb::DB* opened = nullptr;
  const rocksdb::Status status =
      rocksdb::DB::OpenForReadOnly(rocksdb::Options(options, {}), path, &opened);
  DAYBOOK_RETURN_IF_ERROR(OpenError(status, path));
  const std::unique_ptr<rocksdb::DB> db(opened);
  std::string value;
  if (db->Get({}, std::string(kStateKey), &value).IsNotFound()) return absl::OkStatus();
  return Damage({.file = path, .what = "column families are missing"});
}

}  // namespace

absl::StatusOr<std::unique_ptr<Database>> Database::Open(const DatabaseOptions& options) {
  return OpenAs(options, /*read_only=*/false);
}

absl::StatusOr<std::unique_ptr<Database>> Database::OpenReadOnly(const DatabaseOptions& options) {
  return OpenAs(options, /*read_only=*/true);
}

absl::StatusOr<std::unique_ptr<Database>> Database::OpenAs(const DatabaseOptions& options,
                                                           bool read_only) {
  auto database = std::unique_ptr<Database>(new Database());
  rocksdb::DBOptions db_options = MakeDbOptions();
  db_options.listeners.push_back(database->watch_);
  db_options.env = options.env;
  const std::string path = options.directory.string();
  const std::vector<rocksdb::ColumnFamilyDescriptor> families = MakeFamilies(options);
  DAYBOOK_ASSIGN_OR_RETURN(const bool begun, IsBegun(options));
  std::vector<std::string> found;
  if (begun) {
    const rocksdb::Status listed = rocksdb::DB::ListColumnFamilies(db_options, path, &found);
    DAYBOOK_RETURN_IF_ERROR(OpenError(listed, options.directory));
  }
  // A first start may end between the making of two families; there is no state then.
  const bool finished = found.size() == families.size();
  if (read_only && !finished) {
    if (!begun) return nullptr;
    DAYBOOK_RETURN_IF_ERROR(CheckStateless(db_options, path));
    return nullptr;
  }
  if (begun && !finished) DAYBOOK_RETURN_IF_ERROR(CheckStateless(db_options, path));
  db_options.create_if_missing = !begun;
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status =
      read_only ? rocksdb::DB::OpenForReadOnly(db_options, path, families, &database->handles_, &db)
                : rocksdb::DB::Open(db_options, path, families, &database->handles_, &db);
  DAYBOOK_RETURN_IF_ERROR(OpenError(status, options.directory));
  database->db_.reset(db);
  return database;
}

Database::Database() : watch_(std::make_shared<Watch>()) {}

Database::~Database() {
  if (!db_) return;
  for (rocksdb::ColumnFamilyHandle* handle : handles_) {
    db_->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
  }
}

std::unique_ptr<rocksdb::Iterator> Database::Iterate(rocksdb::ColumnFamilyHandle* family,
                                                     rocksdb::ReadOptions options) const {
  options.ignore_range_deletions = true;
  return std::unique_ptr<rocksdb::Iterator>(db_->NewIterator(options, family));
}

rocksdb::Status Database::Write(rocksdb::WriteBatch& batch) {
  rocksdb::WriteOptions options;
  options.disableWAL = true;
  rocksdb::Status status = db_->Write(options, &batch);
  if (!status.ok()) watch_->failed = true;
  return status;
}

absl::Status Database::Flush() {
  rocksdb::FlushOptions options;
  options.wait = true;
  const rocksdb::Status status = db_->Flush(options, handles_);
  if (!status.ok()) watch_->failed = true;
  return FromRocks(status, "flush");
}

bool Database::has_failed() const { return watch_->failed; }

absl::Status FromRocks(const rocksdb::Status& status, std::string_view what) {
  if (status.ok()) return absl::OkStatus();
  if (status.IsCorruption()) {
    return Damage({.file = "store", .what = std::string(what) + ": " + status.ToString()});
  }
  return FileError(what, "store", rocksdb::status_to_io_status(rocksdb::Status(status)));
}

}  // namespace daybook::eventstore::rocks
