#include "eventstore/table/wal_table.h"

#include <utility>

#include "rocksdb/utilities/checkpoint.h"

namespace daybook::table {
namespace {

rocksdb::Slice ToSlice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
std::string_view ToView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

}  // namespace

rocksdb::Status WalTable::Open(const rocksdb::Options& options,
                               const std::filesystem::path& directory,
                               std::unique_ptr<WalTable>& table) {
  rocksdb::DB* db = nullptr;
  rocksdb::Status status = rocksdb::DB::Open(options, directory.string(), &db);
  if (!status.ok()) return status;
  table.reset(new WalTable(options, directory));
  const absl::MutexLock lock(&table->mutex_);
  table->db_.reset(db);
  return status;
}

rocksdb::Status WalTable::Get(std::string_view key, std::string* value) const {
  const absl::ReaderMutexLock lock(&mutex_);
  if (!db_) return rocksdb::Status::Incomplete("the table is closed after a failed write");
  return db_->Get(rocksdb::ReadOptions(), ToSlice(key), value);
}

rocksdb::Status WalTable::Scan(
    std::string_view first, std::string_view end,
    const std::function<bool(std::string_view, std::string_view)>& row) const {
  const absl::ReaderMutexLock lock(&mutex_);
  if (!db_) return rocksdb::Status::Incomplete("the table is closed after a failed write");
  const rocksdb::Slice upper = ToSlice(end);
  rocksdb::ReadOptions options;
  options.iterate_upper_bound = &upper;
  // Nothing here deletes ranges. With them, the iterators of RocksDB 7.8 step over a damaged file
  // and say OK.
  options.ignore_range_deletions = true;
  const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator(options));
  for (it->Seek(ToSlice(first)); it->Valid(); it->Next()) {
    if (!row(ToView(it->key()), ToView(it->value()))) break;
  }
  return it->status();
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
