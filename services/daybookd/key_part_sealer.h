// Seals and compares the parts of commands with the keys of eventstore/sealing.
#pragma once

#include "eventstore/sealing/key_provider.h"
#include "services/commands/opaque_ids.h"
#include "services/commands/part_sealer.h"

namespace daybook::daemon {

// Thread-safe. Does not own the keys.
class KeyPartSealer final : public commands::PartSealer, public commands::OpaqueIds {
 public:
  explicit KeyPartSealer(sealing::KeyProvider& keys) : keys_(keys) {}

  absl::StatusOr<std::vector<eventstore::SealedPart>> Seal(
      std::string_view agency, std::vector<commands::PartToSeal> parts) override;
  absl::StatusOr<commands::PartMatch> Match(const commands::PartTrace& trace, std::string_view name,
                                            std::string_view plaintext) override;
  absl::StatusOr<std::optional<std::string>> Open(std::string_view event_id,
                                                  const eventstore::SealedPart& part) override;
  absl::StatusOr<std::optional<std::string>> DigestUnder(const std::set<std::string>& key_ids,
                                                         std::string_view content) override;
  absl::StatusOr<std::string> FileDigest(std::string_view agency,
                                         std::string_view sha256) override {
    return keys_.FileDigest(agency, sha256);
  }
  absl::StatusOr<std::vector<std::string>> IdsOf(std::string_view space,
                                                 const std::vector<std::string>& keys,
                                                 bool make) override {
    return keys_.OpaqueIds(space, keys, make);
  }

 private:
  sealing::KeyProvider& keys_;
};

}  // namespace daybook::daemon
