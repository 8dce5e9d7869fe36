#include "projections/store/rocksdb_view_store.h"

#include <rocksdb/db.h>
#include <rocksdb/iterator.h>
#include <rocksdb/options.h>
#include <rocksdb/write_batch.h>

#include <utility>

#include "eventstore/core/error.h"
#include "projections/store/meta_codec.h"

namespace daybook::projections {
namespace {

// Raise it when keys or the meaning of rows change; what is stored is then thrown away.
constexpr std::string_view kFormatVersion = "1";
constexpr std::size_t kWriteBufferBytes = 16U << 20;

const std::string kFormatKey("m\0format", 8);
const std::string kStateKey("m\0state", 7);

std::string ViewPrefix(std::string_view view) {
  std::string prefix = "r";
  prefix.append(view).push_back('\0');
  return prefix;
}

std::string TablePrefix(std::string_view view, std::string_view table) {
  std::string prefix = ViewPrefix(view);
  prefix.append(table).push_back('\0');
  return prefix;
}

// The first key after everything that starts with `prefix`, which ends in 0x00.
std::string EndOf(std::string prefix) {
  prefix.back() = '\x01';
  return prefix;
}

rocksdb::Slice SliceOf(std::string_view text) { return {text.data(), text.size()}; }

rocksdb::Options MakeOptions(rocksdb::Env* env) {
  rocksdb::Options options;
  if (env != nullptr) options.env = env;
  options.create_if_missing = true;
  options.write_buffer_size = kWriteBufferBytes;
  options.max_total_wal_size = 4 * kWriteBufferBytes;
  options.keep_log_file_num = 2;
  options.max_open_files = 64;
  return options;
}

absl::Status FromRocks(const rocksdb::Status& status, std::string_view what) {
  if (status.ok()) return absl::OkStatus();
  const std::string message = std::string(what) + " failed: " + status.ToString();
  if (status.IsCorruption()) return absl::DataLossError(message);
  return absl::UnavailableError(message);
}

absl::Status OpenError(const rocksdb::Status& status, const std::filesystem::path& directory) {
  // RocksDB tells a held lock from other I/O errors by its text only.
  const std::string text = status.ToString();
  const bool in_use = text.find("lock hold by current process") != std::string::npos ||
                      text.find("Resource temporarily unavailable") != std::string::npos;
  const std::string_view reason =
      in_use ? eventstore::reason::kDirectoryInUse : eventstore::reason::kDirectoryUnusable;
  return eventstore::MakeError(
      absl::StatusCode::kFailedPrecondition,
      "the directory of the views " + directory.string() + " cannot be opened: " + text,
      {.reason = std::string(reason),
       .remedy = in_use ? "Stop the other process that uses it."
                        : "Make the directory readable and writable, or choose another one.",
       .fields = {},
       .metadata = {}});
}

rocksdb::Status OpenDatabase(const std::filesystem::path& directory, rocksdb::Env* env,
                             std::unique_ptr<rocksdb::DB>& db) {
  rocksdb::DB* opened = nullptr;
  rocksdb::Status status = rocksdb::DB::Open(MakeOptions(env), directory.string(), &opened);
  db.reset(opened);
  return status;
}

// Empty when the database is new or of this format, else why it cannot be used.
std::string CheckFormat(rocksdb::DB& db) {
  std::string version;
  const rocksdb::Status status = db.Get(rocksdb::ReadOptions(), kFormatKey, &version);
  if (status.ok() && version == kFormatVersion) return "";
  if (status.ok()) return "its format version is another one";
  if (!status.IsNotFound()) return "its format version does not read";
  std::unique_ptr<rocksdb::Iterator> any(db.NewIterator(rocksdb::ReadOptions()));
  any->SeekToFirst();
  return any->Valid() ? "it has no format version" : "";
}

}  // namespace

absl::StatusOr<std::unique_ptr<RocksDbViewStore>> RocksDbViewStore::Open(
    const std::filesystem::path& directory, rocksdb::Env* env) {
  std::unique_ptr<rocksdb::DB> db;
  rocksdb::Status status = OpenDatabase(directory, env, db);
  std::string why;
  if (status.IsCorruption()) {
    why = "it is corrupt";
  } else if (status.ok()) {
    why = CheckFormat(*db);
  }
  if (!why.empty()) {
    db.reset();
    status = rocksdb::DestroyDB(directory.string(), MakeOptions(env));
    if (status.ok()) status = OpenDatabase(directory, env, db);
  }
  if (status.ok()) {
    status = db->Put(rocksdb::WriteOptions(), kFormatKey, SliceOf(kFormatVersion));
  }
  if (!status.ok()) return OpenError(status, directory);
  if (!why.empty()) why = "the stored views in " + directory.string() + " were dropped: " + why;
  return std::unique_ptr<RocksDbViewStore>(new RocksDbViewStore(std::move(db), std::move(why)));
}

RocksDbViewStore::RocksDbViewStore(std::unique_ptr<rocksdb::DB> db, std::string dropped_because)
    : db_(std::move(db)), dropped_because_(std::move(dropped_because)) {}

RocksDbViewStore::~RocksDbViewStore() = default;

absl::StatusOr<std::optional<StoreMeta>> RocksDbViewStore::LoadMeta() {
  std::string bytes;
  const rocksdb::Status status = db_->Get(rocksdb::ReadOptions(), kStateKey, &bytes);
  if (status.IsNotFound()) return std::nullopt;
  DAYBOOK_RETURN_IF_ERROR(FromRocks(status, "reading the checkpoint of the views"));
  DAYBOOK_ASSIGN_OR_RETURN(StoreMeta meta, DecodeMeta(bytes));
  return std::optional<StoreMeta>(std::move(meta));
}

absl::Status RocksDbViewStore::LoadRows(std::string_view view, std::string_view table,
                                        const RowSink& sink) {
  const std::string prefix = TablePrefix(view, table);
  const std::string end = EndOf(prefix);
  const rocksdb::Slice upper(end);
  rocksdb::ReadOptions options;
  options.iterate_upper_bound = &upper;
  std::unique_ptr<rocksdb::Iterator> rows(db_->NewIterator(options));
  for (rows->Seek(prefix); rows->Valid(); rows->Next()) {
    const std::string_view key(rows->key().data(), rows->key().size());
    const std::string_view bytes(rows->value().data(), rows->value().size());
    DAYBOOK_RETURN_IF_ERROR(sink(key.substr(prefix.size()), bytes));
  }
  return FromRocks(rows->status(), "reading rows of a view");
}

absl::Status RocksDbViewStore::Commit(const CommitBatch& batch) {
  rocksdb::WriteBatch write;
  for (const std::string& view : batch.cleared) {
    const std::string prefix = ViewPrefix(view);
    write.DeleteRange(prefix, EndOf(prefix));
  }
  for (const TableChanges& changes : batch.changes) {
    std::string key = TablePrefix(changes.view, changes.table);
    const std::size_t prefix_size = key.size();
    for (const auto& [row, bytes] : changes.rows) {
      key.resize(prefix_size);
      write.Put(key.append(row), bytes);
    }
    for (const std::string& row : changes.deletes) {
      key.resize(prefix_size);
      write.Delete(key.append(row));
    }
  }
  write.Put(kStateKey, EncodeMeta(batch.meta));
  absl::MutexLock lock(&write_mutex_);
  return Write(write);
}

absl::Status RocksDbViewStore::DropView(std::string_view view) {
  absl::MutexLock lock(&write_mutex_);
  rocksdb::WriteBatch write;
  const std::string prefix = ViewPrefix(view);
  write.DeleteRange(prefix, EndOf(prefix));
  DAYBOOK_ASSIGN_OR_RETURN(std::optional<StoreMeta> meta, LoadMeta());
  if (meta.has_value()) {
    if (const auto it = meta->views.find(view); it != meta->views.end()) meta->views.erase(it);
    write.Put(kStateKey, EncodeMeta(*meta));
  }
  return Write(write);
}

absl::Status RocksDbViewStore::Clear() {
  absl::MutexLock lock(&write_mutex_);
  rocksdb::WriteBatch write;
  write.DeleteRange("r", "s");
  write.Delete(kStateKey);
  return Write(write);
}

absl::Status RocksDbViewStore::Write(rocksdb::WriteBatch& batch) {
  rocksdb::WriteOptions options;
  options.sync = false;
  rocksdb::Status status = db_->Write(options, &batch);
  // An earlier failure may have stopped the database; what stopped it may be over.
  if (!status.ok() && db_->Resume().ok()) status = db_->Write(options, &batch);
  return FromRocks(status, "writing the views");
}

}  // namespace daybook::projections
