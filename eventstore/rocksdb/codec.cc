#include "eventstore/rocksdb/codec.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "daybook/storage/v1/storage.pb.h"
#include "eventstore/merkle/hash.h"
#include "eventstore/rocksdb/bytes.h"
#include "google/protobuf/arena.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/wire_format_lite.h"

namespace daybook::eventstore::rocks {
namespace {

namespace storage = daybook::storage::v1;
using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedOutputStream;

void FillEvent(NewEvent& event, const Salt& salt, storage::Event& out) {
  out.set_id(event.id);
  out.set_type(event.type);
  out.set_schema_version(event.schema_version);
  out.set_effective_start(event.effective.start.days);
  out.set_effective_end(event.effective.end.days);
  out.set_known_precision(static_cast<std::uint32_t>(event.known.precision));
  if (event.known.precision != KnownPrecision::kRecorded) {
    out.set_known_day(event.known.day.days);
  }
  out.set_marking(event.marking);
  out.set_basis(event.basis);
  out.set_agreement(event.agreement);
  out.set_retention_rule(event.retention_rule);
  out.set_salt(salt.data(), salt.size());
  out.set_payload(std::move(event.payload));
  event.payload.clear();
  for (SealedPart& part : event.parts) {
    storage::SealedPart& stored = *out.add_parts();
    stored.set_name(part.name);
    stored.set_key_id(part.key_id);
    stored.set_nonce(part.nonce);
    stored.set_ciphertext(std::move(part.ciphertext));
    part.ciphertext.clear();
    stored.set_ciphertext_hash(part.ciphertext_hash.data(), part.ciphertext_hash.size());
    if (part.digest != Hash{}) stored.set_digest(part.digest.data(), part.digest.size());
  }
}

// The system's generator, asked for many at once: a call to the kernel for each costs as much as
// hashing the event.
Salt NewSalt() {
  constexpr std::size_t kSaltsAtOnce = 256;
  thread_local std::array<Salt, kSaltsAtOnce> salts;
  thread_local std::size_t used = kSaltsAtOnce;
  if (used == kSaltsAtOnce) {
    randombytes_buf(salts.data(), sizeof(salts));
    used = 0;
  }
  return std::exchange(salts[used++], Salt{});  // none is left behind to be found
}

std::vector<PreparedEvent> HashEvents(AppendRequest& request) {
  std::vector<PreparedEvent> prepared;
  for (StreamWrite& write : request.writes) {
    for (NewEvent& event : write.events) {
      prepared.emplace_back().payload_hash = merkle::Sha256(event.payload);
      for (SealedPart& part : event.parts) part.ciphertext_hash = merkle::Sha256(part.ciphertext);
    }
  }
  for (PreparedEvent& event : prepared) event.salt = NewSalt();
  return prepared;
}

// Tag and length of a length-delimited field.
void AppendFieldHead(int field, std::size_t length, std::string& to) {
  std::uint8_t head[20];
  std::uint8_t* end = CodedOutputStream::WriteTagToArray(
      WireFormatLite::MakeTag(field, WireFormatLite::WIRETYPE_LENGTH_DELIMITED), head);
  end = CodedOutputStream::WriteVarint32ToArray(static_cast<std::uint32_t>(length), end);
  to.append(reinterpret_cast<const char*>(head), static_cast<std::size_t>(end - head));
}

bool TakeHash(const std::string& from, Hash& to) {
  if (from.size() != to.size()) return false;
  std::copy(from.begin(), from.end(), to.begin());
  return true;
}

}  // namespace

PreparedRequest Prepare(AppendRequest request) {
  PreparedRequest prepared;
  prepared.events = HashEvents(request);
  google::protobuf::Arena arena;
  auto& out = *google::protobuf::Arena::CreateMessage<storage::Request>(&arena);
  out.set_agency(request.agency);
  out.set_actor(request.actor);
  out.set_request_id(request.request_id);
  out.set_fingerprint(request.fingerprint.data(), request.fingerprint.size());
  out.set_correlation_id(request.correlation_id);
  out.set_causation_id(request.causation_id);
  out.set_answer(request.answer);
  out.set_sealed_digest(request.sealed_digest);
  std::size_t index = 0;
  for (StreamWrite& write : request.writes) {
    if (write.events.empty()) continue;  // a check only
    storage::Write& stored = *out.add_writes();
    stored.set_stream(write.stream);
    for (NewEvent& event : write.events) {
      FillEvent(event, prepared.events[index++].salt, *stored.add_events());
    }
  }
  out.SerializeToString(&prepared.bytes);
  prepared.request = std::move(request);
  return prepared;
}

void AppendRecord(const RecordStamp& stamp, std::string_view request_bytes, std::string& to) {
  storage::Record head;  // everything but the request, which follows as it is
  head.set_version(kRecordVersion);
  storage::Stamp& stored = *head.mutable_stamp();
  stored.set_first_position(stamp.first.value);
  stored.set_record_micros(stamp.record_time.micros);
  stored.mutable_first_revisions()->Add(stamp.first_revisions.begin(), stamp.first_revisions.end());
  stored.set_leaves(stamp.leaves);
  const std::size_t length_at = to.size();
  to.append(sizeof(std::uint32_t), '\0');
  head.AppendToString(&to);
  AppendFieldHead(storage::Record::kRequestFieldNumber, request_bytes.size(), to);
  to.append(request_bytes);
  PutLittle(to.data() + length_at,
            static_cast<std::uint32_t>(to.size() - length_at - sizeof(std::uint32_t)));
}

std::string_view TakeRecord(std::string_view& body) {
  if (body.size() < sizeof(std::uint32_t)) return {};
  const std::size_t length = GetLittle<std::uint32_t>(body.data());
  body.remove_prefix(sizeof(std::uint32_t));
  if (length > body.size()) return {};
  const std::string_view record = body.substr(0, length);
  body.remove_prefix(length);
  return record;
}

absl::Status DecodeEvent(std::string_view bytes, CivilDay record_day, NewEvent& event, Salt& salt) {
  storage::Event stored;
  if (!stored.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) ||
      stored.salt().size() != salt.size() ||
      stored.known_precision() > static_cast<std::uint32_t>(KnownPrecision::kUnknown)) {
    return absl::DataLossError("an event that cannot be decoded");
  }
  std::memcpy(salt.data(), stored.salt().data(), salt.size());
  event.id = std::move(*stored.mutable_id());
  event.type = std::move(*stored.mutable_type());
  event.schema_version = stored.schema_version();
  event.effective = {.start = {stored.effective_start()}, .end = {stored.effective_end()}};
  event.known.precision = static_cast<KnownPrecision>(stored.known_precision());
  event.known.day = event.known.precision == KnownPrecision::kRecorded
                        ? record_day
                        : CivilDay{stored.known_day()};
  event.marking = std::move(*stored.mutable_marking());
  event.basis = std::move(*stored.mutable_basis());
  event.agreement = std::move(*stored.mutable_agreement());
  event.retention_rule = std::move(*stored.mutable_retention_rule());
  event.payload = std::move(*stored.mutable_payload());
  event.parts.clear();
  for (storage::SealedPart& part : *stored.mutable_parts()) {
    SealedPart& out = event.parts.emplace_back();
    out.name = std::move(*part.mutable_name());
    out.key_id = std::move(*part.mutable_key_id());
    out.nonce = std::move(*part.mutable_nonce());
    out.ciphertext = std::move(*part.mutable_ciphertext());
    out.erased = part.erased();
    if (!TakeHash(part.ciphertext_hash(), out.ciphertext_hash) ||
        (!part.digest().empty() && !TakeHash(part.digest(), out.digest))) {
      return absl::DataLossError("a sealed part that cannot be decoded");
    }
  }
  return absl::OkStatus();
}

}  // namespace daybook::eventstore::rocks
