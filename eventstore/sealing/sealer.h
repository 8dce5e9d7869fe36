// Seals and opens parts of events. The seal binds the event's id and the part's name, so that a
// ciphertext cannot be moved to another place.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "eventstore/core/event.h"
#include "eventstore/sealing/key_provider.h"

namespace daybook::sealing {

eventstore::SealedPart SealPart(const DataKey& key, std::string_view event_id,
                                std::string_view name, std::string_view plaintext);

// Whether another text is what was sealed, without opening it: the digest that SealPart gives a
// part. Only who has the key can make it.
eventstore::Hash PartDigest(const SecretKey& key, std::string_view name,
                            std::string_view plaintext);

// PART_ERASED when the key or the ciphertext is gone on purpose, PART_DAMAGED when it does not
// open.
absl::StatusOr<std::string> OpenPart(KeyProvider& keys, std::string_view event_id,
                                     const eventstore::SealedPart& part);

}  // namespace daybook::sealing
