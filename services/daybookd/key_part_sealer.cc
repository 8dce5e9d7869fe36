#include "services/daybookd/key_part_sealer.h"

#include <string>

#include "eventstore/core/error.h"
#include "eventstore/sealing/sealer.h"

namespace daybook::daemon {

absl::StatusOr<std::vector<eventstore::SealedPart>> KeyPartSealer::Seal(
    std::string_view agency, std::vector<commands::PartToSeal> parts) {
  std::vector<sealing::KeyRequest> requests;
  requests.reserve(parts.size());
  for (const auto& part : parts) {
    requests.push_back(
        {{std::string(agency), part.retention_dataset, part.year}, part.subject_ref});
  }
  DAYBOOK_ASSIGN_OR_RETURN(const auto keys, keys_.Keys(requests));
  std::vector<eventstore::SealedPart> sealed;
  sealed.reserve(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    sealed.push_back(
        sealing::SealPart(keys[i], parts[i].event_id, parts[i].name, parts[i].plaintext));
  }
  return sealed;
}

}  // namespace daybook::daemon
