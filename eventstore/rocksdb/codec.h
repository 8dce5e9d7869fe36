// Between requests and the stored record (proto/daybook/storage/v1/storage.proto).
//
// A request is serialised and its payloads hashed once, on the caller's thread, before it is
// ordered; the committer puts a stamp beside these bytes and never serialises them again.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "eventstore/core/event.h"
#include "eventstore/core/event_store.h"

namespace daybook::eventstore::rocks {

inline constexpr std::uint32_t kRecordVersion = 1;

// An event that has all that a leaf needs but its place.
struct PreparedEvent {
  Salt salt{};
  Hash payload_hash{};
};

struct PreparedRequest {
  AppendRequest request;              // payloads and ciphertexts are gone: they stand in `bytes`
  std::vector<PreparedEvent> events;  // of all writes, in order
  std::string bytes;                  // storage.v1.Request
};

// Pure but for the salts, which are random. `request` has passed ValidateAppendRequest.
PreparedRequest Prepare(AppendRequest request);

struct RecordStamp {
  Position first;
  Instant record_time;
  std::vector<std::uint64_t> first_revisions;  // one per write with events
  std::string leaves;                          // 32 bytes an event
};

// Appends the record of a stamped request to `to`, after its length (u32, little-endian).
void AppendRecord(const RecordStamp& stamp, std::string_view request_bytes, std::string& to);

// Takes the next record off `body`; nullopt-like empty view when it is cut short.
std::string_view TakeRecord(std::string_view& body);

// One stored event. `record_day` is what an event gets that was known when it was recorded.
absl::Status DecodeEvent(std::string_view bytes, CivilDay record_day, NewEvent& event, Salt& salt);

}  // namespace daybook::eventstore::rocks
