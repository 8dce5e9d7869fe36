#include "projections/store/rocksdb_view_store.h"

#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/table/wal_table.h"
#include "projections/store/meta_codec.h"

namespace daybook::projections {
namespace {

// Raise it when keys or the meaning of rows change; what is stored is then thrown away.
constexpr std::string_view kFormatVersion = "2";
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

// Empty when the table is new or of this format, else why it cannot be used.
std::string CheckFormat(const table::WalTable& table) {
  std::string version;
  const rocksdb::Status status = table.Get(kFormatKey, &version);
  if (status.ok() && version == kFormatVersion) return "";
  if (status.ok()) return "its format version is another one";
  if (!status.IsNotFound()) return "its format version does not read";
  bool holds_rows = false;
  const rocksdb::Status scanned =
      table.Scan("", "\xff", [&holds_rows](std::string_view, std::string_view) {
        holds_rows = true;
        return false;
      });
  if (!scanned.ok()) return "it does not read";
  return holds_rows ? "it has no format version" : "";
}

}  // namespace

absl::StatusOr<std::unique_ptr<RocksDbViewStore>> RocksDbViewStore::Open(
    const std::filesystem::path& directory, rocksdb::Env* env) {
  std::unique_ptr<table::WalTable> table;
  rocksdb::Status status = table::WalTable::Open(MakeOptions(env), directory, table);
  std::string why;
  if (status.IsCorruption()) {
    why = "it is corrupt";
  } else if (status.ok()) {
    why = CheckFormat(*table);
  }
  if (!why.empty()) {
    table.reset();
    status = rocksdb::DestroyDB(directory.string(), MakeOptions(env));
    if (status.ok()) status = table::WalTable::Open(MakeOptions(env), directory, table);
  }
  if (status.ok()) {
    rocksdb::WriteBatch format;
    format.Put(kFormatKey, SliceOf(kFormatVersion));
    status = table->Write(rocksdb::WriteOptions(), format);
  }
  if (!status.ok()) return OpenError(status, directory);
  if (!why.empty()) why = "the stored views in " + directory.string() + " were dropped: " + why;
  return std::unique_ptr<RocksDbViewStore>(new RocksDbViewStore(std::move(table), std::move(why)));
}

RocksDbViewStore::RocksDbViewStore(std::unique_ptr<table::WalTable> table,
                                   std::string dropped_because)
    : table_(std::move(table)), dropped_because_(std::move(dropped_because)) {
  table_->Get(kStateKey, &committed_).PermitUncheckedError();
  table_->CheckReopened([this](rocksdb::DB& db) { return CheckBase(db); });
}

RocksDbViewStore::~RocksDbViewStore() = default;

absl::StatusOr<std::optional<StoreMeta>> RocksDbViewStore::LoadMeta() {
  std::string bytes;
  const rocksdb::Status status = table_->Get(kStateKey, &bytes);
  if (status.IsNotFound()) return std::nullopt;
  DAYBOOK_RETURN_IF_ERROR(FromRocks(status, "reading the checkpoint of the views"));
  DAYBOOK_ASSIGN_OR_RETURN(StoreMeta meta, DecodeMeta(bytes));
  return std::optional<StoreMeta>(std::move(meta));
}

absl::Status RocksDbViewStore::DeleteRows(const std::string& first, const std::string& end,
                                          rocksdb::WriteBatch& batch) {
  return FromRocks(table_->Scan(first, end,
                                [&batch](std::string_view key, std::string_view) {
                                  batch.Delete(SliceOf(key));
                                  return true;
                                }),
                   "reading rows of a view");
}

absl::Status RocksDbViewStore::LoadRows(std::string_view view, std::string_view table,
                                        const RowSink& sink) {
  const std::string prefix = TablePrefix(view, table);
  absl::Status sunk;
  const rocksdb::Status status =
      table_->Scan(prefix, EndOf(prefix), [&](std::string_view key, std::string_view bytes) {
        sunk = sink(key.substr(prefix.size()), bytes);
        return sunk.ok();
      });
  DAYBOOK_RETURN_IF_ERROR(sunk);
  return FromRocks(status, "reading rows of a view");
}

absl::Status RocksDbViewStore::Commit(const CommitBatch& batch) {
  rocksdb::WriteBatch write;
  for (const std::string& view : batch.cleared) {
    const std::string prefix = ViewPrefix(view);
    DAYBOOK_RETURN_IF_ERROR(DeleteRows(prefix, EndOf(prefix), write));
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
  return Write(write, EncodeMeta(batch.meta));
}

absl::Status RocksDbViewStore::DropView(std::string_view view) {
  absl::MutexLock lock(&write_mutex_);
  rocksdb::WriteBatch write;
  const std::string prefix = ViewPrefix(view);
  DAYBOOK_RETURN_IF_ERROR(DeleteRows(prefix, EndOf(prefix), write));
  DAYBOOK_ASSIGN_OR_RETURN(std::optional<StoreMeta> meta, LoadMeta());
  std::string state;
  if (meta.has_value()) {
    if (const auto it = meta->views.find(view); it != meta->views.end()) meta->views.erase(it);
    state = EncodeMeta(*meta);
    write.Put(kStateKey, state);
  }
  return Write(write, std::move(state));
}

absl::Status RocksDbViewStore::Clear() {
  absl::MutexLock lock(&write_mutex_);
  rocksdb::WriteBatch write;
  DAYBOOK_RETURN_IF_ERROR(DeleteRows("r", "s", write));
  write.Delete(kStateKey);
  return Write(write, "");
}

absl::Status RocksDbViewStore::Write(rocksdb::WriteBatch& batch, std::string state) {
  rocksdb::WriteOptions options;
  options.sync = false;
  attempted_ = std::move(state);
  DAYBOOK_RETURN_IF_ERROR(FromRocks(table_->Write(options, batch), "writing the views"));
  committed_ = attempted_;
  return absl::OkStatus();
}

rocksdb::Status RocksDbViewStore::CheckBase(rocksdb::DB& db) const {
  std::string state;
  const rocksdb::Status status = db.Get(rocksdb::ReadOptions(), kStateKey, &state);
  if (!status.ok() && !status.IsNotFound()) return status;
  if (state == committed_ || state == attempted_) return rocksdb::Status::OK();
  const rocksdb::Status forgotten = db.Delete(rocksdb::WriteOptions(), kStateKey);
  return forgotten.ok()
             ? rocksdb::Status::Corruption("commits are gone; the next start folds the views again")
             : forgotten;
}

}  // namespace daybook::projections
