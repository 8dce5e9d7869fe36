#include "eventstore/merkle/proof.h"

#include <algorithm>
#include <bit>
#include <cstddef>

#include "eventstore/merkle/subtree.h"

namespace daybook::merkle {
namespace {

// Appends the root over [begin, end); false when it cannot be had.
bool AppendSubtree(const NodeSource& nodes, std::uint64_t begin, std::uint64_t end, Proof& proof) {
  const std::optional<Hash> root = SubtreeRoot(nodes, begin, end);
  if (root.has_value()) {
    proof.push_back(*root);
  }
  return root.has_value();
}

}  // namespace

std::optional<Proof> InclusionProof(const NodeSource& nodes, std::uint64_t index,
                                    std::uint64_t size) {
  if (index >= size) {
    return std::nullopt;
  }
  Proof proof;
  std::uint64_t begin = 0;
  std::uint64_t end = size;
  while (end - begin > 1) {  // down from the root; the RFC lists the siblings from the leaf up
    const std::uint64_t split = begin + SplitPoint(end - begin);
    const bool left = index < split;
    if (!AppendSubtree(nodes, left ? split : begin, left ? end : split, proof)) {
      return std::nullopt;
    }
    (left ? end : begin) = split;
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

std::optional<Proof> ConsistencyProof(const NodeSource& nodes, std::uint64_t first,
                                      std::uint64_t second) {
  if (first > second) {
    return std::nullopt;
  }
  Proof proof;
  if (first == 0 || first == second) {
    return proof;
  }
  std::uint64_t begin = 0;
  std::uint64_t end = second;
  while (end != first) {
    const std::uint64_t split = begin + SplitPoint(end - begin);
    const bool left = first <= split;
    if (!AppendSubtree(nodes, left ? split : begin, left ? end : split, proof)) {
      return std::nullopt;
    }
    (left ? end : begin) = split;
  }
  // The subtree that ends the first tree. When it is the whole first tree the verifier has it.
  if (begin != 0 && !AppendSubtree(nodes, begin, end, proof)) {
    return std::nullopt;
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

bool VerifyInclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, const Proof& proof,
                     const Hash& root) {
  if (index >= size) {
    return false;
  }
  std::uint64_t fn = index;  // the names are the RFC's
  std::uint64_t sn = size - 1;
  Hash r = leaf;
  for (const Hash& p : proof) {
    if (sn == 0) {
      return false;
    }
    if ((fn & 1U) != 0 || fn == sn) {
      r = NodeHash(p, r);
      while ((fn & 1U) == 0 && fn != 0) {
        fn >>= 1U;
        sn >>= 1U;
      }
    } else {
      r = NodeHash(r, p);
    }
    fn >>= 1U;
    sn >>= 1U;
  }
  return sn == 0 && r == root;
}

bool VerifyConsistency(std::uint64_t first, std::uint64_t second, const Hash& first_root,
                       const Hash& second_root, const Proof& proof) {
  if (first > second) {
    return false;
  }
  if (first == 0) {
    return proof.empty() && first_root == EmptyRoot() && (second > 0 || second_root == first_root);
  }
  if (first == second) {
    return proof.empty() && first_root == second_root;
  }
  // The RFC's path: the first tree's root leads it when that tree is a perfect subtree.
  const bool perfect = std::has_single_bit(first);
  if (!perfect && proof.empty()) {
    return false;
  }
  std::uint64_t fn = first - 1;
  std::uint64_t sn = second - 1;
  for (; (fn & 1U) != 0; fn >>= 1U) {
    sn >>= 1U;
  }
  Hash fr = perfect ? first_root : proof.front();
  Hash sr = fr;
  for (std::size_t i = perfect ? 0 : 1; i < proof.size(); ++i) {
    const Hash& c = proof[i];
    if (sn == 0) {
      return false;
    }
    if ((fn & 1U) != 0 || fn == sn) {
      fr = NodeHash(c, fr);
      sr = NodeHash(c, sr);
      while ((fn & 1U) == 0 && fn != 0) {
        fn >>= 1U;
        sn >>= 1U;
      }
    } else {
      sr = NodeHash(sr, c);
    }
    fn >>= 1U;
    sn >>= 1U;
  }
  return sn == 0 && fr == first_root && sr == second_root;
}

}  // namespace daybook::merkle
