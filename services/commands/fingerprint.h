// The fingerprint of a request: SHA-256 over our own canonical encoding of the validated message.
// Serialised protobuf is not canonical, so it is never hashed.
#pragma once

#include <string>

#include "eventstore/core/ids.h"
#include "google/protobuf/message.h"

namespace daybook::commands {

// Canonical bytes: full message name, then every set field in ascending number as
// (number, wire kind, value), strings and bytes length-prefixed, integers as 8 bytes big-endian,
// nested messages recursively, repeated fields with their count. Fields at their default and
// without presence are left out, and so are unknown fields: the server does not act on them, so
// that they are not content. Floating point and maps are not part of any contract here and are
// refused by an assertion. `request_id` and `correlation_id` of a types.v1.CommandHead are left
// out: they name the request and are not its content.
std::string CanonicalBytes(const google::protobuf::Message& request);

// Whether both, of one type, say the same.
bool SaysTheSame(const google::protobuf::Message& a, const google::protobuf::Message& b);

eventstore::Hash Fingerprint(const google::protobuf::Message& request);

}  // namespace daybook::commands
