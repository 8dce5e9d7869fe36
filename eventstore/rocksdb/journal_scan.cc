#include "eventstore/rocksdb/journal_scan.h"

#include <algorithm>

#include "eventstore/core/error.h"
#include "eventstore/merkle/frontier.h"
#include "eventstore/rocksdb/codec.h"
#include "eventstore/rocksdb/crc32c.h"
#include "eventstore/rocksdb/damage.h"
#include "eventstore/rocksdb/flipped_bit.h"
#include "eventstore/rocksdb/record_view.h"
#include "fmt/format.h"

namespace daybook::eventstore::rocks {
namespace {

using Visitor = std::function<absl::Status(const ScannedGroup&)>;

absl::StatusOr<std::vector<std::uint64_t>> SegmentNumbers(const Files& files,
                                                          const std::filesystem::path& directory) {
  DAYBOOK_ASSIGN_OR_RETURN(const std::vector<std::string> names, files.List(directory));
  std::vector<std::uint64_t> numbers;
  for (const std::string& name : names) {
    if (const auto number = SegmentNumber(name)) numbers.push_back(*number);
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

// Whether a body is what its header says: records that can be read, then a frontier.
bool BodyHolds(const FrameHeader& header, std::string_view body) {
  if (header.kind == FrameKind::kSegmentEnd) return body.empty();
  RecordView view;
  std::uint64_t events = 0;
  for (std::uint32_t i = 0; i < header.record_count; ++i) {
    if (!view.Reset(TakeRecord(body)).ok()) return false;
    events += view.event_count();
  }
  return events == header.event_count && merkle::Frontier::Parse(body).has_value();
}

// Whether one bit of the frame's header is all that is wrong with it.
bool HeaderWithFlippedBit(std::string_view bytes, std::uint64_t nonce) {
  std::string header(bytes.substr(0, kFrameHeaderBytes));
  if (header.size() < kFrameHeaderBytes) return false;
  for (std::size_t i = 0; i < header.size() * 8; ++i) {
    const auto bit = static_cast<char>(1U << (i % 8));
    header[i / 8] = static_cast<char>(header[i / 8] ^ bit);
    if (DecodeFrameHeader(header, nonce)) return true;
    header[i / 8] = static_cast<char>(header[i / 8] ^ bit);
  }
  return false;
}

class Scanner {
 public:
  Scanner(const Files& files, const std::filesystem::path& directory, const LogIdentity& log,
          const Visitor& visit)
      : files_(files), directory_(directory), log_(log), visit_(visit) {}

  absl::StatusOr<JournalEnd> Run() {
    DAYBOOK_ASSIGN_OR_RETURN(const std::vector<std::uint64_t> numbers,
                             SegmentNumbers(files_, directory_));
    if (numbers.empty()) return DamageAt(directory_, std::nullopt, "it holds no journal segment");
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if (numbers[i] != numbers[0] + i) {
        return DamageAt(directory_ / SegmentFileName(numbers[0] + i), std::nullopt,
                        "the segment is missing");
      }
      DAYBOOK_RETURN_IF_ERROR(Segment(numbers[i]));
    }
    if (!found_end_) {
      return DamageAt(directory_ / SegmentFileName(numbers.back() + 1), std::nullopt,
                      "the segment is missing, though the one before it says that the log goes on");
    }
    return std::move(end_);
  }

 private:
  absl::Status DamageAt(const std::filesystem::path& file, std::optional<std::uint64_t> offset,
                        std::string what, std::optional<std::uint64_t> next = std::nullopt) const {
    return Damage({.file = file,
                   .what = std::move(what),
                   .offset = offset,
                   .first_position = end_.next_position,
                   .next_position = next});
  }

  absl::Status Segment(std::uint64_t number) {
    ScannedSegment segment{.path = directory_ / SegmentFileName(number),
                           .header = {},
                           .last_group = 0,
                           .ended = false};
    absl::StatusOr<std::string> read = files_.ReadWhole(segment.path);
    if (!read.ok()) return DamageAt(segment.path, std::nullopt, Message(read.status()));
    content_ = *std::move(read);
    const std::optional<SegmentHeader> header = DecodeSegmentHeader(content_);
    if (!header || header->number != number) {
      return DamageAt(segment.path, 0, "the segment's header does not match its checksum");
    }
    segment.header = *header;
    if (header->log_id != log_.log_id || header->incarnation != log_.incarnation) {
      return DamageAt(segment.path, 0, "the segment belongs to another log");
    }
    if (header->file_bytes != content_.size()) {
      return DamageAt(segment.path, content_.size(),
                      fmt::format("the file should have {} bytes", header->file_bytes));
    }
    end_.segments.push_back(std::move(segment));
    if (found_end_) return NothingFrom(kSegmentHeaderBytes);
    return Frames();
  }

  // All frames of the newest segment in `end_`, from its first.
  absl::Status Frames() {
    ScannedSegment& segment = end_.segments.back();
    std::uint64_t at = kSegmentHeaderBytes;
    while (!segment.ended) {
      const std::optional<FrameHeader> header = HeaderAt(at);
      if (!header || header->body_bytes > content_.size() - at - kFrameHeaderBytes) {
        return End(at, header);
      }
      const std::string_view body =
          std::string_view(content_).substr(at + kFrameHeaderBytes, header->body_bytes);
      if (Crc32c(body) != header->body_crc) return End(at, header);
      DAYBOOK_RETURN_IF_ERROR(CheckChain(*header, at));
      if (header->kind == FrameKind::kSegmentEnd) {
        segment.ended = true;
      } else {
        DAYBOOK_RETURN_IF_ERROR(Accept(*header, body, at));
        segment.last_group = header->group;
      }
      end_.last_frame_file = segment.path;
      end_.last_frame_offset = at;
      end_.last_frame = content_.substr(at, FrameBytes(header->body_bytes));
      at += FrameBytes(header->body_bytes);
    }
    return absl::OkStatus();
  }

  std::optional<FrameHeader> HeaderAt(std::uint64_t at) const {
    if (at + kFrameHeaderBytes > content_.size()) return std::nullopt;
    return DecodeFrameHeader(std::string_view(content_).substr(at, kFrameHeaderBytes),
                             end_.segments.back().header.nonce);
  }

  absl::Status CheckChain(const FrameHeader& header, std::uint64_t at) const {
    const std::filesystem::path& file = end_.segments.back().path;
    // Groups are numbered from 1; a group 0 would leave the one after it without a predecessor.
    if (end_.first_group == 0 && header.group > 1) return absl::OkStatus();  // older ones are gone
    const std::uint64_t expected = end_.first_group == 0 ? 1 : end_.last_group + 1;
    if (header.group != expected) {
      return DamageAt(
          file, at, fmt::format("group {} stands where group {} should be", header.group, expected),
          header.first_position);
    }
    if (header.previous_crc != end_.last_crc) {
      return DamageAt(file, at,
                      fmt::format("group {} does not follow the group before it", header.group));
    }
    if (header.first_position != end_.next_position) {
      return DamageAt(file, at,
                      fmt::format("group {} starts at position {}, not {}", header.group,
                                  header.first_position, end_.next_position),
                      header.first_position);
    }
    return absl::OkStatus();
  }

  absl::Status Accept(const FrameHeader& header, std::string_view body, std::uint64_t at) {
    const std::uint32_t crc = GroupCrc(header);
    DAYBOOK_RETURN_IF_ERROR(visit_({.header = header,
                                    .crc = crc,
                                    .body = body,
                                    .file = end_.segments.back().path,
                                    .offset = at}));
    if (end_.first_group == 0) end_.first_group = header.group;
    end_.last_group = header.group;
    end_.last_crc = crc;
    end_.next_position = header.first_position + header.event_count;
    end_.closed = header.kind == FrameKind::kClosing;
    return absl::OkStatus();
  }

  // No whole frame at `at`: the end of the log, unless something stands behind it.
  absl::Status End(std::uint64_t at, const std::optional<FrameHeader>& torn) {
    const ScannedSegment& segment = end_.segments.back();
    found_end_ = true;
    end_.current = end_.segments.size() - 1;
    end_.offset = at;
    DAYBOOK_RETURN_IF_ERROR(NothingFrom(at + kFrameAlignment));
    if (OneBitFlipped(at, torn)) {
      std::optional<std::uint64_t> next;
      if (torn) next = torn->first_position + torn->event_count;
      return DamageAt(segment.path, at, "one bit of the last frame flipped after it was written",
                      next);
    }
    if (torn) {
      end_.torn = {segment.path, at,
                   fmt::format("group {} with {} events was not written to its end", torn->group,
                               torn->event_count)};
    } else if (!segment.header.recycled && !AllZeroFrom(at)) {
      end_.torn = {segment.path, at, "bytes of a frame without its header"};
    }
    return absl::OkStatus();
  }

  // A frame that was torn lacks more than a bit. What a checksum of 32 bits finds is checked by
  // reading the mended body.
  bool OneBitFlipped(std::uint64_t at, const std::optional<FrameHeader>& header) const {
    const std::string_view bytes = std::string_view(content_).substr(at);
    if (!header) return HeaderWithFlippedBit(bytes, end_.segments.back().header.nonce);
    if (header->body_bytes > bytes.size() - kFrameHeaderBytes) return false;
    std::string body(bytes.substr(kFrameHeaderBytes, header->body_bytes));
    const std::optional<std::uint64_t> bit = FlippedBit(body, header->body_crc);
    if (!bit) return false;
    body[*bit / 8] = static_cast<char>(body[*bit / 8] ^ static_cast<char>(1U << (*bit % 8)));
    return BodyHolds(*header, body);
  }

  // Damage when a frame of the newest segment starts anywhere at or behind `at`.
  absl::Status NothingFrom(std::uint64_t at) const {
    for (; at + kFrameHeaderBytes <= content_.size(); at += kFrameAlignment) {
      const std::optional<FrameHeader> later = HeaderAt(at);
      if (!later) continue;
      return DamageAt(end_.segments[end_.current].path, end_.offset,
                      fmt::format("the frame is bad, and group {} stands whole behind it (offset "
                                  "{} of {})",
                                  later->group, at, end_.segments.back().path.filename().string()),
                      later->first_position);
    }
    return absl::OkStatus();
  }

  bool AllZeroFrom(std::uint64_t at) const {
    return content_.find_first_not_of('\0', at) == std::string::npos;
  }

  const Files& files_;
  const std::filesystem::path& directory_;
  const LogIdentity& log_;
  const Visitor& visit_;
  std::string content_;  // of the newest segment in `end_`
  JournalEnd end_;
  bool found_end_ = false;
};

}  // namespace

absl::StatusOr<JournalEnd> ScanJournal(const Files& files, const std::filesystem::path& directory,
                                       const LogIdentity& log, const Visitor& visit) {
  return Scanner(files, directory, log, visit).Run();
}

absl::Status MakeEndDurable(const Files& files, const JournalEnd& end) {
  if (end.last_frame.empty()) return absl::OkStatus();
  DAYBOOK_ASSIGN_OR_RETURN(File file, files.Open(end.last_frame_file));
  DAYBOOK_RETURN_IF_ERROR(file.WriteAt(end.last_frame, end.last_frame_offset));
  return file.Sync();
}

}  // namespace daybook::eventstore::rocks
