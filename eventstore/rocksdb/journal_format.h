// The bytes of a journal segment: a header, then frames. Pure encoding and decoding, no files.
// FORMAT.md has the tables. All numbers are little-endian.
//
// Every frame header is checked with the segment's random nonce mixed in. Bytes that were left over
// from an earlier life of a recycled file, or that a writer smuggled into a payload, can therefore
// not pass for a frame of this segment.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace daybook::eventstore::rocks {

inline constexpr std::uint32_t kJournalFormat = 1;
inline constexpr std::size_t kSegmentHeaderBytes = 64;
inline constexpr std::size_t kFrameHeaderBytes = 64;
inline constexpr std::size_t kFrameAlignment = 64;  // frames start at multiples of it

struct SegmentHeader {
  std::uint64_t number = 0;  // 1, 2, 3, … without gaps
  std::uint64_t file_bytes = 0;
  std::string log_id;  // 32 hexadecimal digits
  std::uint32_t incarnation = 0;
  bool recycled = false;    // the bytes after the last frame are those of an earlier life
  std::uint64_t nonce = 0;  // random, new in every life of the file
  friend bool operator==(const SegmentHeader&, const SegmentHeader&) = default;
};

std::string EncodeSegmentHeader(const SegmentHeader& header);
// nullopt when magic, version or checksum do not fit.
std::optional<SegmentHeader> DecodeSegmentHeader(std::string_view bytes);

enum class FrameKind : std::uint16_t {
  kGroup = 1,       // requests
  kOpening = 2,     // empty group: the first of a log
  kClosing = 3,     // empty group: a clean stop
  kSegmentEnd = 4,  // not a group: the log goes on in the next segment, `group` is the next number
};

struct FrameHeader {
  FrameKind kind = FrameKind::kGroup;
  std::uint64_t group = 0;           // 1, 2, 3, … without gaps
  std::uint64_t first_position = 0;  // of the next event
  std::uint32_t event_count = 0;
  std::uint32_t record_count = 0;
  std::uint32_t previous_crc = 0;  // GroupCrc of the group before; 0 before the first
  std::uint64_t body_bytes = 0;
  std::uint32_t body_crc = 0;
  friend bool operator==(const FrameHeader&, const FrameHeader&) = default;
};

std::string EncodeFrameHeader(const FrameHeader& header, std::uint64_t nonce);
// nullopt when the bytes are no frame header of the segment with this nonce.
std::optional<FrameHeader> DecodeFrameHeader(std::string_view bytes, std::uint64_t nonce);

// What the next group names as `previous_crc`: covers header and, through body_crc, the body. Does
// not depend on the segment.
std::uint32_t GroupCrc(const FrameHeader& header);

// Bytes that a frame takes in the file.
constexpr std::uint64_t FrameBytes(std::uint64_t body_bytes) {
  const std::uint64_t bytes = kFrameHeaderBytes + body_bytes;
  return (bytes + kFrameAlignment - 1) / kFrameAlignment * kFrameAlignment;
}

// "0000000000000007.seg"
std::string SegmentFileName(std::uint64_t number);
std::optional<std::uint64_t> SegmentNumber(std::string_view file_name);

}  // namespace daybook::eventstore::rocks
