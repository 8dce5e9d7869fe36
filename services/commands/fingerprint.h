// What a request is known by, and when two messages say the same: our own canonical encoding of a
// validated message. Serialised protobuf is not canonical, so it is never hashed.
//
// The fingerprint is stored for ever and has no key, so it covers nothing that is sealed
// (services/commands/sealed_fields.h), only that it was given. What was given is digested under the
// keys that seal it, when it is known which these are (services/commands/command_runner.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "eventstore/core/ids.h"
#include "google/protobuf/message.h"

namespace daybook::commands {

// Canonical bytes, version 2. After a byte 2 the name of the message ("referrals.ReferralRow":
// context and name, without the version of the contract), then every set field in the order of
// their names as (name, kind, value). Names, texts and nested messages have their length before
// them, 8 bytes big-endian as all integers are; a value of an enumeration is its name; repeated
// fields have their count. So the bytes stay the same when a contract numbers its fields anew.
// Fields at their default and without presence are left out, and so are unknown fields: the server
// does not act on them, so that they are not content. Floating point and maps are not part of any
// contract here and are refused by an assertion. `request_id` and `correlation_id` of a
// types.v1.CommandHead are left out: they name the request and are not its content.
std::string CanonicalBytes(const google::protobuf::Message& message);

// Whether both, of one type, say the same.
bool SaysTheSame(const google::protobuf::Message& a, const google::protobuf::Message& b);

// What is sealed of a request, in plain: to be digested under the keys that seal it, and never
// otherwise.
struct SealedContent {
  // One a row of a message of rows, else one for the whole; empty where nothing is sealed.
  std::vector<std::string> items;
  bool by_row = false;

  bool empty() const;
  // Of what was recorded, by the answer that is kept: what a row gave that was not recorded was
  // not sealed under any key.
  std::string Recorded(std::string_view answer) const;
};

struct RequestContent {
  eventstore::Hash fingerprint{};
  SealedContent sealed;
};

// The fingerprint is the SHA-256 of the canonical bytes, in which a field that is sealed is only
// named, and of a day that is sealed the month stands.
RequestContent ContentOf(const google::protobuf::Message& request);

}  // namespace daybook::commands
