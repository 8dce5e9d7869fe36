// Keys and small values of the store's column families. Pure functions; FORMAT.md has the tables.
//
// Numbers in keys are big-endian, so that keys sort as the numbers do. Names never hold a zero
// byte (ValidateAppendRequest), so one ends them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "eventstore/core/ids.h"

namespace daybook::eventstore::rocks {

// records: the request that has the event at `first` as its first.
std::string RecordKey(Position first);
std::optional<Position> ParseRecordKey(std::string_view key);

// records: the value is the record's bytes, then this checksum. nullopt when it does not fit.
std::string RecordChecksum(std::string_view record);
std::optional<std::string_view> CheckedRecord(std::string_view value);

// streams: one key a run, that is the events that one request wrote to one stream.
std::string StreamRunKey(std::string_view stream, Revision first);
// All keys of the stream are in [StreamRunKey(stream, 0), StreamRunsEnd(stream)).
std::string StreamRunsEnd(std::string_view stream);
std::optional<Revision> ParseStreamRunKey(std::string_view key, std::string_view stream);

struct StreamRun {
  Position record;          // key of the record that has the run
  std::uint32_t index = 0;  // of the run's first event in it; the others follow
  std::uint32_t count = 0;
};
std::string StreamRunValue(const StreamRun& run);
std::optional<StreamRun> ParseStreamRunValue(std::string_view value);

// requests
std::string RequestKey(std::string_view agency, std::string_view request_id);
struct RequestEntry {
  Position first;
  Hash fingerprint{};
};
std::string RequestValue(const RequestEntry& entry);
std::optional<RequestEntry> ParseRequestValue(std::string_view value);

// types: one key for each type in a record, empty value.
std::string TypeKey(std::string_view type, Position record);
struct TypeEntry {
  std::string_view type;  // in the key
  Position record;
};
std::optional<TypeEntry> ParseTypeKey(std::string_view key);

// tree: the hash over the perfect tree of 2^level leaves from index << level on.
std::string TreeKey(std::uint8_t level, std::uint64_t index);

}  // namespace daybook::eventstore::rocks
