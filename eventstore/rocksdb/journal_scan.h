// Reads a journal from its first byte to its last and tells the end of the log from damage.
//
// The rule: a bad frame is a torn tail, never acknowledged, only when nothing of this log stands
// behind it and it is not a whole frame with one bit flipped. A whole frame behind a bad one, a
// segment that is not there, a group number that does not follow or a chain that does not fit is
// damage, and the scan fails with LOG_DAMAGED.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "eventstore/core/ids.h"
#include "eventstore/rocksdb/files.h"
#include "eventstore/rocksdb/journal_format.h"

namespace daybook::eventstore::rocks {

// One group as it stands in the journal. `body` is valid during the visit.
struct ScannedGroup {
  FrameHeader header;
  std::uint32_t crc = 0;  // GroupCrc
  std::string_view body;
  std::filesystem::path file;
  std::uint64_t offset = 0;
};

// Bytes behind the last whole group that looked like the beginning of another.
struct TornTail {
  std::filesystem::path file;
  std::uint64_t offset = 0;
  std::string what;
};

struct ScannedSegment {
  std::filesystem::path path;
  SegmentHeader header;
  std::uint64_t last_group = 0;  // 0 when there is none in it
  bool ended = false;            // has its end frame
};

struct JournalEnd {
  std::vector<ScannedSegment> segments;  // all of them, by number
  std::size_t current = 0;               // index of the one to go on writing in
  std::uint64_t offset = 0;              // where
  std::uint64_t first_group = 0;         // oldest group still there; 0 when there is none
  std::uint64_t last_group = 0;
  std::uint32_t last_crc = 0;
  std::uint64_t next_position = 0;
  bool closed = false;                    // the last group says that the stop was clean
  std::filesystem::path last_frame_file;  // newest frame of any kind, to be written again
  std::uint64_t last_frame_offset = 0;
  std::string last_frame;
  std::optional<TornTail> torn;
};

// Writes the newest frame once more and syncs it: after a crash, or a failed sync, it may stand in
// the page cache only. To be done before anybody is told of the group.
absl::Status MakeEndDurable(const Files& files, const JournalEnd& end);

// The visitor sees each group in order; its error ends the scan.
absl::StatusOr<JournalEnd> ScanJournal(
    const Files& files, const std::filesystem::path& directory, const LogIdentity& log,
    const std::function<absl::Status(const ScannedGroup&)>& visit);

}  // namespace daybook::eventstore::rocks
