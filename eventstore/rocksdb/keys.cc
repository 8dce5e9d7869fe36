#include "eventstore/rocksdb/keys.h"

#include <algorithm>

#include "eventstore/rocksdb/bytes.h"
#include "eventstore/rocksdb/crc32c.h"

namespace daybook::eventstore::rocks {
namespace {

constexpr char kNameEnd = '\0';

std::string NameAndNumber(std::string_view name, std::uint64_t number) {
  std::string key;
  key.reserve(name.size() + 9);
  key.append(name);
  key.push_back(kNameEnd);
  AppendBig64(key, number);
  return key;
}

}  // namespace

std::string RecordKey(Position first) {
  std::string key;
  AppendBig64(key, first.value);
  return key;
}

std::optional<Position> ParseRecordKey(std::string_view key) {
  if (key.size() != 8) return std::nullopt;
  return Position{GetBig64(key.data())};
}

std::string RecordChecksum(std::string_view record) {
  std::string checksum;
  AppendLittle(checksum, Crc32c(record));
  return checksum;
}

std::optional<std::string_view> CheckedRecord(std::string_view value) {
  if (value.size() < 4) return std::nullopt;
  const std::string_view record = value.substr(0, value.size() - 4);
  if (GetLittle<std::uint32_t>(value.data() + record.size()) != Crc32c(record)) return std::nullopt;
  return record;
}

std::string StreamRunKey(std::string_view stream, Revision first) {
  return NameAndNumber(stream, first.value);
}

std::string StreamRunsEnd(std::string_view stream) {
  std::string key(stream);
  key.push_back('\x01');  // the byte after kNameEnd
  return key;
}

std::optional<Revision> ParseStreamRunKey(std::string_view key, std::string_view stream) {
  if (key.size() != stream.size() + 9 || key.substr(0, stream.size()) != stream ||
      key[stream.size()] != kNameEnd) {
    return std::nullopt;
  }
  return Revision{GetBig64(key.data() + stream.size() + 1)};
}

std::string StreamRunValue(const StreamRun& run) {
  std::string value;
  AppendLittle(value, run.record.value);
  AppendLittle(value, run.index);
  AppendLittle(value, run.count);
  return value;
}

std::optional<StreamRun> ParseStreamRunValue(std::string_view value) {
  if (value.size() != 16) return std::nullopt;
  return StreamRun{.record = {GetLittle<std::uint64_t>(value.data())},
                   .index = GetLittle<std::uint32_t>(value.data() + 8),
                   .count = GetLittle<std::uint32_t>(value.data() + 12)};
}

std::string RequestKey(std::string_view agency, std::string_view request_id) {
  std::string key(agency);
  key.push_back(kNameEnd);
  key.append(request_id);
  return key;
}

std::string RequestValue(const RequestEntry& entry) {
  std::string value;
  AppendLittle(value, entry.first.value);
  value.append(entry.fingerprint.begin(), entry.fingerprint.end());
  return value;
}

std::optional<RequestEntry> ParseRequestValue(std::string_view value) {
  RequestEntry entry;
  if (value.size() != 8 + entry.fingerprint.size()) return std::nullopt;
  entry.first.value = GetLittle<std::uint64_t>(value.data());
  std::copy(value.begin() + 8, value.end(), entry.fingerprint.begin());
  return entry;
}

std::string TypeKey(std::string_view type, Position record) {
  return NameAndNumber(type, record.value);
}

std::optional<TypeEntry> ParseTypeKey(std::string_view key) {
  if (key.size() < 9 || key[key.size() - 9] != kNameEnd) return std::nullopt;
  return TypeEntry{.type = key.substr(0, key.size() - 9),
                   .record = {GetBig64(key.data() + key.size() - 8)}};
}

std::string TreeKey(std::uint8_t level, std::uint64_t index) {
  std::string key(1, static_cast<char>(level));
  AppendBig64(key, index);
  return key;
}

}  // namespace daybook::eventstore::rocks
