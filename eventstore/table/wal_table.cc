#include "eventstore/table/wal_table.h"

#include <cstdarg>
#include <memory>
#include <utility>

#include "rocksdb/utilities/checkpoint.h"

namespace daybook::table {
namespace {

rocksdb::Slice ToSlice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
std::string_view ToView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

// RocksDB's own log file ends the process by an assertion when a line is written to it after one
// could not be (a full disk); what goes wrong is told by statuses.
class NoLogFile final : public rocksdb::Logger {
 public:
  NoLogFile() : rocksdb::Logger(rocksdb::InfoLogLevel::FATAL_LEVEL) {}
  using rocksdb::Logger::Logv;
  void Logv(const char* /*format*/, std::va_list /*values*/) override {}
};

rocksdb::Options WithoutLogFile(rocksdb::Options options) {
  options.info_log = std::make_shared<NoLogFile>();
  return options;
}

}  // namespace

rocksdb::Status WalTable::Open(const rocksdb::Options& wanted,
                               const std::filesystem::path& directory,
                               std::unique_ptr<WalTable>& table) {
  const rocksdb::Options options = WithoutLogFile(wanted);
  rocksdb::DB* db = nullptr;
  rocksdb::Status status = rocksdb::DB::Open(options, directory.string(), &db);
  if (!status.ok()) return status;
  table.reset(new WalTable(options, directory));
  const absl::MutexLock lock(&table->mutex_);
  table->db_.reset(db);
  return status;
}

rocksdb::Status WalTable::Peek(const rocksdb::Options& options,
                               const std::filesystem::path& directory, std::string_view key,
                               std::string* value) {
  rocksdb::DB* opened = nullptr;
  rocksdb::Status status =
      rocksdb::DB::OpenForReadOnly(WithoutLogFile(options), directory.string(), &opened);
  if (!status.ok()) return status;
  const std::unique_ptr<rocksdb::DB> db(opened);
  return db->Get(rocksdb::ReadOptions(), ToSlice(key), value);
}

rocksdb::Status WalTable::Get(std::string_view key, std::string* value) const {
  const absl::ReaderMutexLock lock(&mutex_);
  if (!db_) return rocksdb::Status::Incomplete("the table is closed after a failed write");
  return db_->Get(rocksdb::ReadOptions(), ToSlice(key), value);
}

rocksdb::Status WalTable::Scan(
    std::string_view first, std::string_view end,
    const std::function<bool(std::string_view, std::string_view)>& row) const {
  return Walk(first, end,
              [&row](std::string_view key, std::string_view value, std::string& /*seek*/) {
                return row(key, value);
              });
}

rocksdb::Status WalTable::Walk(
    std::string_view first, std::string_view end,
    const std::function<bool(std::string_view, std::string_view, std::string&)>& row) const {
  const absl::ReaderMutexLock lock(&mutex_);
  if (!db_) return rocksdb::Status::Incomplete("the table is closed after a failed write");
  const rocksdb::Slice upper = ToSlice(end);
  rocksdb::ReadOptions options;
  options.iterate_upper_bound = &upper;
  // Nothing here deletes ranges. With them, the iterators of RocksDB 7.8 step over a damaged file
  // and say OK.
  options.ignore_range_deletions = true;
  const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator(options));
  std::string seek(first);
  it->Seek(seek);
  while (it->Valid()) {
    seek.clear();
    if (!row(ToView(it->key()), ToView(it->value()), seek)) break;
    if (seek.empty()) {
      it->Next();
    } else {
      it->Seek(seek);
    }
  }
  return it->status();
}

rocksdb::Status WalTable::Purge() {
  const absl::ReaderMutexLock lock(&mutex_);
  if (!writable_) return rocksdb::Status::IOError("the table is open for reading only");
  if (rocksdb::Status status = db_->Flush({}); !status.ok()) return status;
  rocksdb::CompactRangeOptions options;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  return db_->CompactRange(options, nullptr, nullptr);
}

rocksdb::Status WalTable::Write(const rocksdb::WriteOptions& options, rocksdb::WriteBatch& batch) {
  {
    const absl::ReaderMutexLock lock(&mutex_);
    if (writable_) {
      rocksdb::Status status = db_->Write(options, &batch);
      if (status.ok()) return status;
    }
  }
  const absl::MutexLock lock(&mutex_);
  // Several writers may have failed together; the first of them opens it for all.
  if (rocksdb::Status status = Reopen(); !status.ok()) return status;
  rocksdb::Status status = db_->Write(options, &batch);
  writable_ = status.ok();
  return status;
}

rocksdb::Status WalTable::CopyTo(const std::filesystem::path& directory) const {
  const absl::ReaderMutexLock lock(&mutex_);
  if (!db_) return rocksdb::Status::Incomplete("the table is closed after a failed write");
  rocksdb::Checkpoint* made = nullptr;
  const rocksdb::Status status = rocksdb::Checkpoint::Create(db_.get(), &made);
  if (!status.ok()) return status;
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
  return checkpoint->CreateCheckpoint(directory.string());
}

rocksdb::Status WalTable::Reopen() {
  writable_ = false;
  db_.reset();
  rocksdb::DB* db = nullptr;
  rocksdb::Status status = rocksdb::DB::Open(options_, directory_.string(), &db);
  if (!status.ok()) {
    // Needs no room: what is there can be read meanwhile.
    rocksdb::DB::OpenForReadOnly(options_, directory_.string(), &db).PermitUncheckedError();
  }
  db_.reset(db);
  if (status.ok() && check_) status = check_(*db_);
  writable_ = status.ok();
  return status;
}

}  // namespace daybook::table
