// How a command's personal parts are sealed, and compared with those that stand: the seam between
// the common way of a command and whoever holds the keys (eventstore/sealing), so that the way
// itself needs no key store.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "eventstore/core/event.h"
#include "services/commands/sealed_row.h"

namespace daybook::commands {

// A part in plain, and what says which key seals it.
struct PartToSeal {
  std::string event_id;  // the event that it belongs to; may be bound into the seal
  std::string name;      // field of the event
  std::string plaintext;
  // Keys are grouped by (agency, retention_dataset, year): the last two of them.
  std::string retention_dataset;
  int year = 0;  // of the event's effective time; 0 where it has none
  // Whose key seals it; empty for a free text, which gets a key of its own.
  std::string subject_ref;
};

// Thread-safe.
class PartSealer : public PartMatcher {
 public:
  // Seals all parts of one request, in their order. All keys that are needed are on disk when it
  // returns, with one sync at most. Parts of one subject (within agency, dataset and year) share a
  // key. Errors: those of the key store; then nothing may be appended.
  virtual absl::StatusOr<std::vector<eventstore::SealedPart>> Seal(
      std::string_view agency, std::vector<PartToSeal> parts) = 0;
};

}  // namespace daybook::commands
