// A stored record, looked at without copying: finds each event's bytes by walking over lengths, so
// that one event of a large request costs little more than its own decoding.
//
// Holds views into the bytes that it was made over; those must outlive it. Not thread-safe while
// Reset runs.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "eventstore/core/event.h"
#include "eventstore/core/event_store.h"

namespace daybook::eventstore::rocks {

class RecordView {
 public:
  struct Write {
    std::string_view stream;
    Revision first_revision;
    std::size_t first_index = 0;  // of its first event in the record
    std::size_t count = 0;
  };

  // Walks over `record` and checks that everything in it fits together: one revision a stream, one
  // leaf an event, no unknown version. DATA_LOSS otherwise. Allocations of earlier use are kept.
  absl::Status Reset(std::string_view record);

  Position first() const { return first_; }
  std::size_t event_count() const { return events_.size(); }
  Instant record_time() const { return record_time_; }
  std::string_view agency() const { return agency_; }
  std::string_view request_id() const { return request_id_; }
  Hash fingerprint() const;
  std::span<const Write> writes() const { return writes_; }
  Hash leaf(std::size_t index) const;
  // Type of one event, read without decoding the rest. "" when it cannot be read.
  std::string_view type(std::size_t index) const;

  // The event as readers get it. DATA_LOSS when its bytes cannot be decoded.
  absl::Status Decode(std::size_t index, RecordedEvent& event) const;
  // The answer as the first caller got it.
  AppendResult Result() const;

 private:
  absl::Status Walk(std::string_view record);
  bool WalkStamp(std::string_view bytes);
  bool WalkRequest(std::string_view bytes);
  bool WalkWrite(std::string_view bytes);

  Position first_;
  Instant record_time_;
  CivilDay record_day_;
  std::string_view agency_, actor_, request_id_, correlation_id_, causation_id_;
  std::string_view fingerprint_, answer_, sealed_digest_, leaves_;
  std::vector<std::uint64_t> revisions_;
  std::vector<Write> writes_;
  std::vector<std::string_view> events_;
  std::vector<std::uint32_t> write_of_;  // index into writes_, one per event
};

}  // namespace daybook::eventstore::rocks
