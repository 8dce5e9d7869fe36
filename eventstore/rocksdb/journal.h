// The durable order of the log: groups, one after the other, each synced before Append returns.
//
// Not thread-safe: the committer owns it. After a failed Append the journal must not be used again;
// what the medium holds then is unknown until a new scan.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "eventstore/core/ids.h"
#include "eventstore/rocksdb/group.h"
#include "eventstore/rocksdb/journal_scan.h"
#include "eventstore/rocksdb/segment_pool.h"

namespace daybook::eventstore::rocks {

// Lets a test fail an operation ("journal.write", "journal.sync", "store.apply",
// "store.flush"); empty otherwise. Called on the store's own threads.
using FaultHook = std::function<absl::Status(std::string_view operation)>;

class Journal {
 public:
  // Goes on at `end`, which MakeEndDurable has seen.
  static absl::StatusOr<std::unique_ptr<Journal>> Continue(const JournalEnd& end,
                                                           SegmentPool::Options pool,
                                                           FaultHook fault);

  // Completes the header (chain, checksums), writes, syncs. Returns the group's crc.
  absl::StatusOr<std::uint32_t> Append(Group& group);

  // After a failed Append: whether bytes of the group may have reached the medium.
  bool may_have_written() const { return writing_group_; }

 private:
  Journal(OpenSegment current, const JournalEnd& end, std::unique_ptr<SegmentPool> pool,
          FaultHook fault);
  absl::Status WriteAndSync(std::string_view frame);
  absl::Status Roll(const FrameHeader& next, std::uint64_t frame_bytes);

  FaultHook fault_;
  bool writing_group_ = false;
  std::unique_ptr<SegmentPool> pool_;
  OpenSegment current_;
  std::uint64_t offset_ = 0;
  std::uint64_t last_group_ = 0;
  std::uint32_t last_crc_ = 0;
};

}  // namespace daybook::eventstore::rocks
