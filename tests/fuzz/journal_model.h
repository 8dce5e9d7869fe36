// A journal written as the store writes it, held in memory, and then damaged.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "eventstore/core/ids.h"
#include "eventstore/rocksdb/journal_format.h"

namespace daybook::fuzz {

inline constexpr std::size_t kModelSegmentBytes = 2048;

class JournalModel {
 public:
  struct Group {
    eventstore::rocks::FrameHeader header;
    std::string body;
  };

  JournalModel() { AddSegment(false, {}); }

  // Begins a new segment when it does not fit; nothing happens when it fits into none.
  void Append(eventstore::rocks::FrameKind kind, std::uint32_t events, std::string_view body);
  // The end frame, then the next segment, which may hold what was left of an earlier life.
  void EndSegment(bool recycled, std::string_view leftover);
  // A segment made ready ahead of its use.
  void AddSpare() { AddSegment(false, {}); }

  static eventstore::LogIdentity Log() {
    return {.log_id = std::string(32, 'a'), .incarnation = 1};
  }
  // Of the newest segment, for whoever forges a frame.
  std::uint64_t NonceOf(std::size_t segment) const { return nonces_[segment]; }

  const std::vector<Group>& groups() const { return groups_; }
  // Empty = deleted.
  std::vector<std::string>& segments() { return segments_; }

 private:
  void AddSegment(bool recycled, std::string_view leftover);
  void Put(const eventstore::rocks::FrameHeader& header, std::string_view body);

  std::vector<std::string> segments_;
  std::vector<std::uint64_t> nonces_;
  std::vector<Group> groups_;
  std::size_t current_ = 0;
  std::size_t offset_ = eventstore::rocks::kSegmentHeaderBytes;
  std::uint32_t last_crc_ = 0;
  std::uint64_t next_position_ = 0;
};

}  // namespace daybook::fuzz
