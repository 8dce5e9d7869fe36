// How a command's personal parts are sealed, and compared with those that stand: the seam between
// the common way of a command and whoever holds the keys (eventstore/sealing), so that the way
// itself needs no key store.
#pragma once

#include <optional>
#include <set>
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

  // What a part holds; nullopt once its key was destroyed or is lost.
  virtual absl::StatusOr<std::optional<std::string>> Open(std::string_view event_id,
                                                          const eventstore::SealedPart& part) = 0;

  // 32 bytes: a digest of `content` under a key that is made of all of these keys, at least one, in
  // whatever order. nullopt once one of them was destroyed or is lost: nobody can make it again.
  virtual absl::StatusOr<std::optional<std::string>> DigestUnder(
      const std::set<std::string>& key_ids, std::string_view content) = 0;

  // The digest by which a file is known that may hold personal values (KeyProvider::FileDigest).
  virtual absl::StatusOr<std::string> FileDigest(std::string_view agency,
                                                 std::string_view sha256) = 0;
};

}  // namespace daybook::commands
