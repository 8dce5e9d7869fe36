#include "eventstore/rocksdb/segment_pool.h"

#include <sodium.h>

#include <algorithm>
#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/core/thread_name.h"
#include "fmt/format.h"

namespace daybook::eventstore::rocks {
namespace {

constexpr std::size_t kSparesMax = 2;

std::uint64_t RandomNonce() {
  std::uint64_t nonce = 0;
  randombytes_buf(&nonce, sizeof(nonce));
  return nonce;
}

// The header reaches the medium before the file gets the name under which recovery looks at it.
absl::StatusOr<OpenSegment> Finish(const Files& files, File file,
                                   const std::filesystem::path& temporary,
                                   const std::filesystem::path& directory,
                                   const SegmentHeader& header) {
  DAYBOOK_RETURN_IF_ERROR(file.WriteAt(EncodeSegmentHeader(header), 0));
  DAYBOOK_RETURN_IF_ERROR(file.Sync());
  const std::filesystem::path path = directory / SegmentFileName(header.number);
  DAYBOOK_RETURN_IF_ERROR(files.Rename(temporary, path));
  DAYBOOK_RETURN_IF_ERROR(files.SyncDirectory(directory));
  return OpenSegment{.path = path, .file = std::move(file), .header = header};
}

}  // namespace

absl::StatusOr<OpenSegment> CreateSegment(const Files& files,
                                          const std::filesystem::path& directory,
                                          const LogIdentity& log, std::uint64_t number,
                                          std::uint64_t file_bytes) {
  const std::filesystem::path temporary = directory / fmt::format("next-{}.tmp", number);
  DAYBOOK_ASSIGN_OR_RETURN(File file, files.CreateZeroed(temporary, file_bytes));
  return Finish(files, std::move(file), temporary, directory,
                {.number = number,
                 .file_bytes = file_bytes,
                 .log_id = log.log_id,
                 .incarnation = log.incarnation,
                 .recycled = false,
                 .nonce = RandomNonce()});
}

SegmentPool::SegmentPool(Options options, std::deque<FullSegment> full, std::uint64_t next_number)
    : options_(std::move(options)),
      full_(std::move(full)),
      next_number_(next_number),
      flush_wanted_(!full_.empty()),
      preparer_([this] { RunPreparing(); }),
      flusher_([this] { RunFlushing(); }) {}

SegmentPool::~SegmentPool() {
  {
    const absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  preparer_.join();
  flusher_.join();
  // Spares have no name that recovery knows; they are only a saving while the process runs.
  const absl::MutexLock lock(&mutex_);
  for (const std::filesystem::path& spare : spares_) options_.files.Remove(spare).IgnoreError();
}

absl::StatusOr<OpenSegment> SegmentPool::Take(std::uint64_t frame_bytes) {
  absl::StatusOr<OpenSegment> segment = absl::UnavailableError("not prepared");
  {
    const auto ready = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
      return stopping_ || !flush_status_.ok() ||
             (prepared_.has_value() && full_.size() <= options_.full_segments_max);
    };
    const absl::MutexLock lock(&mutex_, absl::Condition(&ready));
    DAYBOOK_RETURN_IF_ERROR(flush_status_);
    if (!prepared_.has_value()) return absl::UnavailableError("the store is closing");
    segment = *std::move(prepared_);
    if (segment.ok()) ++next_number_;
    prepared_.reset();
  }
  if (!segment.ok()) return segment;
  // Room for the segment's own header and for the frame that will end it.
  const std::uint64_t needed = kSegmentHeaderBytes + frame_bytes + kFrameHeaderBytes;
  if (segment->header.file_bytes >= needed) return segment;
  // One request larger than a whole segment: a file of its own size takes the prepared one's place.
  return CreateSegment(options_.files, options_.directory, options_.log, segment->header.number,
                       (needed + kFrameAlignment - 1) / kFrameAlignment * kFrameAlignment);
}

void SegmentPool::Retire(FullSegment segment) {
  const absl::MutexLock lock(&mutex_);
  full_.push_back(std::move(segment));
  flush_wanted_ = true;
}

void SegmentPool::RunPreparing() {
  NameThread("segment-maker");
  const auto wanted = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return stopping_ || !prepared_.has_value();
  };
  while (true) {
    std::uint64_t number = 0;
    {
      const absl::MutexLock lock(&mutex_, absl::Condition(&wanted));
      if (stopping_) return;
      number = next_number_;
    }
    absl::StatusOr<OpenSegment> segment = Prepare(number, options_.segment_bytes);
    const absl::MutexLock lock(&mutex_);
    prepared_ = std::move(segment);
  }
}

void SegmentPool::RunFlushing() {
  NameThread("store-flusher");
  const auto wanted = [this]()
                          ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return stopping_ || flush_wanted_; };
  while (true) {
    {
      const absl::MutexLock lock(&mutex_, absl::Condition(&wanted));
      if (stopping_) return;
      flush_wanted_ = false;
    }
    FlushAndTakeBack();
  }
}

absl::StatusOr<File> SegmentPool::SpareOrNew(const std::filesystem::path& path,
                                             std::uint64_t file_bytes, bool* recycled) {
  std::filesystem::path spare;
  {
    const absl::MutexLock lock(&mutex_);
    if (!spares_.empty()) {
      spare = spares_.front();
      spares_.pop_front();
    }
  }
  *recycled = false;
  if (spare.empty()) return options_.files.CreateZeroed(path, file_bytes);
  DAYBOOK_RETURN_IF_ERROR(options_.files.Rename(spare, path));
  *recycled = true;
  return options_.files.Open(path);
}

absl::StatusOr<OpenSegment> SegmentPool::Prepare(std::uint64_t number, std::uint64_t file_bytes) {
  const std::filesystem::path temporary = options_.directory / fmt::format("next-{}.tmp", number);
  bool recycled = false;
  DAYBOOK_ASSIGN_OR_RETURN(File file, SpareOrNew(temporary, file_bytes, &recycled));
  return Finish(options_.files, std::move(file), temporary, options_.directory,
                {.number = number,
                 .file_bytes = file_bytes,
                 .log_id = options_.log.log_id,
                 .incarnation = options_.log.incarnation,
                 .recycled = recycled,
                 .nonce = RandomNonce()});
}

void SegmentPool::FlushAndTakeBack() {
  const absl::StatusOr<std::uint64_t> covered = options_.flush();
  const absl::MutexLock lock(&mutex_);
  if (!covered.ok()) {
    flush_status_ = covered.status();
    return;
  }
  // Strictly below: the group that the store names as its last must stay in the journal, for a
  // start checks the one against the other.
  while (flush_status_.ok() && !full_.empty() && full_.front().last_group < *covered) {
    flush_status_ = TakeBackOldest();
  }
}

absl::Status SegmentPool::TakeBackOldest() {
  const std::filesystem::path path = full_.front().path;
  DAYBOOK_ASSIGN_OR_RETURN(const std::uint64_t bytes, options_.files.Size(path));
  if (spares_.size() < kSparesMax && bytes == options_.segment_bytes) {
    const std::filesystem::path spare = path.string() + ".spare.tmp";
    DAYBOOK_RETURN_IF_ERROR(options_.files.Rename(path, spare));
    spares_.push_back(spare);
  } else {
    DAYBOOK_RETURN_IF_ERROR(options_.files.Remove(path));
  }
  full_.pop_front();
  // One by one on the medium, oldest first, so that what stays has no gap in its numbers.
  return options_.files.SyncDirectory(options_.directory);
}

}  // namespace daybook::eventstore::rocks
