// Where proofs get the hashes of a tree from.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "eventstore/merkle/hash.h"

namespace daybook::merkle {

// The perfect subtrees of a growing tree. Node (level, index) is the root over the leaves
// [index << level, (index + 1) << level); it never changes once its leaves are there.
class NodeSource {
 public:
  virtual ~NodeSource() = default;
  // nullopt when the node's leaves are not all there, or cannot be read.
  virtual std::optional<Hash> Node(unsigned level, std::uint64_t index) const = 0;
};

// Keeps every node in memory: 64 bytes a leaf. Not thread-safe while it grows.
class NodeTable final : public NodeSource {
 public:
  void Append(const Hash& leaf);
  std::uint64_t size() const { return levels_.empty() ? 0 : levels_.front().size(); }
  std::optional<Hash> Node(unsigned level, std::uint64_t index) const override;

 private:
  std::vector<std::vector<Hash>> levels_;
};

// Computes nodes from leaves: 2^level reads a node. `leaf` gives the hash of a leaf, or nullopt.
class LeafSource final : public NodeSource {
 public:
  using ReadLeaf = std::function<std::optional<Hash>(std::uint64_t index)>;
  explicit LeafSource(ReadLeaf leaf) : leaf_(std::move(leaf)) {}
  std::optional<Hash> Node(unsigned level, std::uint64_t index) const override;

 private:
  ReadLeaf leaf_;
};

// The root of the tree over the first `size` leaves; nullopt when the source lacks a node of it.
std::optional<Hash> RootFromNodes(const NodeSource& nodes, std::uint64_t size);

}  // namespace daybook::merkle
