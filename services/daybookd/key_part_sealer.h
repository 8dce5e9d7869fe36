// Seals and compares the parts of commands with the keys of eventstore/sealing.
#pragma once

#include "eventstore/sealing/key_provider.h"
#include "services/commands/part_sealer.h"

namespace daybook::daemon {

// Thread-safe. Does not own the keys.
class KeyPartSealer final : public commands::PartSealer {
 public:
  explicit KeyPartSealer(sealing::KeyProvider& keys) : keys_(keys) {}

  absl::StatusOr<std::vector<eventstore::SealedPart>> Seal(
      std::string_view agency, std::vector<commands::PartToSeal> parts) override;
  absl::StatusOr<commands::PartMatch> Match(const commands::PartTrace& trace, std::string_view name,
                                            std::string_view plaintext) override;

 private:
  sealing::KeyProvider& keys_;
};

}  // namespace daybook::daemon
