// Proofs about an RFC 6962 tree: that a leaf is in it, and that it only grew. Pure, thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "eventstore/merkle/hash.h"
#include "eventstore/merkle/nodes.h"

namespace daybook::merkle {

using Proof = std::vector<Hash>;

// PATH(index, D[size]) of RFC 6962 2.1.1. nullopt when index >= size or a node is missing.
std::optional<Proof> InclusionProof(const NodeSource& nodes, std::uint64_t index,
                                    std::uint64_t size);

// PROOF(first, D[second]) of RFC 6962 2.1.2; empty for first == 0 and for first == second. nullopt
// when first > second or a node is missing.
std::optional<Proof> ConsistencyProof(const NodeSource& nodes, std::uint64_t first,
                                      std::uint64_t second);

// RFC 9162 2.1.3.2: is `leaf` the leaf number `index` of the tree with `size` leaves and `root`?
bool VerifyInclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, const Proof& proof,
                     const Hash& root);

// RFC 9162 2.1.4.2: is the tree of `first` leaves a prefix of the one of `second` leaves? The RFC
// leaves 0 open: the empty tree is a prefix of every tree, with an empty proof.
bool VerifyConsistency(std::uint64_t first, std::uint64_t second, const Hash& first_root,
                       const Hash& second_root, const Proof& proof);

}  // namespace daybook::merkle
