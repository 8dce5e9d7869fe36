#include "eventstore/merkle/frontier.h"

#include <algorithm>
#include <bit>
#include <cstddef>

namespace daybook::merkle {
namespace {

constexpr std::size_t kSizeBytes = 8;

}  // namespace

Hash Frontier::Root() const {
  if (subtrees_.empty()) {
    return EmptyRoot();
  }
  Hash root = subtrees_.back();
  for (auto subtree = subtrees_.rbegin() + 1; subtree != subtrees_.rend(); ++subtree) {
    root = NodeHash(*subtree, root);
  }
  return root;
}

std::string Frontier::Serialise() const {
  std::string bytes;
  bytes.reserve(kSizeBytes + subtrees_.size() * sizeof(Hash));
  for (int shift = 56; shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<char>((size_ >> static_cast<unsigned>(shift)) & 0xFFU));
  }
  for (const Hash& subtree : subtrees_) {
    bytes.append(AsBytes(subtree));
  }
  return bytes;
}

std::optional<Frontier> Frontier::Parse(std::string_view bytes) {
  if (bytes.size() < kSizeBytes) {
    return std::nullopt;
  }
  Frontier frontier;
  for (std::size_t i = 0; i < kSizeBytes; ++i) {
    frontier.size_ = (frontier.size_ << 8U) | static_cast<unsigned char>(bytes[i]);
  }
  bytes.remove_prefix(kSizeBytes);
  const auto subtrees = static_cast<std::size_t>(std::popcount(frontier.size_));
  if (bytes.size() != subtrees * sizeof(Hash)) {
    return std::nullopt;
  }
  frontier.subtrees_.resize(subtrees);
  for (Hash& subtree : frontier.subtrees_) {
    std::copy_n(reinterpret_cast<const std::uint8_t*>(bytes.data()), subtree.size(),
                subtree.begin());
    bytes.remove_prefix(subtree.size());
  }
  return frontier;
}

Hash RootFromLeaves(std::span<const Hash> leaves) {
  Frontier frontier;
  for (const Hash& leaf : leaves) {
    frontier.Append(leaf);
  }
  return frontier.Root();
}

}  // namespace daybook::merkle
