#include "eventstore/merkle/hash.h"

#include <openssl/evp.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace daybook::merkle {
namespace {

void Require(bool works) {
  if (!works) {
    std::fputs("daybook: OpenSSL cannot compute SHA-256\n", stderr);
    std::abort();
  }
}

// Fetched once: looking an algorithm up costs more than hashing a small record.
const EVP_MD* Algorithm() {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  Require(algorithm != nullptr);
  return algorithm;
}

Hasher& ThreadHasher() {
  thread_local Hasher hasher;
  return hasher;
}

}  // namespace

Hasher::Hasher() : context_(EVP_MD_CTX_new()) {
  Require(context_ != nullptr && EVP_DigestInit_ex2(context_, Algorithm(), nullptr) == 1);
}

Hasher::~Hasher() { EVP_MD_CTX_free(context_); }

Hasher& Hasher::Update(std::string_view bytes) {
  Require(EVP_DigestUpdate(context_, bytes.data(), bytes.size()) == 1);
  return *this;
}

Hash Hasher::Finish() {
  Hash hash;
  Require(EVP_DigestFinal_ex(context_, hash.data(), nullptr) == 1 &&
          EVP_DigestInit_ex2(context_, nullptr, nullptr) == 1);
  return hash;
}

Hash Sha256(std::string_view bytes) { return ThreadHasher().Update(bytes).Finish(); }

Hash Sha256(std::string_view first, std::string_view second) {
  return ThreadHasher().Update(first).Update(second).Finish();
}

Hash LeafHash(std::string_view data) {
  return ThreadHasher().Update(std::string_view("\0", 1)).Update(data).Finish();
}

Hash NodeHash(const Hash& left, const Hash& right) {
  std::array<char, 1 + 2 * sizeof(Hash)> node;
  node[0] = 1;
  std::memcpy(node.data() + 1, left.data(), left.size());
  std::memcpy(node.data() + 1 + left.size(), right.data(), right.size());
  return Sha256({node.data(), node.size()});
}

Hash EmptyRoot() { return Sha256({}); }

}  // namespace daybook::merkle
