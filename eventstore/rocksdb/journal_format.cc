#include "eventstore/rocksdb/journal_format.h"

#include <charconv>

#include "eventstore/core/ids.h"
#include "eventstore/rocksdb/bytes.h"
#include "eventstore/rocksdb/crc32c.h"
#include "fmt/format.h"

namespace daybook::eventstore::rocks {
namespace {

constexpr std::string_view kSegmentMagic = "DBKSEGMT";
constexpr std::string_view kFrameMagic = "DBKGROUP";
constexpr std::size_t kCrcOffset = 60;
constexpr std::size_t kFrameReservedOffset = 52;  // zero up to the checksum
constexpr std::string_view kSegmentSuffix = ".seg";
constexpr std::size_t kSegmentDigits = 16;

std::uint32_t SeededCrc(std::string_view bytes, std::uint64_t nonce) {
  char seed[8];
  PutLittle(seed, nonce);
  return Crc32c(bytes, Crc32c({seed, sizeof(seed)}));
}

std::string RawId(std::string_view hex) {
  std::string raw;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    unsigned value = 0;
    std::from_chars(hex.data() + i, hex.data() + i + 2, value, 16);
    raw.push_back(static_cast<char>(static_cast<std::uint8_t>(value)));
  }
  raw.resize(16);
  return raw;
}

// Everything but the frame's checksum.
std::string FrameHeaderPrefix(const FrameHeader& header) {
  std::string bytes(kFrameMagic);
  AppendLittle(bytes, static_cast<std::uint16_t>(kJournalFormat));
  AppendLittle(bytes, static_cast<std::uint16_t>(header.kind));
  AppendLittle(bytes, header.record_count);
  AppendLittle(bytes, header.group);
  AppendLittle(bytes, header.first_position);
  AppendLittle(bytes, header.event_count);
  AppendLittle(bytes, header.previous_crc);
  AppendLittle(bytes, header.body_bytes);
  AppendLittle(bytes, header.body_crc);
  bytes.resize(kCrcOffset);  // reserved, zero
  return bytes;
}

}  // namespace

std::string EncodeSegmentHeader(const SegmentHeader& header) {
  std::string bytes(kSegmentMagic);
  AppendLittle(bytes, kJournalFormat);
  AppendLittle(bytes, header.incarnation);
  AppendLittle(bytes, header.number);
  AppendLittle(bytes, header.file_bytes);
  bytes += RawId(header.log_id);
  AppendLittle(bytes, header.nonce);
  AppendLittle(bytes, std::uint32_t{header.recycled});
  AppendLittle(bytes, Crc32c(bytes));
  return bytes;
}

std::optional<SegmentHeader> DecodeSegmentHeader(std::string_view bytes) {
  if (bytes.size() < kSegmentHeaderBytes || bytes.substr(0, 8) != kSegmentMagic) return {};
  if (GetLittle<std::uint32_t>(bytes.data() + 8) != kJournalFormat) return {};
  if (GetLittle<std::uint32_t>(bytes.data() + kCrcOffset) != Crc32c(bytes.substr(0, kCrcOffset))) {
    return {};
  }
  if (GetLittle<std::uint32_t>(bytes.data() + 56) > 1) return {};
  return SegmentHeader{.number = GetLittle<std::uint64_t>(bytes.data() + 16),
                       .file_bytes = GetLittle<std::uint64_t>(bytes.data() + 24),
                       .log_id = ToHex(bytes.substr(32, 16)),
                       .incarnation = GetLittle<std::uint32_t>(bytes.data() + 12),
                       .recycled = GetLittle<std::uint32_t>(bytes.data() + 56) != 0,
                       .nonce = GetLittle<std::uint64_t>(bytes.data() + 48)};
}

std::string EncodeFrameHeader(const FrameHeader& header, std::uint64_t nonce) {
  std::string bytes = FrameHeaderPrefix(header);
  AppendLittle(bytes, SeededCrc(bytes, nonce));
  return bytes;
}

std::optional<FrameHeader> DecodeFrameHeader(std::string_view bytes, std::uint64_t nonce) {
  if (bytes.size() < kFrameHeaderBytes || bytes.substr(0, 8) != kFrameMagic) return {};
  if (GetLittle<std::uint16_t>(bytes.data() + 8) != kJournalFormat) return {};
  const std::uint32_t crc = GetLittle<std::uint32_t>(bytes.data() + kCrcOffset);
  if (crc != SeededCrc(bytes.substr(0, kCrcOffset), nonce)) return {};
  // No writer of this format makes another kind or uses the reserved bytes, which the chain of the
  // groups does not cover.
  const auto kind = static_cast<FrameKind>(GetLittle<std::uint16_t>(bytes.data() + 10));
  if (kind < FrameKind::kGroup || kind > FrameKind::kSegmentEnd) return {};
  constexpr std::size_t kReservedBytes = kCrcOffset - kFrameReservedOffset;
  if (bytes.substr(kFrameReservedOffset, kReservedBytes) != std::string(kReservedBytes, '\0')) {
    return {};
  }
  return FrameHeader{.kind = kind,
                     .group = GetLittle<std::uint64_t>(bytes.data() + 16),
                     .first_position = GetLittle<std::uint64_t>(bytes.data() + 24),
                     .event_count = GetLittle<std::uint32_t>(bytes.data() + 32),
                     .record_count = GetLittle<std::uint32_t>(bytes.data() + 12),
                     .previous_crc = GetLittle<std::uint32_t>(bytes.data() + 36),
                     .body_bytes = GetLittle<std::uint64_t>(bytes.data() + 40),
                     .body_crc = GetLittle<std::uint32_t>(bytes.data() + 48)};
}

std::uint32_t GroupCrc(const FrameHeader& header) { return Crc32c(FrameHeaderPrefix(header)); }

std::string SegmentFileName(std::uint64_t number) {
  return fmt::format("{:016}{}", number, kSegmentSuffix);
}

std::optional<std::uint64_t> SegmentNumber(std::string_view file_name) {
  if (file_name.size() != kSegmentDigits + kSegmentSuffix.size() ||
      file_name.substr(kSegmentDigits) != kSegmentSuffix) {
    return {};
  }
  std::uint64_t number = 0;
  const char* end = file_name.data() + kSegmentDigits;
  const auto [stop, error] = std::from_chars(file_name.data(), end, number);
  if (error != std::errc() || stop != end || number == 0) return {};
  return number;
}

}  // namespace daybook::eventstore::rocks
