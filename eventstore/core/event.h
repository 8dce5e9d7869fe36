// Events as the store knows them: bytes, type names and metadata. The store never looks into a
// payload, so it stays free of every domain.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "eventstore/core/ids.h"

namespace daybook::eventstore {

// How precisely it is known when the partnership received a fact.
enum class KnownPrecision : std::uint8_t {
  kRecorded = 0,  // received when recorded: `day` is ignored on append, the record day on read
  kDay = 1,       // received on `day`
  kMonth = 2,     // received in the month whose last day is `day`
  kUnknown = 3,   // not known: left out of every "as known on", and counted there
};

// The second of the three times: when the partnership came to know the fact. Never after
// record_time; earlier than its day means that the event was loaded later ("back-loaded").
struct Known {
  KnownPrecision precision = KnownPrecision::kRecorded;
  CivilDay day;
  friend bool operator==(const Known&, const Known&) = default;
};

// The first of the three times: when it happened or what period it is about, [start, end).
// start == end == 0 means that the fact has no period of its own.
struct Effective {
  CivilDay start;
  CivilDay end;
  friend bool operator==(const Effective&, const Effective&) = default;
};

// Personal data and free text, encrypted under a key that can be destroyed. The proofs are over
// `ciphertext_hash` and `digest`, so an erased part (empty ciphertext) breaks no proof.
struct SealedPart {
  std::string name;        // field of the event, for example "narrative"; never a personal value
  std::string key_id;      // which key opens it; opaque
  std::string nonce;       // 24 bytes (XChaCha20-Poly1305)
  std::string ciphertext;  // includes the authentication tag; empty once erased
  Hash ciphertext_hash{};  // SHA-256 of the ciphertext as appended; the store computes it
  // Keyed digest of what is sealed (eventstore/sealing): whether another value is the same can be
  // told with the key, and by nobody without it. All zero where the writer gave none.
  Hash digest{};
  bool erased = false;
  friend bool operator==(const SealedPart&, const SealedPart&) = default;
};

// What a writer hands in. `id` is a UUID chosen by the service; `type` is a registered name such as
// "incidents.IncidentRecorded" (context, dot, fact), never a field number.
struct NewEvent {
  std::string id;
  std::string type;
  std::uint32_t schema_version = 1;
  Effective effective;
  Known known;
  std::string marking;         // handling marking, "" = none beyond OFFICIAL
  std::string basis;           // legal gateway, for example "s115", "s17A", "public-source"
  std::string agreement;       // id of the sharing agreement, "" = none
  std::string retention_rule;  // "" = the default rule of the event type
  std::string payload;         // clear, serialised event message
  std::vector<SealedPart> parts;
  friend bool operator==(const NewEvent&, const NewEvent&) = default;
};

// 16 random bytes.
using Salt = std::array<std::uint8_t, 16>;

// An event as it stands in the log. The first block is the same for every event of one request.
struct RecordedEvent {
  std::string agency;  // who submitted it
  std::string actor;   // which user or system of that agency; opaque
  std::string request_id;
  std::string correlation_id;
  std::string causation_id;
  Instant record_time;  // the third time: the commit. Never goes back along the log.

  Position position;
  std::string stream;
  Revision revision;
  NewEvent event;
  Salt salt{};  // random, made with the event: hides guessable metadata in the leaf
  Hash leaf{};  // the commitment in the Merkle tree (eventstore/merkle/commitment.h)
  friend bool operator==(const RecordedEvent&, const RecordedEvent&) = default;
};

}  // namespace daybook::eventstore
