// The right edge of a growing tree: all that is needed to go on and to know the root.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eventstore/merkle/hash.h"

namespace daybook::merkle {

// The roots of the perfect subtrees that make up a tree of size() leaves, largest first: one for
// each one-bit of the size, so at most 64 of them. A plain value; not thread-safe while it changes.
class Frontier {
 public:
  // Adds the next leaf (its hash, see LeafHash). Amortised one NodeHash.
  void Append(const Hash& leaf) {
    AppendReporting(leaf, [](unsigned, std::uint64_t, const Hash&) {});
  }

  // The same; `completed(level, index, hash)` hears of every perfect subtree that the leaf
  // completes, the leaf itself (level 0) first.
  template <typename Completed>
  void AppendReporting(const Hash& leaf, const Completed& completed) {
    // As in a binary counter: each trailing one-bit of the size is a subtree that this leaf
    // completes into one of twice its size.
    Hash node = leaf;
    unsigned level = 0;
    completed(level, size_, node);
    while (((size_ >> level) & 1U) != 0) {
      node = NodeHash(subtrees_.back(), node);
      subtrees_.pop_back();
      ++level;
      completed(level, size_ >> level, node);
    }
    subtrees_.push_back(node);
    ++size_;
  }

  std::uint64_t size() const { return size_; }

  // The root of the tree, EmptyRoot() when it has no leaves. At most 63 NodeHashes.
  Hash Root() const;

  // Size as 8 bytes, big-endian, then the subtrees' roots, largest first, 32 bytes each.
  std::string Serialise() const;

  // nullopt when `bytes` is not what Serialise gives for some size.
  static std::optional<Frontier> Parse(std::string_view bytes);

  friend bool operator==(const Frontier&, const Frontier&) = default;

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> subtrees_;
};

// The root of the tree over these leaf hashes, in one pass.
Hash RootFromLeaves(std::span<const Hash> leaves);

}  // namespace daybook::merkle
