#include "eventstore/merkle/nodes.h"

#include <cstddef>

#include "eventstore/merkle/frontier.h"
#include "eventstore/merkle/subtree.h"

namespace daybook::merkle {

void NodeTable::Append(const Hash& leaf) {
  Hash node = leaf;
  for (std::size_t level = 0;; ++level) {
    if (level == levels_.size()) {
      levels_.emplace_back();
    }
    std::vector<Hash>& row = levels_[level];
    row.push_back(node);
    if (row.size() % 2 == 1) {
      return;
    }
    node = NodeHash(row[row.size() - 2], row.back());
  }
}

std::optional<Hash> NodeTable::Node(unsigned level, std::uint64_t index) const {
  if (level >= levels_.size() || index >= levels_[level].size()) {
    return std::nullopt;
  }
  return levels_[level][index];
}

std::optional<Hash> LeafSource::Node(unsigned level, std::uint64_t index) const {
  Frontier frontier;
  const std::uint64_t begin = index << level;
  for (std::uint64_t i = begin; i < begin + (std::uint64_t{1} << level); ++i) {
    const std::optional<Hash> leaf = leaf_(i);
    if (!leaf.has_value()) {
      return std::nullopt;
    }
    frontier.Append(*leaf);
  }
  return frontier.Root();
}

std::optional<Hash> RootFromNodes(const NodeSource& nodes, std::uint64_t size) {
  return size == 0 ? EmptyRoot() : SubtreeRoot(nodes, 0, size);
}

}  // namespace daybook::merkle
