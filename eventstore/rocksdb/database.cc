#include "eventstore/rocksdb/database.h"

#include <string>
#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/rocksdb/damage.h"
#include "rocksdb/cache.h"
#include "rocksdb/filter_policy.h"
#include "rocksdb/table.h"

namespace daybook::eventstore::rocks {
namespace {

constexpr double kBloomBitsPerKey = 10;

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
  options.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
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

}  // namespace

absl::StatusOr<std::unique_ptr<Database>> Database::Open(const DatabaseOptions& options) {
  const auto cache = rocksdb::NewLRUCache(options.block_cache_bytes);
  const rocksdb::ColumnFamilyOptions lookups = MakeFamily(options, cache, true);
  const rocksdb::ColumnFamilyOptions scans = MakeFamily(options, cache, false);
  const std::vector<rocksdb::ColumnFamilyDescriptor> families = {
      {rocksdb::kDefaultColumnFamilyName, scans},
      {"records", scans},
      {"streams", lookups},
      {"requests", lookups},
      {"types", scans},
      {"tree", scans}};
  auto database = std::unique_ptr<Database>(new Database());
  database->directory_ = options.directory;
  rocksdb::DBOptions db_options = MakeDbOptions();
  if (options.files != LocalFileSystem()) {
    database->env_ = rocksdb::NewCompositeEnv(options.files);
    db_options.env = database->env_.get();
  }
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status =
      rocksdb::DB::Open(db_options, options.directory.string(), families, &database->handles_, &db);
  if (!status.ok()) {
    if (status.IsCorruption() || status.IsPathNotFound()) {
      return Damage({.file = options.directory, .what = status.ToString()});
    }
    return FromRocks(status, "open " + options.directory.string());
  }
  database->db_.reset(db);
  return database;
}

Database::~Database() {
  if (!db_) return;
  for (rocksdb::ColumnFamilyHandle* handle : handles_) {
    db_->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
  }
}

absl::Status Database::Flush() {
  rocksdb::FlushOptions options;
  options.wait = true;
  return FromRocks(db_->Flush(options, handles_), "flush");
}

void Database::AbandonForTest() {
  db_->SetDBOptions({{"avoid_flush_during_shutdown", "true"}}).PermitUncheckedError();
}

absl::Status FromRocks(const rocksdb::Status& status, std::string_view what) {
  if (status.ok()) return absl::OkStatus();
  if (status.IsCorruption()) {
    return Damage({.file = "store", .what = std::string(what) + ": " + status.ToString()});
  }
  return absl::UnavailableError("cannot " + std::string(what) + ": " + status.ToString());
}

}  // namespace daybook::eventstore::rocks
