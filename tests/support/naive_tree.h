// The Merkle tree hash, word for word as RFC 6962 2.1 defines it: slow, obviously right.
#pragma once

#include <cstddef>
#include <span>

#include "eventstore/merkle/hash.h"

namespace daybook::testing {

// MTH over leaf hashes.
inline merkle::Hash NaiveRoot(std::span<const merkle::Hash> leaves) {
  if (leaves.empty()) {
    return merkle::Sha256({});
  }
  if (leaves.size() == 1) {
    return leaves.front();
  }
  std::size_t k = 1;
  while (k * 2 < leaves.size()) {
    k *= 2;
  }
  return merkle::NodeHash(NaiveRoot(leaves.first(k)), NaiveRoot(leaves.subspan(k)));
}

}  // namespace daybook::testing
