// All sizes from 0 to 300 against the definition.
#include <gtest/gtest.h>

#include <bit>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "eventstore/merkle/frontier.h"
#include "eventstore/merkle/hash.h"
#include "eventstore/merkle/nodes.h"
#include "tests/support/naive_tree.h"

namespace daybook::merkle {
namespace {

using ::daybook::testing::NaiveRoot;

constexpr std::size_t kSizes = 300;

std::vector<Hash> Leaves(std::size_t count) {
  std::vector<Hash> leaves;
  for (std::size_t i = 0; i < count; ++i) {
    leaves.push_back(LeafHash("leaf " + std::to_string(i)));
  }
  return leaves;
}

TEST(Tree, LeavesAndNodesAreHashedApart) {
  const Hash a = LeafHash("a");
  const std::string joined = std::string(AsBytes(a)) + std::string(AsBytes(a));
  EXPECT_NE(LeafHash(joined), NodeHash(a, a));
  EXPECT_EQ(LeafHash(joined), Sha256(std::string(1, '\0') + joined));
  EXPECT_EQ(NodeHash(a, a), Sha256("\x01" + joined));
}

TEST(Tree, EverySizeHasTheRootOfTheDefinition) {
  const std::vector<Hash> leaves = Leaves(kSizes);
  Frontier frontier;
  NodeTable table;
  const LeafSource source([&leaves](std::uint64_t i) -> std::optional<Hash> {
    return i < leaves.size() ? std::optional<Hash>(leaves[i]) : std::nullopt;
  });
  for (std::size_t size = 0; size <= kSizes; ++size) {
    const Hash expected = NaiveRoot(std::span(leaves).first(size));
    ASSERT_EQ(frontier.size(), size);
    ASSERT_EQ(table.size(), size);
    ASSERT_EQ(frontier.Root(), expected) << size;
    ASSERT_EQ(RootFromLeaves(std::span(leaves).first(size)), expected) << size;
    ASSERT_EQ(RootFromNodes(table, size), expected) << size;
    ASSERT_EQ(RootFromNodes(source, size), expected) << size;
    if (size < kSizes) {
      frontier.Append(leaves[size]);
      table.Append(leaves[size]);
    }
  }
  for (std::size_t size = 0; size <= kSizes; ++size) {  // past sizes stay reachable
    ASSERT_EQ(RootFromNodes(table, size), NaiveRoot(std::span(leaves).first(size))) << size;
  }
}

TEST(Tree, ASourceWithoutTheLeavesHasNoRoot) {
  NodeTable table;
  for (const Hash& leaf : Leaves(5)) {
    table.Append(leaf);
  }
  EXPECT_FALSE(RootFromNodes(table, 6).has_value());
  EXPECT_FALSE(RootFromNodes(table, 8).has_value());
  EXPECT_FALSE(table.Node(1, 2).has_value());
  const LeafSource nothing([](std::uint64_t) { return std::optional<Hash>(); });
  EXPECT_FALSE(RootFromNodes(nothing, 3).has_value());
}

TEST(Frontier, GoesOnAfterSerialisingAtEverySize) {
  const std::vector<Hash> leaves = Leaves(kSizes);
  Frontier frontier;
  for (std::size_t size = 0; size < kSizes; ++size) {
    const std::string bytes = frontier.Serialise();
    EXPECT_EQ(bytes.size(), 8U + 32U * static_cast<std::size_t>(std::popcount(size)));
    std::optional<Frontier> parsed = Frontier::Parse(bytes);
    ASSERT_TRUE(parsed.has_value());
    ASSERT_EQ(*parsed, frontier);
    frontier.Append(leaves[size]);
    parsed->Append(leaves[size]);
    ASSERT_EQ(parsed->Root(), frontier.Root());
  }
}

TEST(Frontier, ParsesNothingElse) {
  Frontier frontier;
  for (const Hash& leaf : Leaves(5)) {
    frontier.Append(leaf);
  }
  const std::string bytes = frontier.Serialise();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(Frontier::Parse(std::string_view(bytes).substr(0, size)).has_value()) << size;
  }
  EXPECT_FALSE(Frontier::Parse(bytes + "x").has_value());
}

}  // namespace
}  // namespace daybook::merkle
