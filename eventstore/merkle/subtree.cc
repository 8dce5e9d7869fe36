#include "eventstore/merkle/subtree.h"

namespace daybook::merkle {

std::optional<Hash> SubtreeRoot(const NodeSource& nodes, std::uint64_t begin, std::uint64_t end) {
  const std::uint64_t size = end - begin;
  if (std::has_single_bit(size)) {
    const auto level = static_cast<unsigned>(std::countr_zero(size));
    return nodes.Node(level, begin >> level);
  }
  const std::uint64_t split = begin + SplitPoint(size);
  const std::optional<Hash> left = SubtreeRoot(nodes, begin, split);
  const std::optional<Hash> right = SubtreeRoot(nodes, split, end);
  if (!left.has_value() || !right.has_value()) {
    return std::nullopt;
  }
  return NodeHash(*left, *right);
}

}  // namespace daybook::merkle
