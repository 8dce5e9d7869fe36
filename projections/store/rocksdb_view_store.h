// The view store on disk: one RocksDB in a directory of its own.
//
// Everything in it is droppable, so what does not read is not repaired: a database of another
// format version, or one that RocksDB calls corrupt, is thrown away at Open, and dropped_because()
// says so. The write-ahead log is on and never synced: a power cut takes whole commits from the end
// only, and the engine folds those events again. After a failed write (a full disk) the next one
// tries to go on. Thread-safe.
//
// Keys: "m" + 0x00 + "format" -> decimal version; "m" + 0x00 + "state" ->
// daybook.views.v1.StoredState of the last commit; "m" + 0x00 + "kept" + 8 bytes of the size,
// big-endian -> the same of a kept state; "r" + view + 0x00 + table + 0x00 + row version -> row
// (row_version.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "projections/store/view_store.h"

namespace rocksdb {
class DB;
class Env;
class Status;
class WriteBatch;
}  // namespace rocksdb

namespace daybook::table {
class WalTable;
}

namespace daybook::projections {

// The stamp of stored views, without opening them.
struct ViewStamp {
  std::string stored;   // empty: nothing is stored, so a start folds the log
  std::string program;  // what this program writes; another one is thrown away at Open
};

class RocksDbViewStore final : public ViewStore {
 public:
  // Makes the directory (its parent must exist). DIRECTORY_IN_USE (FAILED_PRECONDITION) when
  // another process has it open, DIRECTORY_UNUSABLE (FAILED_PRECONDITION) when it cannot be read or
  // written.
  // `env` is RocksDB's, null for the machine's own; it must outlive the store.
  static absl::StatusOr<std::unique_ptr<RocksDbViewStore>> Open(
      const std::filesystem::path& directory, rocksdb::Env* env = nullptr);
  // Takes no lock and changes nothing: also while another process has it open. DIRECTORY_UNUSABLE
  // where this user has no right to it. UNAVAILABLE when it does not read, which that process may
  // be the cause of; Open drops it then, so that the views are folded again.
  static absl::StatusOr<ViewStamp> Peek(const std::filesystem::path& directory);
  ~RocksDbViewStore() override;

  // Why Open threw away what was there; empty when it did not.
  const std::string& dropped_because() const { return dropped_because_; }

  absl::StatusOr<std::optional<StoreMeta>> LoadMeta() override;
  absl::StatusOr<std::optional<StoreMeta>> LoadKeptMeta(std::uint64_t size) override;
  absl::Status LoadRows(std::string_view view, std::string_view table,
                        std::optional<std::uint64_t> kept_size, const RowSink& sink) override;
  absl::Status Commit(const CommitBatch& batch) override;
  absl::Status ThinKept(std::size_t states_max) override;
  absl::Status Clear() override;

 private:
  RocksDbViewStore(std::unique_ptr<table::WalTable> table, std::string dropped_because,
                   std::uint64_t newest_kept);
  absl::StatusOr<std::vector<std::uint64_t>> KeptSizes() const;
  // Takes the keys of rows away that `unwanted` says, some thousand at a time; it is asked in
  // order.
  absl::Status DeleteRows(const std::function<bool(std::string_view key)>& unwanted)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(write_mutex_);
  // `state`: what the batch makes of the meta; empty when it takes it away.
  absl::Status Write(rocksdb::WriteBatch& batch, std::string state)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(write_mutex_);
  // After a failed write and a new opening: changes may only go onto what they are changes of.
  rocksdb::Status CheckBase(rocksdb::DB& db) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(write_mutex_);

  absl::Mutex write_mutex_;
  std::unique_ptr<table::WalTable> table_;
  std::string dropped_because_;
  std::string committed_ ABSL_GUARDED_BY(write_mutex_);      // the meta as stored
  std::string attempted_ ABSL_GUARDED_BY(write_mutex_);      // by the last Write
  std::uint64_t newest_kept_ ABSL_GUARDED_BY(write_mutex_);  // its size; 0 = none
};

}  // namespace daybook::projections
