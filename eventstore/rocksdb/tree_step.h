// What new leaves do to the Merkle tree over the log.
//
// Of the tree the store keeps the frontier (in the state) and the hash over every perfect tree of
// 256, 65,536, … leaves (in the family `tree`); leaves stand in the records. Any node of any
// earlier tree is a fold over at most 255 of one of these.
#pragma once

#include <cstdint>
#include <vector>

#include "eventstore/core/ids.h"
#include "eventstore/merkle/frontier.h"

namespace daybook::eventstore::rocks {

inline constexpr unsigned kTreeLevelStep = 8;  // nodes are kept at levels 8, 16, 24, …

struct TreeNode {
  std::uint8_t level = 0;
  std::uint64_t index = 0;  // covers leaves [index << level, (index + 1) << level)
  Hash hash{};
  friend bool operator==(const TreeNode&, const TreeNode&) = default;
};

struct TreeStep {
  merkle::Frontier frontier;    // after the leaves
  std::vector<TreeNode> nodes;  // completed by them, to be kept

  void Append(const Hash& leaf) {
    frontier.AppendReporting(leaf, [this](unsigned level, std::uint64_t index, const Hash& hash) {
      if (level == 0 || level % kTreeLevelStep != 0) return;
      nodes.push_back({static_cast<std::uint8_t>(level), index, hash});
    });
  }
};

}  // namespace daybook::eventstore::rocks
