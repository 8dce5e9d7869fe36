// SHA-256 and the two hashes of an RFC 6962 tree.
//
// Digests run through one OpenSSL context a thread, made once and reused: a one-shot digest costs
// about three times as much. All free functions are thread-safe and cannot fail; OpenSSL without
// SHA-256 or without memory ends the process.
#pragma once

#include <string_view>

#include "eventstore/core/ids.h"

struct evp_md_ctx_st;

namespace daybook::merkle {

using eventstore::Hash;

inline std::string_view AsBytes(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

// An incremental SHA-256 that can be used again after Finish. Not thread-safe.
class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;

  Hasher& Update(std::string_view bytes);
  Hasher& Update(const Hash& hash) { return Update(AsBytes(hash)); }
  // The digest of everything since the construction or the last Finish; begins anew.
  Hash Finish();

 private:
  evp_md_ctx_st* context_;
};

Hash Sha256(std::string_view bytes);

// SHA-256 of `first` followed by `second`, without joining them.
Hash Sha256(std::string_view first, std::string_view second);

// SHA-256(0x00 || data).
Hash LeafHash(std::string_view data);

// SHA-256(0x01 || left || right).
Hash NodeHash(const Hash& left, const Hash& right);

// The root of the tree without leaves: SHA-256 of nothing.
Hash EmptyRoot();

}  // namespace daybook::merkle
