// Makes an ordered group visible: a pure fold of the journal into RocksDB.
//
// What is written follows from the group's bytes and the tree before it, nothing else; a live group
// and one read back from the journal take the same way. Applying a group again changes nothing.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "eventstore/rocksdb/database.h"
#include "eventstore/rocksdb/group.h"
#include "eventstore/rocksdb/record_view.h"
#include "rocksdb/write_batch.h"

namespace daybook::eventstore::rocks {

// Not thread-safe: the committer (before it, recovery) owns it.
class Applier {
 public:
  // `tail`: what the database holds already.
  Applier(Database& database, LogTail tail) : database_(database), tail_(std::move(tail)) {}

  // A group just ordered, whose step of the tree is known.
  absl::Status Apply(const Group& group, std::uint32_t group_crc);

  // A group from the journal: its step is computed from its leaves and compared with the frontier
  // that it names. Delivered again it is a no-op; one that does not follow is LOG_DAMAGED.
  absl::Status Replay(const FrameHeader& header, std::string_view body, std::uint32_t group_crc);

  const LogTail& tail() const { return tail_; }

 private:
  absl::Status Write(const FrameHeader& header, std::string_view body, const TreeStep& tree,
                     std::uint32_t group_crc);

  Database& database_;
  LogTail tail_;
  RecordView view_;
  void NoteHeads();
  rocksdb::WriteBatch batch_;                                      // kept for its memory
  std::vector<std::pair<std::string_view, std::uint64_t>> heads_;  // likewise; after the group
};

// The one value of the family `state`; a tail of nothing in an empty database.
absl::StatusOr<LogTail> ReadTail(Database& database);
// The same, of what a start would find there if the power went now.
absl::StatusOr<LogTail> ReadDurableTail(Database& database);

}  // namespace daybook::eventstore::rocks
