#include "services/daybookd/key_part_sealer.h"

#include <algorithm>
#include <string>

#include "eventstore/core/error.h"
#include "eventstore/core/ids.h"
#include "eventstore/sealing/cipher.h"
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

absl::StatusOr<commands::PartMatch> KeyPartSealer::Match(const commands::PartTrace& trace,
                                                         std::string_view name,
                                                         std::string_view plaintext) {
  const auto key = keys_.Find(
      eventstore::ToHex({reinterpret_cast<const char*>(trace.key.data()), trace.key.size()}));
  if (!key.ok()) {
    if (eventstore::ErrorReason(key.status()) == sealing::reason::kPartErased) {
      return commands::PartMatch::kErased;
    }
    if (absl::IsNotFound(key.status())) return commands::PartMatch::kOther;
    return key.status();
  }
  const eventstore::Hash digest = sealing::PartDigest(*key, name, plaintext);
  return std::equal(trace.digest.begin(), trace.digest.end(), digest.begin())
             ? commands::PartMatch::kSame
             : commands::PartMatch::kOther;
}

namespace {

bool IsGone(const absl::Status& status) {
  return absl::IsNotFound(status) ||
         eventstore::ErrorReason(status) == sealing::reason::kPartErased;
}

}  // namespace

absl::StatusOr<std::optional<std::string>> KeyPartSealer::Open(std::string_view event_id,
                                                               const eventstore::SealedPart& part) {
  auto text = sealing::OpenPart(keys_, event_id, part);
  if (!text.ok() && IsGone(text.status())) return std::nullopt;
  if (!text.ok()) return text.status();
  return std::make_optional(*std::move(text));
}

absl::StatusOr<std::optional<std::string>> KeyPartSealer::DigestUnder(
    const std::set<std::string>& key_ids, std::string_view content) {
  std::vector<sealing::SecretKey> keys;
  for (const std::string& id : key_ids) {
    const auto key = keys_.Find(id);
    if (!key.ok() && IsGone(key.status())) return std::nullopt;
    if (!key.ok()) return key.status();
    keys.push_back(*key);
  }
  const eventstore::Hash digest =
      sealing::Hmac(sealing::CombineKeys(keys, "daybook request digest 1"), content);
  return std::make_optional<std::string>(digest.begin(), digest.end());
}

}  // namespace daybook::daemon
