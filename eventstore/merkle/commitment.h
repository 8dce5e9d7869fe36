// What the tree over the log commits to: the leaf of an event, version 2.
//
//   leaf     = SHA-256(0x00 || record)
//   record   = version u8 = 2
//              position u64
//              SHA-256(salt[16] || metadata)
//              SHA-256(payload)
//              number of parts u32
//              for each part in order: SHA-256 of its ciphertext as appended
//   metadata = agency, actor, request_id, correlation_id, causation_id           strings
//              record_time i64 (microseconds since 1970)
//              stream string, revision u64
//              id string, type string, schema_version u32
//              effective.start i32, effective.end i32 (days since 1970)
//              known.precision u8, known.day i32 (days since 1970; 0 unless precision is day or
//              month) marking, basis, agreement, retention_rule                          strings
//              number of parts u32
//              for each part in order: name, key_id, nonce                        strings
//                                      digest                                     32 bytes
//
// Numbers are big-endian, signed ones two's complement; a string is its length in bytes (u32) and
// its bytes. The order is fixed and nothing is optional, so two different events never have the
// same encoding. Everything is known without the payload and the parts themselves: an erased part
// (its ciphertext gone, its hash kept) and a payload shown only by its hash leave the leaf
// provable.
//
// Pure and thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "eventstore/core/event.h"
#include "eventstore/core/ids.h"
#include "eventstore/merkle/hash.h"

namespace daybook::merkle {

inline constexpr std::uint8_t kCommitmentVersion = 2;

// An event's metadata without copies, for a writer that has no RecordedEvent in its hands. The
// views and `event` must outlive it; `event.payload` and the ciphertexts are not looked at, the
// parts' ciphertext_hash is.
struct CommitmentInput {
  std::string_view agency;
  std::string_view actor;
  std::string_view request_id;
  std::string_view correlation_id;
  std::string_view causation_id;
  eventstore::Instant record_time;
  eventstore::Position position;
  std::string_view stream;
  eventstore::Revision revision;
  const eventstore::NewEvent& event;
  const eventstore::Salt& salt;
};

// Refers to `event`.
CommitmentInput CommitmentInputOf(const eventstore::RecordedEvent& event);

// Replaces `out` by the canonical metadata. `out` may be kept and used again to save allocations.
void EncodeMetadata(const CommitmentInput& input, std::string& out);

// The leaf of an event whose payload hash is known already: hashing a payload needs no position, so
// it can be done before the event is ordered. `scratch` as in EncodeMetadata.
Hash CommitmentLeaf(const CommitmentInput& input, const Hash& payload_hash, std::string& scratch);

// The leaf of an event as it was read.
Hash CommitmentLeaf(const eventstore::RecordedEvent& event);

}  // namespace daybook::merkle
