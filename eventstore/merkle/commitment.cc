#include "eventstore/merkle/commitment.h"

#include <cstddef>
#include <cstdint>

namespace daybook::merkle {
namespace {

using eventstore::KnownPrecision;
using eventstore::SealedPart;

// Big-endian, for unsigned integers of any width.
template <typename Unsigned>
void Put(Unsigned value, std::string& out) {
  for (std::size_t i = sizeof(value); i > 0; --i) {
    out.push_back(static_cast<char>((value >> ((i - 1) * 8)) & 0xFFU));
  }
}

void Put(std::string_view value, std::string& out) {
  Put(static_cast<std::uint32_t>(value.size()), out);
  out.append(value);
}

void PutDay(eventstore::CivilDay day, std::string& out) {
  Put(static_cast<std::uint32_t>(day.days), out);
}

// A reader fills in the day of recording for kRecorded: it follows from record_time and is no part
// of the commitment.
eventstore::CivilDay CommittedDay(const eventstore::Known& known) {
  const bool has_day =
      known.precision == KnownPrecision::kDay || known.precision == KnownPrecision::kMonth;
  return has_day ? known.day : eventstore::CivilDay{};
}

}  // namespace

CommitmentInput CommitmentInputOf(const eventstore::RecordedEvent& event) {
  return {.agency = event.agency,
          .actor = event.actor,
          .request_id = event.request_id,
          .correlation_id = event.correlation_id,
          .causation_id = event.causation_id,
          .record_time = event.record_time,
          .position = event.position,
          .stream = event.stream,
          .revision = event.revision,
          .event = event.event,
          .salt = event.salt};
}

void EncodeMetadata(const CommitmentInput& input, std::string& out) {
  const eventstore::NewEvent& event = input.event;
  out.clear();
  for (const std::string_view field :
       {input.agency, input.actor, input.request_id, input.correlation_id, input.causation_id}) {
    Put(field, out);
  }
  Put(static_cast<std::uint64_t>(input.record_time.micros), out);
  Put(input.stream, out);
  Put(input.revision.value, out);
  Put(std::string_view(event.id), out);
  Put(std::string_view(event.type), out);
  Put(event.schema_version, out);
  PutDay(event.effective.start, out);
  PutDay(event.effective.end, out);
  Put(static_cast<std::uint8_t>(event.known.precision), out);
  PutDay(CommittedDay(event.known), out);
  for (const std::string_view field :
       {std::string_view(event.marking), std::string_view(event.basis),
        std::string_view(event.agreement), std::string_view(event.retention_rule)}) {
    Put(field, out);
  }
  Put(static_cast<std::uint32_t>(event.parts.size()), out);
  for (const SealedPart& part : event.parts) {
    Put(std::string_view(part.name), out);
    Put(std::string_view(part.key_id), out);
    Put(std::string_view(part.nonce), out);
    out.append(AsBytes(part.digest));
  }
}

Hash CommitmentLeaf(const CommitmentInput& input, const Hash& payload_hash, std::string& scratch) {
  EncodeMetadata(input, scratch);
  const std::string_view salt(reinterpret_cast<const char*>(input.salt.data()), input.salt.size());
  const Hash metadata_hash = Sha256(salt, scratch);

  scratch.clear();
  Put(kCommitmentVersion, scratch);
  Put(input.position.value, scratch);
  scratch.append(AsBytes(metadata_hash));
  scratch.append(AsBytes(payload_hash));
  Put(static_cast<std::uint32_t>(input.event.parts.size()), scratch);
  for (const SealedPart& part : input.event.parts) {
    scratch.append(AsBytes(part.ciphertext_hash));
  }
  return LeafHash(scratch);
}

Hash CommitmentLeaf(const eventstore::RecordedEvent& event) {
  std::string scratch;
  return CommitmentLeaf(CommitmentInputOf(event), Sha256(event.event.payload), scratch);
}

}  // namespace daybook::merkle
