// A group: what one round of the committer puts into the journal with one sync.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "eventstore/core/ids.h"
#include "eventstore/rocksdb/bytes.h"
#include "eventstore/rocksdb/journal_format.h"
#include "eventstore/rocksdb/tree_step.h"

namespace daybook::eventstore::rocks {

// Ordered and stamped; nothing about it is decided any more. The body is the records, each after
// its length, then the roots of the perfect trees over the whole log after the group (the
// frontier). In `frame` the body follows kFrameHeaderBytes that the journal fills in.
struct Group {
  FrameHeader header;
  std::string frame;
  TreeStep tree;        // what the group does to the tree
  Instant record_time;  // of its last record; unchanged by an empty group

  std::string_view body() const { return std::string_view(frame).substr(kFrameHeaderBytes); }
};

// What the log is after a group: the next one is decided and checked against this.
struct LogTail {
  std::uint64_t group = 0;
  std::uint32_t group_crc = 0;
  std::uint64_t size = 0;  // events
  Instant record_time;
  merkle::Frontier frontier;
};

}  // namespace daybook::eventstore::rocks
