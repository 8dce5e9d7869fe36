#include "eventstore/rocksdb/journal.h"

#include <string>
#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/rocksdb/crc32c.h"

namespace daybook::eventstore::rocks {

absl::StatusOr<std::unique_ptr<Journal>> Journal::Continue(const JournalEnd& end,
                                                           SegmentPool::Options pool,
                                                           FaultHook fault) {
  const ScannedSegment& current = end.segments[end.current];
  DAYBOOK_ASSIGN_OR_RETURN(File file, pool.files.Open(current.path));
  std::deque<FullSegment> full;
  for (std::size_t i = 0; i < end.current; ++i) {
    full.push_back({.number = end.segments[i].header.number,
                    .last_group = end.segments[i].last_group,
                    .path = end.segments[i].path});
  }
  // Segments made ready by the process before hold nothing; they are made again.
  for (std::size_t i = end.segments.size() - 1; i > end.current; --i) {
    DAYBOOK_RETURN_IF_ERROR(pool.files.Remove(end.segments[i].path));
  }
  auto owned =
      std::make_unique<SegmentPool>(std::move(pool), std::move(full), current.header.number + 1);
  return std::unique_ptr<Journal>(
      new Journal({.path = current.path, .file = std::move(file), .header = current.header}, end,
                  std::move(owned), std::move(fault)));
}

Journal::Journal(OpenSegment current, const JournalEnd& end, std::unique_ptr<SegmentPool> pool,
                 FaultHook fault)
    : fault_(std::move(fault)),
      pool_(std::move(pool)),
      current_(std::move(current)),
      offset_(end.offset),
      last_group_(end.last_group),
      last_crc_(end.last_crc) {}

absl::StatusOr<std::uint32_t> Journal::Append(Group& group) {
  const std::uint64_t frame_bytes = FrameBytes(group.body().size());
  const bool fits = offset_ + frame_bytes + kFrameHeaderBytes <= current_.header.file_bytes;
  if (!fits) DAYBOOK_RETURN_IF_ERROR(Roll(group.header, frame_bytes));
  group.header.previous_crc = last_crc_;
  group.header.body_bytes = group.body().size();
  group.header.body_crc = Crc32c(group.body());
  const std::string header = EncodeFrameHeader(group.header, current_.header.nonce);
  group.frame.replace(0, header.size(), header);
  const std::size_t used = group.frame.size();
  group.frame.resize(frame_bytes);  // padding, zero
  writing_group_ = true;
  const absl::Status written = WriteAndSync(group.frame);
  group.frame.resize(used);
  DAYBOOK_RETURN_IF_ERROR(written);
  writing_group_ = false;
  last_group_ = group.header.group;
  last_crc_ = GroupCrc(group.header);
  return last_crc_;
}

absl::Status Journal::WriteAndSync(std::string_view frame) {
  if (fault_) DAYBOOK_RETURN_IF_ERROR(fault_("journal.write"));
  DAYBOOK_RETURN_IF_ERROR(current_.file.WriteAt(frame, offset_));
  if (fault_) DAYBOOK_RETURN_IF_ERROR(fault_("journal.sync"));
  DAYBOOK_RETURN_IF_ERROR(current_.file.Sync());
  offset_ += frame.size();
  return absl::OkStatus();
}

absl::Status Journal::Roll(const FrameHeader& next, std::uint64_t frame_bytes) {
  // The next segment is on the medium before the end frame promises it.
  DAYBOOK_ASSIGN_OR_RETURN(OpenSegment segment, pool_->Take(frame_bytes));
  const FrameHeader end{.kind = FrameKind::kSegmentEnd,
                        .group = last_group_ + 1,
                        .first_position = next.first_position,
                        .event_count = 0,
                        .record_count = 0,
                        .previous_crc = last_crc_,
                        .body_bytes = 0,
                        .body_crc = 0};
  DAYBOOK_RETURN_IF_ERROR(WriteAndSync(EncodeFrameHeader(end, current_.header.nonce)));
  pool_->Retire(
      {.number = current_.header.number, .last_group = last_group_, .path = current_.path});
  current_ = std::move(segment);
  offset_ = kSegmentHeaderBytes;
  return absl::OkStatus();
}

}  // namespace daybook::eventstore::rocks
