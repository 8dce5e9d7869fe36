#include "tests/fuzz/journal_model.h"

#include "eventstore/rocksdb/crc32c.h"

namespace daybook::fuzz {

using eventstore::rocks::FrameBytes;
using eventstore::rocks::FrameHeader;
using eventstore::rocks::FrameKind;
using eventstore::rocks::kFrameHeaderBytes;
using eventstore::rocks::kSegmentHeaderBytes;

void JournalModel::AddSegment(bool recycled, std::string_view leftover) {
  const std::uint64_t number = segments_.size() + 1;
  nonces_.push_back(0x9E3779B97F4A7C15U * number);
  std::string bytes = eventstore::rocks::EncodeSegmentHeader({.number = number,
                                                              .file_bytes = kModelSegmentBytes,
                                                              .log_id = Log().log_id,
                                                              .incarnation = Log().incarnation,
                                                              .recycled = recycled,
                                                              .nonce = nonces_.back()});
  bytes += leftover.substr(0, kModelSegmentBytes - bytes.size());
  bytes.resize(kModelSegmentBytes);
  segments_.push_back(std::move(bytes));
}

void JournalModel::Put(const FrameHeader& header, std::string_view body) {
  std::string frame = eventstore::rocks::EncodeFrameHeader(header, nonces_[current_]);
  frame += body;
  frame.resize(FrameBytes(body.size()));
  segments_[current_].replace(offset_, frame.size(), frame);
  offset_ += frame.size();
}

void JournalModel::Append(FrameKind kind, std::uint32_t events, std::string_view body) {
  const std::size_t needed = FrameBytes(body.size()) + kFrameHeaderBytes;
  if (needed > kModelSegmentBytes - kSegmentHeaderBytes) return;
  if (offset_ + needed > kModelSegmentBytes) EndSegment(false, {});
  const FrameHeader header{.kind = kind,
                           .group = groups_.size() + 1,
                           .first_position = next_position_,
                           .event_count = events,
                           .record_count = events > 0 ? 1U : 0U,
                           .previous_crc = last_crc_,
                           .body_bytes = body.size(),
                           .body_crc = eventstore::rocks::Crc32c(body)};
  Put(header, body);
  last_crc_ = eventstore::rocks::GroupCrc(header);
  next_position_ += events;
  groups_.push_back({header, std::string(body)});
}

void JournalModel::EndSegment(bool recycled, std::string_view leftover) {
  Put({.kind = FrameKind::kSegmentEnd,
       .group = groups_.size() + 1,
       .first_position = next_position_,
       .previous_crc = last_crc_},
      {});
  AddSegment(recycled, leftover);
  current_ = segments_.size() - 1;
  offset_ = kSegmentHeaderBytes;
}

}  // namespace daybook::fuzz
