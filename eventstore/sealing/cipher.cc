#include "eventstore/sealing/cipher.h"

#include <sodium.h>

#include <algorithm>

#include "eventstore/core/error.h"
#include "eventstore/core/ids.h"

namespace daybook::sealing {
namespace {

static_assert(kNonceBytes == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(SecretKey::kBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

absl::Status Damaged() {
  return eventstore::MakeError(absl::StatusCode::kDataLoss, "a sealed value does not open",
                               {.reason = std::string(reason::kPartDamaged),
                                .remedy = "Restore keys and log that belong together.",
                                .fields = {},
                                .metadata = {}});
}

}  // namespace

SecretKey::~SecretKey() { sodium_memzero(bytes_.data(), bytes_.size()); }

absl::Status InitCrypto() {
  return sodium_init() < 0 ? absl::InternalError("libsodium did not start") : absl::OkStatus();
}

std::string RandomBytes(std::size_t count) {
  std::string bytes(count, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

SecretKey RandomKey() {
  SecretKey key;
  randombytes_buf(key.data(), SecretKey::kBytes);
  return key;
}

std::string Encrypt(const SecretKey& key, std::string_view nonce, std::string_view associated,
                    std::string_view plaintext) {
  std::string ciphertext(plaintext.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES, '\0');
  unsigned long long size = 0;  // NOLINT(google-runtime-int): libsodium's type
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      reinterpret_cast<unsigned char*>(ciphertext.data()), &size, Bytes(plaintext),
      plaintext.size(), Bytes(associated), associated.size(), nullptr, Bytes(nonce), key.data());
  ciphertext.resize(size);
  return ciphertext;
}

absl::StatusOr<std::string> Decrypt(const SecretKey& key, std::string_view nonce,
                                    std::string_view associated, std::string_view ciphertext) {
  if (nonce.size() != kNonceBytes ||
      ciphertext.size() < crypto_aead_xchacha20poly1305_ietf_ABYTES) {
    return Damaged();
  }
  std::string plaintext(ciphertext.size() - crypto_aead_xchacha20poly1305_ietf_ABYTES, '\0');
  unsigned long long size = 0;  // NOLINT(google-runtime-int): libsodium's type
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          reinterpret_cast<unsigned char*>(plaintext.data()), &size, nullptr, Bytes(ciphertext),
          ciphertext.size(), Bytes(associated), associated.size(), Bytes(nonce), key.data()) != 0) {
    return Damaged();
  }
  plaintext.resize(size);
  return plaintext;
}

std::string Wrap(const SecretKey& outer, std::string_view associated, const SecretKey& inner) {
  const std::string nonce = RandomBytes(kNonceBytes);
  const std::string_view key(reinterpret_cast<const char*>(inner.data()), SecretKey::kBytes);
  return nonce + Encrypt(outer, nonce, associated, key);
}

absl::StatusOr<SecretKey> Unwrap(const SecretKey& outer, std::string_view associated,
                                 std::string_view wrapped) {
  if (wrapped.size() < kNonceBytes) return Damaged();
  DAYBOOK_ASSIGN_OR_RETURN(std::string plain, Decrypt(outer, wrapped.substr(0, kNonceBytes),
                                                      associated, wrapped.substr(kNonceBytes)));
  if (plain.size() != SecretKey::kBytes) return Damaged();
  SecretKey key;
  std::copy(plain.begin(), plain.end(), key.data());
  sodium_memzero(plain.data(), plain.size());
  return key;
}

eventstore::Hash Hmac(const SecretKey& key, std::string_view message) {
  eventstore::Hash digest{};
  static_assert(sizeof(digest) == crypto_auth_hmacsha256_BYTES);
  static_assert(SecretKey::kBytes == crypto_auth_hmacsha256_KEYBYTES);
  crypto_auth_hmacsha256(digest.data(), Bytes(message), message.size(), key.data());
  return digest;
}

SecretKey DeriveKey(const SecretKey& key, std::string_view purpose) {
  eventstore::Hash derived = Hmac(key, purpose);
  SecretKey made(derived);
  sodium_memzero(derived.data(), derived.size());
  return made;
}

SecretKey CombineKeys(const std::vector<SecretKey>& keys, std::string_view purpose) {
  // HKDF's extraction: the purpose is the salt, the keys are what is extracted from.
  SecretKey salt;
  crypto_hash_sha256(salt.data(), Bytes(purpose), purpose.size());
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, salt.data(), SecretKey::kBytes);
  for (const SecretKey& key : keys) {
    crypto_auth_hmacsha256_update(&state, key.data(), SecretKey::kBytes);
  }
  SecretKey combined;
  crypto_auth_hmacsha256_final(&state, combined.data());
  sodium_memzero(&state, sizeof(state));
  return combined;
}

std::string KeyedDigest(const SecretKey& key, std::string_view text) {
  eventstore::Hash digest{};
  crypto_generichash(digest.data(), digest.size(), Bytes(text), text.size(), key.data(),
                     SecretKey::kBytes);
  return eventstore::ToHex(digest);
}

}  // namespace daybook::sealing
