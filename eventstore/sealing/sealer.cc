#include "eventstore/sealing/sealer.h"

#include <sodium.h>

#include "eventstore/core/error.h"
#include "eventstore/sealing/cipher.h"

namespace daybook::sealing {
namespace {

// Length-prefixed, so that no two (event, name) pairs have the same bytes.
std::string Associated(std::string_view event_id, std::string_view name) {
  std::string bytes = "daybook part 1 ";
  bytes += std::to_string(event_id.size());
  bytes += ' ';
  bytes += event_id;
  bytes += name;
  return bytes;
}

// The length of what is sealed would tell an age of two figures from one of one.
constexpr std::size_t kBlockBytes = 64;
constexpr char kPadding = '\x80';

std::string Padded(std::string_view plaintext) {
  std::string padded(plaintext);
  padded.push_back(kPadding);
  padded.resize((padded.size() + kBlockBytes - 1) / kBlockBytes * kBlockBytes, '\0');
  return padded;
}

constexpr std::string_view kDigestPurpose = "daybook part digest 1";

}  // namespace

eventstore::Hash PartDigest(const SecretKey& key, std::string_view name,
                            std::string_view plaintext) {
  std::string message;
  for (int shift = 24; shift >= 0; shift -= 8) {
    message.push_back(static_cast<char>(static_cast<std::uint8_t>(name.size() >> shift)));
  }
  message += name;
  message += plaintext;
  const eventstore::Hash digest = Hmac(DeriveKey(key, kDigestPurpose), message);
  sodium_memzero(message.data(), message.size());
  return digest;
}

eventstore::SealedPart SealPart(const DataKey& key, std::string_view event_id,
                                std::string_view name, std::string_view plaintext) {
  eventstore::SealedPart part;
  part.name = std::string(name);
  part.key_id = key.id;
  part.nonce = RandomBytes(kNonceBytes);
  part.ciphertext = Encrypt(key.key, part.nonce, Associated(event_id, name), Padded(plaintext));
  part.digest = PartDigest(key.key, name, plaintext);
  return part;
}

absl::StatusOr<std::string> OpenPart(KeyProvider& keys, std::string_view event_id,
                                     const eventstore::SealedPart& part) {
  if (part.erased) {
    return eventstore::MakeError(absl::StatusCode::kFailedPrecondition, "the part was erased",
                                 {.reason = std::string(reason::kPartErased),
                                  .remedy = "Nothing can bring it back.",
                                  .fields = {{part.name, "was erased"}},
                                  .metadata = {}});
  }
  DAYBOOK_ASSIGN_OR_RETURN(const SecretKey key, keys.Find(part.key_id));
  DAYBOOK_ASSIGN_OR_RETURN(
      std::string text, Decrypt(key, part.nonce, Associated(event_id, part.name), part.ciphertext));
  const std::size_t end = text.find_last_of(kPadding);
  if (end == std::string::npos) {
    return eventstore::MakeError(absl::StatusCode::kDataLoss, "a sealed value is not padded",
                                 {.reason = std::string(reason::kPartDamaged),
                                  .remedy = "Restore keys and log that belong together.",
                                  .fields = {},
                                  .metadata = {}});
  }
  text.resize(end);
  return text;
}

}  // namespace daybook::sealing
