// XChaCha20-Poly1305 (libsodium) with associated data. Pure but for the random nonce.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "eventstore/core/ids.h"
#include "eventstore/sealing/key_provider.h"

namespace daybook::sealing {

inline constexpr std::size_t kNonceBytes = 24;

// Once a process, before anything else of this room. INTERNAL when libsodium does not start.
absl::Status InitCrypto();

std::string RandomBytes(std::size_t count);
SecretKey RandomKey();

// Ciphertext with its tag.
std::string Encrypt(const SecretKey& key, std::string_view nonce, std::string_view associated,
                    std::string_view plaintext);

// DATA_LOSS when key, nonce, associated data or ciphertext are not those of the encryption.
absl::StatusOr<std::string> Decrypt(const SecretKey& key, std::string_view nonce,
                                    std::string_view associated, std::string_view ciphertext);

// Nonce and ciphertext of one key under another, for storage; `associated` says whose key it is.
std::string Wrap(const SecretKey& outer, std::string_view associated, const SecretKey& inner);
absl::StatusOr<SecretKey> Unwrap(const SecretKey& outer, std::string_view associated,
                                 std::string_view wrapped);

// HMAC-SHA-256.
eventstore::Hash Hmac(const SecretKey& key, std::string_view message);
// A key for one purpose, which says nothing about the one that it is derived from.
SecretKey DeriveKey(const SecretKey& key, std::string_view purpose);

// A key that only who has all of the others can make; their order counts.
SecretKey CombineKeys(const std::vector<SecretKey>& keys, std::string_view purpose);

// Keyed hash, hexadecimal: finds a name again without storing it.
std::string KeyedDigest(const SecretKey& key, std::string_view text);

}  // namespace daybook::sealing
