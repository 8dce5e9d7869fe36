// The view store on disk: one RocksDB in a directory of its own.
//
// Everything in it is droppable, so what does not read is not repaired: a database of another
// format version, or one that RocksDB calls corrupt, is thrown away at Open, and dropped_because()
// says so. The write-ahead log is on and never synced: a power cut takes whole commits from the end
// only, and the engine folds those events again. After a failed write (a full disk) the next one
// tries to go on. Thread-safe.
//
// Keys: "m" + 0x00 + "format" -> decimal version; "m" + 0x00 + "state" ->
// daybook.views.v1.StoredState; "r" + view + 0x00 + table + 0x00 + row key -> row bytes.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "projections/store/view_store.h"

namespace rocksdb {
class DB;
class Env;
class WriteBatch;
}  // namespace rocksdb

namespace daybook::projections {

class RocksDbViewStore final : public ViewStore {
 public:
  // Makes the directory (its parent must exist). DIRECTORY_IN_USE (FAILED_PRECONDITION) when
  // another process has it open, DIRECTORY_UNUSABLE (FAILED_PRECONDITION) when it cannot be read or
  // written.
  // `env` is RocksDB's, null for the machine's own; it must outlive the store.
  static absl::StatusOr<std::unique_ptr<RocksDbViewStore>> Open(
      const std::filesystem::path& directory, rocksdb::Env* env = nullptr);
  ~RocksDbViewStore() override;

  // Why Open threw away what was there; empty when it did not.
  const std::string& dropped_because() const { return dropped_because_; }

  absl::StatusOr<std::optional<StoreMeta>> LoadMeta() override;
  absl::Status LoadRows(std::string_view view, std::string_view table,
                        const RowSink& sink) override;
  absl::Status Commit(const CommitBatch& batch) override;
  absl::Status DropView(std::string_view view) override;
  absl::Status Clear() override;

 private:
  RocksDbViewStore(std::unique_ptr<rocksdb::DB> db, std::string dropped_because);
  absl::Status Write(rocksdb::WriteBatch& batch);

  absl::Mutex write_mutex_;  // DropView reads the meta and writes it back
  std::unique_ptr<rocksdb::DB> db_;
  std::string dropped_because_;
};

}  // namespace daybook::projections
