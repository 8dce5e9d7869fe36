// The files of the journal: makes the next one ready before it is needed, and takes old ones back
// when the store beneath has everything that they hold.
//
// Owns two background threads, so that a long flush does not hold up the next file. Thread-safe;
// Take is meant for the one committer.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "eventstore/core/ids.h"
#include "eventstore/rocksdb/files.h"
#include "eventstore/rocksdb/journal_format.h"

namespace daybook::eventstore::rocks {

// A segment that may be written to.
struct OpenSegment {
  std::filesystem::path path;
  File file;
  SegmentHeader header;
};

// A segment that is full, and the last group in it.
struct FullSegment {
  std::uint64_t number = 0;
  std::uint64_t last_group = 0;
  std::filesystem::path path;
};

class SegmentPool {
 public:
  struct Options {
    Files files;
    std::filesystem::path directory;
    LogIdentity log;
    std::uint64_t segment_bytes = 0;
    std::size_t full_segments_max = 0;  // Take waits while more than these are full
    // Makes everything applied so far durable in the store beneath and returns the number of a
    // group that is covered. Called on a background thread.
    std::function<absl::StatusOr<std::uint64_t>()> flush;
  };

  // `full`: what recovery found, oldest first. `next_number`: of the segment to make ready.
  SegmentPool(Options options, std::deque<FullSegment> full, std::uint64_t next_number);
  ~SegmentPool();
  SegmentPool(const SegmentPool&) = delete;
  SegmentPool& operator=(const SegmentPool&) = delete;

  // The next segment, with room for a frame of `frame_bytes`; waits until it is made.
  absl::StatusOr<OpenSegment> Take(std::uint64_t frame_bytes);

  // The segment has no room any more: flush, then take it back.
  void Retire(FullSegment segment);

 private:
  void RunPreparing();
  void RunFlushing();
  absl::StatusOr<OpenSegment> Prepare(std::uint64_t number, std::uint64_t file_bytes);
  absl::StatusOr<File> SpareOrNew(const std::filesystem::path& path, std::uint64_t file_bytes,
                                  bool* recycled) ABSL_LOCKS_EXCLUDED(mutex_);
  void FlushAndTakeBack() ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Status TakeBackOldest() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const Options options_;
  absl::Mutex mutex_;
  std::optional<absl::StatusOr<OpenSegment>> prepared_ ABSL_GUARDED_BY(mutex_);
  std::deque<FullSegment> full_ ABSL_GUARDED_BY(mutex_);
  std::deque<std::filesystem::path> spares_ ABSL_GUARDED_BY(mutex_);
  std::uint64_t next_number_ ABSL_GUARDED_BY(mutex_);
  bool flush_wanted_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status flush_status_ ABSL_GUARDED_BY(mutex_);
  std::jthread preparer_;  // last: they start when everything above is there
  std::jthread flusher_;
};

// Makes and opens a segment file with its header, durable on return. For the first of a log.
absl::StatusOr<OpenSegment> CreateSegment(const Files& files,
                                          const std::filesystem::path& directory,
                                          const LogIdentity& log, std::uint64_t number,
                                          std::uint64_t file_bytes);

}  // namespace daybook::eventstore::rocks
