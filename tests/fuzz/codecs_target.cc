// The bytes of the event store: segment and frame headers, records, events, keys, tree.
//
// Checksums are made to fit in half of the kinds, so that what stands behind them is reached, too.
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "daybook/storage/v1/storage.pb.h"
#include "eventstore/core/error.h"
#include "eventstore/core/event_store.h"
#include "eventstore/merkle/frontier.h"
#include "eventstore/rocksdb/bytes.h"
#include "eventstore/rocksdb/codec.h"
#include "eventstore/rocksdb/crc32c.h"
#include "eventstore/rocksdb/journal_format.h"
#include "eventstore/rocksdb/keys.h"
#include "eventstore/rocksdb/record_view.h"
#include "tests/fuzz/check.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/target.h"
#include "tests/fuzz/tree_checks.h"

namespace daybook::fuzz {
namespace {

using eventstore::AppendRequest;
using eventstore::Hash;
using eventstore::NewEvent;
using eventstore::Position;
using eventstore::RecordedEvent;
using eventstore::Revision;
namespace rocks = eventstore::rocks;
namespace storage = daybook::storage::v1;

constexpr std::size_t kHeaderCrcOffset = 60;

// `bytes` as a header of 64 bytes whose magic, version and checksum fit.
std::string Fitting(std::string bytes, std::string_view magic, std::uint32_t crc_seed) {
  bytes.resize(rocks::kFrameHeaderBytes);
  std::copy(magic.begin(), magic.end(), bytes.begin());
  bytes[8] = 1;
  bytes[9] = 0;
  const std::string_view covered(bytes.data(), kHeaderCrcOffset);
  rocks::PutLittle(bytes.data() + kHeaderCrcOffset, rocks::Crc32c(covered, crc_seed));
  return bytes;
}

void SegmentHeaders(std::string bytes, bool fit) {
  if (fit) {
    bytes.resize(rocks::kSegmentHeaderBytes);
    bytes[10] = bytes[11] = 0;
    bytes = Fitting(std::move(bytes), "DBKSEGMT", 0);
  }
  const auto header = rocks::DecodeSegmentHeader(bytes);
  if (!header) return;
  Check(rocks::EncodeSegmentHeader(*header) == bytes.substr(0, rocks::kSegmentHeaderBytes),
        "a segment header has one encoding");
}

void FrameHeaders(std::string bytes, std::uint64_t nonce, bool fit) {
  if (fit) {
    char seed[8];
    rocks::PutLittle(seed, nonce);
    bytes = Fitting(std::move(bytes), "DBKGROUP", rocks::Crc32c({seed, sizeof(seed)}));
  }
  const auto header = rocks::DecodeFrameHeader(bytes, nonce);
  if (!header) return;
  Check(rocks::EncodeFrameHeader(*header, nonce) == bytes.substr(0, rocks::kFrameHeaderBytes),
        "a frame header has one encoding");
}

void Keys(Input& in) {
  const std::string name = in.Ascii();
  const std::uint64_t number = in.Long();
  const std::string rest(in.Rest());
  Check(rocks::ParseRecordKey(rocks::RecordKey({number})) == Position{number}, "record keys");
  Check(rocks::ParseStreamRunKey(rocks::StreamRunKey(name, {number}), name) == Revision{number},
        "stream run keys");
  const std::string type_key = rocks::TypeKey(name, {number});
  const auto type = rocks::ParseTypeKey(type_key);
  Check(type && type->type == name && type->record.value == number, "type keys");
  if (const auto record = rocks::ParseRecordKey(rest)) {
    Check(rocks::RecordKey(*record) == rest, "a record key has one encoding");
  }
  if (const auto parsed = rocks::ParseTypeKey(rest)) {
    Check(rocks::TypeKey(parsed->type, parsed->record) == rest, "a type key has one encoding");
  }
  if (const auto revision = rocks::ParseStreamRunKey(rest, name)) {
    Check(rocks::StreamRunKey(name, *revision) == rest, "a run key has one encoding");
  }
  if (const auto run = rocks::ParseStreamRunValue(rest)) {
    Check(rocks::StreamRunValue(*run) == rest, "a run has one encoding");
  }
  if (const auto entry = rocks::ParseRequestValue(rest)) {
    Check(rocks::RequestValue(*entry) == rest, "a request entry has one encoding");
  }
  const std::string checked = rest + rocks::RecordChecksum(rest);
  Check(rocks::CheckedRecord(checked) == std::string_view(rest), "record checksums");
  rocks::CheckedRecord(rest);
  if (const auto segment = rocks::SegmentNumber(rest)) {
    Check(rocks::SegmentFileName(*segment) == rest, "a segment has one file name");
  }
}

// What the walk over lengths finds must be what protobuf finds.
void CompareWithProtobuf(const rocks::RecordView& view, std::string_view bytes) {
  storage::Record record;
  if (!record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return;
  const storage::Request& request = record.request();
  Check(view.first().value == record.stamp().first_position(), "first position as protobuf");
  Check(view.record_time().micros == record.stamp().record_micros(), "record time as protobuf");
  Check(view.agency() == request.agency() && view.request_id() == request.request_id(),
        "request as protobuf");
  Check(view.Result().answer == request.answer(), "answer as protobuf");
  Check(view.writes().size() == static_cast<std::size_t>(request.writes_size()),
        "writes as protobuf");
  std::size_t index = 0;
  for (int i = 0; i < request.writes_size(); ++i) {
    const auto& seen = view.writes()[static_cast<std::size_t>(i)];
    Check(seen.stream == request.writes(i).stream() &&
              seen.count == static_cast<std::size_t>(request.writes(i).events_size()) &&
              seen.first_revision.value == record.stamp().first_revisions(i),
          "a write as protobuf");
    for (const storage::Event& event : request.writes(i).events()) {
      RecordedEvent decoded;
      if (view.Decode(index, decoded).ok()) {
        Check(decoded.event.id == event.id() && decoded.event.payload == event.payload(),
              "an event as protobuf");
      }
      ++index;
    }
  }
}

void Records(std::string_view body) {
  rocks::RecordView view;
  while (!body.empty()) {
    const std::string_view record = rocks::TakeRecord(body);
    if (record.empty()) return;
    if (!view.Reset(record).ok()) continue;
    RecordedEvent event;
    for (std::size_t i = 0; i < view.event_count(); ++i) {
      view.type(i);
      view.leaf(i);
      if (view.Decode(i, event).ok()) {
        Check(event.position.value == view.first().value + i, "positions follow each other");
      }
    }
    view.fingerprint();
    CompareWithProtobuf(view, record);
  }
}

void Events(std::string_view bytes) {
  NewEvent event;
  eventstore::Salt salt{};
  if (!rocks::DecodeEvent(bytes, {}, event, salt).ok()) return;
  for (const auto& part : event.parts) Check(part.nonce.size() <= bytes.size(), "a part is in it");
}

AppendRequest MakeRequest(Input& in) {
  AppendRequest request;
  request.agency = in.Ascii();
  request.actor = in.Ascii();
  request.request_id = in.Ascii();
  request.correlation_id = in.Ascii();
  request.answer = std::string(in.Blob());
  for (int writes = in.Byte() % 4; writes > 0; --writes) {
    eventstore::StreamWrite& write = request.writes.emplace_back();
    write.stream = in.Ascii();
    for (int events = in.Byte() % 4; events > 0; --events) {
      NewEvent& event = write.events.emplace_back();
      event.id = in.Ascii();
      event.type = in.Ascii();
      event.schema_version = in.Byte();
      event.effective = {.start = {static_cast<std::int32_t>(in.Word())},
                         .end = {static_cast<std::int32_t>(in.Word())}};
      event.known.precision = static_cast<eventstore::KnownPrecision>(in.Byte() % 4);
      if (event.known.precision != eventstore::KnownPrecision::kRecorded) {
        event.known.day = {static_cast<std::int32_t>(in.Word())};
      }
      event.marking = in.Ascii();
      event.payload = std::string(in.Blob());
      if (in.Byte() % 2 == 0) continue;
      eventstore::SealedPart& part = event.parts.emplace_back();
      part.name = in.Ascii();
      part.key_id = in.Ascii();
      part.nonce = std::string(in.Blob());
      part.ciphertext = std::string(in.Blob());
    }
  }
  return request;
}

void CheckStored(const NewEvent& given, const RecordedEvent& stored) {
  Check(stored.event.id == given.id && stored.event.type == given.type &&
            stored.event.schema_version == given.schema_version &&
            stored.event.effective == given.effective && stored.event.marking == given.marking &&
            stored.event.payload == given.payload,
        "an event is read as it was written");
  Check(stored.event.known.precision == given.known.precision &&
            (given.known.precision == eventstore::KnownPrecision::kRecorded ||
             stored.event.known.day == given.known.day),
        "known is read as it was written");
  Check(stored.event.parts.size() == given.parts.size(), "parts are read as they were written");
  for (std::size_t i = 0; i < given.parts.size(); ++i) {
    Check(stored.event.parts[i].ciphertext == given.parts[i].ciphertext &&
              stored.event.parts[i].nonce == given.parts[i].nonce,
          "a part is read as it was written");
  }
}

void Written(Input& in) {
  const AppendRequest request = MakeRequest(in);
  if (!eventstore::ValidateAppendRequest(request).ok()) return;
  const rocks::PreparedRequest prepared = rocks::Prepare(request);
  rocks::RecordStamp stamp{.first = {in.Long()},
                           .record_time = {static_cast<std::int64_t>(in.Long() >> 8)},
                           .first_revisions = {},
                           .leaves = {}};
  std::vector<const NewEvent*> events;
  for (const auto& write : request.writes) {
    for (const NewEvent& event : write.events) events.push_back(&event);
    if (!write.events.empty()) stamp.first_revisions.push_back(in.Long());
  }
  stamp.leaves.assign(events.size() * sizeof(Hash), 'L');
  std::string body;
  rocks::AppendRecord(stamp, prepared.bytes, body);
  std::string_view left = body;
  const std::string_view record = rocks::TakeRecord(left);
  Check(left.empty(), "a record is taken whole");
  rocks::RecordView view;
  const absl::Status read = view.Reset(record);
  Check(read.ok(), "what was written is read", eventstore::Message(read));
  Check(view.event_count() == events.size(), "all events are there");
  Check(view.first() == stamp.first && view.record_time() == stamp.record_time, "the stamp");
  RecordedEvent event;
  for (std::size_t i = 0; i < events.size(); ++i) {
    Check(view.Decode(i, event).ok(), "every event decodes");
    Check(view.type(i) == events[i]->type, "the type is found without decoding");
    CheckStored(*events[i], event);
  }
  CompareWithProtobuf(view, record);
}

enum Kind : std::uint8_t {
  kSegmentHeader,
  kFittingSegmentHeader,
  kFrameHeader,
  kFittingFrameHeader,
  kKeys,
  kRecords,
  kOneRecord,
  kEvent,
  kWritten,
  kFrontier,
  kProofs,
  kKinds,
};

std::string Kinded(Kind kind, const std::string& bytes) {
  return std::string(1, static_cast<char>(kind)) + bytes;
}

// A request of two streams as MakeRequest takes it apart.
std::string RequestSeed() {
  Output out;
  out.Blob("an-agency").Blob("somebody").Blob("request-1").Blob("").Blob("the answer").Byte(2);
  for (const char* stream : {"plan/a", "plan/b"}) {
    out.Blob(stream).Byte(1).Blob("0a0a").Blob("actions.PlanOpened").Byte(1);
    out.Word(17000).Word(17365).Byte(1).Word(17500).Blob("").Blob("payload").Byte(1);
    out.Blob("narrative").Blob("key").Blob(std::string(24, 'n')).Blob("ciphertext");
  }
  out.Long(7).Long(std::uint64_t{1'700'000'000'000'000} << 8).Long(3).Long(0);
  return out.Take();
}

std::string RecordSeed() {
  const std::string seed = RequestSeed();
  Input in(seed);
  const rocks::PreparedRequest prepared = rocks::Prepare(MakeRequest(in));
  std::string record;
  rocks::AppendRecord({.first = {7},
                       .record_time = {1'700'000'000'000'000},
                       .first_revisions = {3, 0},
                       .leaves = std::string(2 * sizeof(Hash), 'L')},
                      prepared.bytes, record);
  return record;
}

}  // namespace

void RunOne(std::string_view input) {
  Input in(input);
  switch (const Kind kind = static_cast<Kind>(in.Byte() % kKinds); kind) {
    case kSegmentHeader:
    case kFittingSegmentHeader:
      return SegmentHeaders(std::string(in.Rest()), kind == kFittingSegmentHeader);
    case kFrameHeader:
    case kFittingFrameHeader: {
      const std::uint64_t nonce = in.Long();
      return FrameHeaders(std::string(in.Rest()), nonce, kind == kFittingFrameHeader);
    }
    case kKeys:
      return Keys(in);
    case kRecords:
      return Records(in.Rest());
    case kOneRecord: {
      std::string record;
      rocks::AppendLittle(record, static_cast<std::uint32_t>(input.size() - 1));
      return Records(record.append(in.Rest()));
    }
    case kEvent:
      return Events(in.Rest());
    case kWritten:
      return Written(in);
    case kFrontier:
      return CheckFrontier(in.Rest());
    case kProofs:
      return CheckProofs(in);
    case kKinds:
      return;
  }
}

std::vector<std::string> Seeds() {
  const std::string segment = rocks::EncodeSegmentHeader({.number = 7,
                                                          .file_bytes = 4096,
                                                          .log_id = std::string(32, 'a'),
                                                          .incarnation = 3,
                                                          .recycled = true,
                                                          .nonce = 5});
  const std::string frame = rocks::EncodeFrameHeader(
      {.group = 42, .first_position = 1000, .event_count = 12, .record_count = 3}, 5);
  const std::string nonce = Output().Long(5).Take();
  merkle::Frontier frontier;
  for (int i = 0; i < 5; ++i) frontier.Append(merkle::LeafHash("leaf"));
  const std::string record = RecordSeed();
  storage::Record parsed;
  parsed.ParseFromString(record.substr(4));
  const std::string named = Output().Blob("plan/a").Long(9).Take();
  return {
      Kinded(kSegmentHeader, segment),
      Kinded(kFittingSegmentHeader, segment),
      Kinded(kFrameHeader, nonce + frame),
      Kinded(kFittingFrameHeader, nonce + frame),
      Kinded(kKeys, named + rocks::SegmentFileName(7)),
      Kinded(kKeys, named + rocks::TypeKey("actions.PlanOpened", {9})),
      Kinded(kKeys, named + rocks::RequestValue({.first = {1}, .fingerprint = {}})),
      Kinded(kKeys, named + rocks::StreamRunValue({.record = {1}, .index = 2, .count = 3})),
      Kinded(kRecords, record + record),
      Kinded(kOneRecord, record.substr(4)),
      Kinded(kEvent, parsed.request().writes(0).events(0).SerializeAsString()),
      Kinded(kWritten, RequestSeed()),
      Kinded(kFrontier, frontier.Serialise()),
      Kinded(kProofs, Output().Byte(40).Byte(7).Byte(13).Long(8).Byte(1).Byte(2).Byte(3).Take()),
  };
}

}  // namespace daybook::fuzz
