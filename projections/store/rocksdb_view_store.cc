#include "projections/store/rocksdb_view_store.h"

#include <algorithm>
#include <iterator>
#include <system_error>
#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/table/wal_table.h"
#include "projections/store/meta_codec.h"
#include "projections/store/row_version.h"

namespace daybook::projections {
namespace {

// Raise it when keys or the meaning of rows change; what is stored is then thrown away.
constexpr std::string_view kFormatVersion = "3";
constexpr std::size_t kWriteBufferBytes = 16U << 20;
constexpr std::size_t kDeletesAtOnce = 16384;

const std::string kFormatKey("m\0format", 8);
const std::string kStateKey("m\0state", 7);
const std::string kKeptPrefix("m\0kept", 6);
const std::string kKeptEnd("m\0kepu", 6);

std::string TablePrefix(std::string_view view, std::string_view table) {
  std::string prefix = "r";
  prefix.append(view).push_back('\0');
  prefix.append(table).push_back('\0');
  return prefix;
}

std::string KeptKey(std::uint64_t size) {
  std::string key = kKeptPrefix;
  AppendLabel(~size, key);  // labels count backwards, sizes forwards
  return key;
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

// Ascending.
rocksdb::Status ReadKeptSizes(const table::WalTable& table, std::vector<std::uint64_t>& sizes) {
  return table.Scan(kKeptPrefix, kKeptEnd, [&sizes](std::string_view key, std::string_view) {
    std::uint64_t size = 0;
    for (const char byte : key.substr(kKeptPrefix.size())) {
      size = size << 8 | static_cast<std::uint8_t>(byte);
    }
    sizes.push_back(size);
    return true;
  });
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

absl::StatusOr<ViewStamp> RocksDbViewStore::Peek(const std::filesystem::path& directory) {
  ViewStamp stamp{.stored = "", .program = std::string(kFormatVersion)};
  std::error_code error;
  const bool there = std::filesystem::exists(directory / "CURRENT", error);
  if (error) return OpenError(rocksdb::Status::IOError(error.message()), directory);
  if (!there) return stamp;
  rocksdb::Options options = MakeOptions(nullptr);
  options.create_if_missing = false;
  const rocksdb::Status status =
      table::WalTable::Peek(options, directory, kFormatKey, &stamp.stored);
  if (status.ToString().ends_with("Permission denied")) return OpenError(status, directory);
  if (!status.ok()) return absl::UnavailableError("the views do not read: " + status.ToString());
  return stamp;
}

absl::StatusOr<std::unique_ptr<RocksDbViewStore>> RocksDbViewStore::Open(
    const std::filesystem::path& directory, rocksdb::Env* env) {
  std::unique_ptr<table::WalTable> table;
  rocksdb::Status status = table::WalTable::Open(MakeOptions(env), directory, table);
  std::string why;
  std::vector<std::uint64_t> kept;
  if (status.IsCorruption()) {
    why = "it is corrupt";
  } else if (status.IsPathNotFound()) {
    why = "a file of it is missing";
  } else if (status.ok()) {
    why = CheckFormat(*table);
    // Without them new versions of rows would be put among the old ones.
    if (why.empty() && !ReadKeptSizes(*table, kept).ok()) why = "its kept states do not read";
  }
  if (!why.empty()) {
    kept.clear();
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
  return std::unique_ptr<RocksDbViewStore>(
      new RocksDbViewStore(std::move(table), std::move(why), kept.empty() ? 0 : kept.back()));
}

RocksDbViewStore::RocksDbViewStore(std::unique_ptr<table::WalTable> table,
                                   std::string dropped_because, std::uint64_t newest_kept)
    : table_(std::move(table)),
      dropped_because_(std::move(dropped_because)),
      newest_kept_(newest_kept) {
  table_->Get(kStateKey, &committed_).PermitUncheckedError();
  table_->CheckReopened([this](rocksdb::DB& db) {
    write_mutex_.AssertHeld();  // by the Write that reopens the table
    return CheckBase(db);
  });
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

absl::StatusOr<std::vector<std::uint64_t>> RocksDbViewStore::KeptSizes() const {
  std::vector<std::uint64_t> sizes;
  DAYBOOK_RETURN_IF_ERROR(
      FromRocks(ReadKeptSizes(*table_, sizes), "reading the kept states of the views"));
  return sizes;
}

absl::StatusOr<std::optional<StoreMeta>> RocksDbViewStore::LoadKeptMeta(std::uint64_t size) {
  DAYBOOK_ASSIGN_OR_RETURN(const std::vector<std::uint64_t> sizes, KeptSizes());
  const auto after = std::upper_bound(sizes.begin(), sizes.end(), size);
  if (after == sizes.begin()) return std::nullopt;
  std::string bytes;
  DAYBOOK_RETURN_IF_ERROR(FromRocks(table_->Get(KeptKey(*std::prev(after)), &bytes),
                                    "reading a kept state of the views"));
  DAYBOOK_ASSIGN_OR_RETURN(StoreMeta meta, DecodeMeta(bytes));
  return std::optional<StoreMeta>(std::move(meta));
}

absl::Status RocksDbViewStore::LoadRows(std::string_view view, std::string_view table,
                                        std::optional<std::uint64_t> kept_size,
                                        const RowSink& sink) {
  const std::string prefix = TablePrefix(view, table);
  ShownVersions versions(kept_size);
  absl::Status sunk;
  const auto read = [&](std::string_view key, std::string_view value, std::string& seek) {
    const auto version = ReadRowVersion(key.substr(prefix.size()));
    if (version.has_value() && !versions.Shows(*version, prefix, seek)) return true;
    const auto row = version.has_value() ? OpenedKey(version->closed_row) : std::nullopt;
    if (!row.has_value()) {
      sunk = absl::DataLossError("the key of a stored row does not read");
      return false;
    }
    if (const auto bytes = BytesOf(value)) sunk = sink(*row, *bytes);
    return sunk.ok();
  };
  const rocksdb::Status status = table_->Walk(prefix, EndOf(prefix), read);
  DAYBOOK_RETURN_IF_ERROR(sunk);
  return FromRocks(status, "reading rows of a view");
}

absl::Status RocksDbViewStore::Commit(const CommitBatch& batch) {
  absl::MutexLock lock(&write_mutex_);
  rocksdb::WriteBatch write;
  for (const TableChanges& changes : batch.changes) {
    std::string key = TablePrefix(changes.view, changes.table);
    const std::size_t prefix_size = key.size();
    const auto key_of = [&key, prefix_size, label = newest_kept_](const std::string& row) {
      key.resize(prefix_size);
      AppendClosedKey(row, key);
      AppendLabel(label, key);
      return rocksdb::Slice(key);
    };
    for (const auto& [row, bytes] : changes.rows) write.Put(key_of(row), RowValue(bytes));
    for (const std::string& row : changes.deletes) write.Put(key_of(row), GoneValue());
  }
  std::string state = EncodeMeta(batch.meta);
  write.Put(kStateKey, state);
  const std::uint64_t size = batch.meta.checkpoint.size;
  if (batch.keep) write.Put(KeptKey(size), state);
  DAYBOOK_RETURN_IF_ERROR(Write(write, std::move(state)));
  if (batch.keep) newest_kept_ = size;
  return absl::OkStatus();
}

absl::Status RocksDbViewStore::DeleteRows(
    const std::function<bool(std::string_view key)>& unwanted) {
  for (std::string next = "r"; !next.empty();) {
    rocksdb::WriteBatch write;
    std::string end;
    // Deleted after the walk: nobody may write while it goes on.
    const rocksdb::Status walked =
        table_->Scan(next, "s", [&](std::string_view key, std::string_view) {
          if (static_cast<std::size_t>(write.Count()) >= kDeletesAtOnce) {
            end = key;
            return false;
          }
          if (unwanted(key)) write.Delete(SliceOf(key));
          return true;
        });
    DAYBOOK_RETURN_IF_ERROR(FromRocks(walked, "reading rows of the views"));
    if (write.Count() > 0) DAYBOOK_RETURN_IF_ERROR(Write(write, committed_));
    next = std::move(end);
  }
  return absl::OkStatus();
}

absl::Status RocksDbViewStore::ThinKept(std::size_t states_max) {
  absl::MutexLock lock(&write_mutex_);
  DAYBOOK_ASSIGN_OR_RETURN(std::vector<std::uint64_t> sizes, KeptSizes());
  if (sizes.size() <= std::max<std::size_t>(states_max, 1)) return absl::OkStatus();
  rocksdb::WriteBatch write;
  while (sizes.size() > std::max<std::size_t>(states_max, 1)) {
    std::vector<std::uint64_t> stay;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      if ((sizes.size() - 1 - i) % 2 == 0) {
        stay.push_back(sizes[i]);
      } else {
        write.Delete(KeptKey(sizes[i]));
      }
    }
    sizes = std::move(stay);
  }
  DAYBOOK_RETURN_IF_ERROR(Write(write, committed_));
  // A version is shown by the states kept after its label and not after the label of the next
  // newer one, which is read before it.
  std::string row;
  std::optional<std::uint64_t> newer;
  return DeleteRows([&](std::string_view key) {
    const auto version = ReadRowVersion(key);
    if (!version.has_value()) return false;
    const bool newest = version->closed_row != row;
    if (newest) row = version->closed_row;
    const auto first = std::upper_bound(sizes.begin(), sizes.end(), version->label);
    const bool shown = newest || (first != sizes.end() && *first <= *newer);
    newer = version->label;
    return !shown;
  });
}

absl::Status RocksDbViewStore::Clear() {
  absl::MutexLock lock(&write_mutex_);
  DAYBOOK_ASSIGN_OR_RETURN(const std::vector<std::uint64_t> sizes, KeptSizes());
  // First what makes the rows visible.
  rocksdb::WriteBatch write;
  write.Delete(kStateKey);
  for (const std::uint64_t size : sizes) write.Delete(KeptKey(size));
  DAYBOOK_RETURN_IF_ERROR(Write(write, ""));
  newest_kept_ = 0;
  return DeleteRows([](std::string_view) { return true; });
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
  rocksdb::Status status = db.Get(rocksdb::ReadOptions(), kStateKey, &state);
  if (!status.ok() && !status.IsNotFound()) return status;
  if (state == committed_ || state == attempted_) return rocksdb::Status::OK();
  const rocksdb::Status forgotten = db.Delete(rocksdb::WriteOptions(), kStateKey);
  return forgotten.ok()
             ? rocksdb::Status::Corruption("commits are gone; the next start folds the views again")
             : forgotten;
}

}  // namespace daybook::projections
