// The RocksDB beneath: its column families, its options, and how its errors read in ours.
//
// Everything in it is a fold of the journal. It has no write-ahead log of its own; what it holds in
// memory is rebuilt from the journal at a start. One atomic flush covers all families, so what it
// has on the medium is always the state after one group.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "eventstore/rocksdb/files.h"
#include "eventstore/rocksdb/stream_heads.h"
#include "rocksdb/db.h"
#include "rocksdb/env.h"
#include "rocksdb/write_batch.h"

namespace daybook::eventstore::rocks {

// Where the default family has what the database is the fold of (applier.h).
inline constexpr std::string_view kStateKey = "tail";

struct DatabaseOptions {
  std::filesystem::path directory;
  rocksdb::Env* env = LocalEnv();
  std::size_t block_cache_bytes = 256U << 20;
  std::size_t write_buffer_bytes = 128U << 20;  // per family
};

// Thread-safe as rocksdb::DB is. Owns the handles.
class Database {
 public:
  static absl::StatusOr<std::unique_ptr<Database>> Open(const DatabaseOptions& options);
  // For looking only. LOG_DAMAGED when it is not whole; null where there is none, or one whose
  // first start never ended.
  static absl::StatusOr<std::unique_ptr<Database>> OpenReadOnly(const DatabaseOptions& options);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  rocksdb::DB& db() { return *db_; }
  rocksdb::ColumnFamilyHandle* state() { return handles_[0]; }
  rocksdb::ColumnFamilyHandle* records() { return handles_[1]; }
  rocksdb::ColumnFamilyHandle* streams() { return handles_[2]; }
  rocksdb::ColumnFamilyHandle* requests() { return handles_[3]; }
  rocksdb::ColumnFamilyHandle* types() { return handles_[4]; }
  rocksdb::ColumnFamilyHandle* tree() { return handles_[5]; }

  // The only way to iterate: without range deletions, which nothing here writes. With them, the
  // iterators of RocksDB 7.8 step over a table that does not match its checksum and say OK.
  std::unique_ptr<rocksdb::Iterator> Iterate(rocksdb::ColumnFamilyHandle* family,
                                             rocksdb::ReadOptions options = {}) const;

  // Whoever applies groups to the database keeps it true.
  StreamHeads& heads() { return heads_; }

  // Into memory only. After an error the database has failed.
  rocksdb::Status Write(rocksdb::WriteBatch& batch);

  // All families to the medium, as of one moment; waits. Closing does not flush.
  absl::Status Flush();

  // Whether a write, a flush or a compaction ever failed. From then on nothing that it says of what
  // is on the medium is true for sure; it is to be closed and opened anew.
  bool has_failed() const;

 private:
  // Keeps RocksDB from recovering by itself: two that try are in each other's way.
  struct Watch;
  static absl::StatusOr<std::unique_ptr<Database>> OpenAs(const DatabaseOptions& options,
                                                          bool read_only);
  Database();
  const std::shared_ptr<Watch> watch_;
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
  StreamHeads heads_;
};

// LOG_DAMAGED for a checksum that does not match, UNAVAILABLE otherwise. `what` names the act.
absl::Status FromRocks(const rocksdb::Status& status, std::string_view what);

inline rocksdb::Slice ToSlice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
inline std::string_view ToView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

}  // namespace daybook::eventstore::rocks
