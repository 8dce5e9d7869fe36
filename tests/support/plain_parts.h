// Seals parts without a secret, and compares them as the true sealer does: for tests that are about
// something else.
#pragma once

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eventstore/core/ids.h"
#include "eventstore/merkle/hash.h"
#include "services/commands/opaque_ids.h"
#include "services/commands/part_sealer.h"

namespace daybook::testing {

// A part of one subject, or of one event's text, as a store takes it; the same subject has one key.
inline eventstore::SealedPart PlainPart(std::string_view event_id, std::string_view name,
                                        std::string_view plaintext, std::string_view subject_ref) {
  const std::string owner =
      subject_ref.empty() ? std::string(event_id).append(name) : std::string(subject_ref);
  eventstore::SealedPart part;
  part.name = std::string(name);
  part.key_id = eventstore::ToHex(merkle::Sha256(owner)).substr(0, 32);
  part.nonce = std::string(24, 'n');
  for (const char c : plaintext) part.ciphertext.push_back(static_cast<char>(c ^ 0x55));
  part.ciphertext.append("tag");
  part.digest = merkle::Sha256(part.key_id, std::string(name).append(plaintext));
  return part;
}

// What such a part holds.
inline std::string PlainTextOf(const eventstore::SealedPart& part) {
  std::string plaintext;
  for (const char c : part.ciphertext.substr(0, part.ciphertext.size() - 3)) {
    plaintext.push_back(static_cast<char>(c ^ 0x55));
  }
  return plaintext;
}

class PlainParts final : public commands::PartSealer, public commands::OpaqueIds {
 public:
  absl::StatusOr<std::vector<eventstore::SealedPart>> Seal(
      std::string_view, std::vector<commands::PartToSeal> parts) override {
    std::vector<eventstore::SealedPart> sealed;
    for (const commands::PartToSeal& part : parts) {
      sealed.push_back(PlainPart(part.event_id, part.name, part.plaintext, part.subject_ref));
    }
    return sealed;
  }

  absl::StatusOr<commands::PartMatch> Match(const commands::PartTrace& trace, std::string_view name,
                                            std::string_view plaintext) override {
    const std::string key = eventstore::ToHex(
        std::string_view(reinterpret_cast<const char*>(trace.key.data()), trace.key.size()));
    if (erased.contains(key)) return commands::PartMatch::kErased;
    const eventstore::Hash digest = merkle::Sha256(key, std::string(name).append(plaintext));
    return std::equal(trace.digest.begin(), trace.digest.end(), digest.begin())
               ? commands::PartMatch::kSame
               : commands::PartMatch::kOther;
  }

  absl::StatusOr<std::optional<std::string>> Open(std::string_view,
                                                  const eventstore::SealedPart& part) override {
    if (erased.contains(part.key_id)) return std::nullopt;
    return std::make_optional(PlainTextOf(part));
  }

  absl::StatusOr<std::optional<std::string>> DigestUnder(const std::set<std::string>& key_ids,
                                                         std::string_view content) override {
    std::string message;
    for (const std::string& id : key_ids) {
      if (erased.contains(id)) return std::nullopt;
      message += id;
    }
    const eventstore::Hash digest = merkle::Sha256(message, content);
    std::optional<std::string> bytes(std::in_place, merkle::AsBytes(digest));
    return bytes;
  }

  absl::StatusOr<std::string> FileDigest(std::string_view, std::string_view sha256) override {
    return std::string(sha256);
  }

  absl::StatusOr<std::vector<std::string>> IdsOf(std::string_view space,
                                                 const std::vector<std::string>& keys,
                                                 bool make) override {
    std::vector<std::string> ids;
    for (const std::string& key : keys) {
      const auto pair = std::make_pair(std::string(space), key);
      if (make) known_.insert(pair);
      ids.push_back(known_.contains(pair) ? IdOf(space, key) : "");
    }
    return ids;
  }
  static std::string IdOf(std::string_view space, std::string_view key) {
    return eventstore::ToHex(merkle::Sha256(std::string(space) + '\0', key)).substr(0, 32);
  }

  std::set<std::string> erased;  // ids of keys

 private:
  std::set<std::pair<std::string, std::string>> known_;
};

}  // namespace daybook::testing
