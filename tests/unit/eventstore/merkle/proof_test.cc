// Proofs of every leaf and every pair of sizes hold; what was tampered with does not.
#include "eventstore/merkle/proof.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "eventstore/merkle/hash.h"
#include "eventstore/merkle/nodes.h"

namespace daybook::merkle {
namespace {

Hash Leaf(std::uint64_t index) { return LeafHash("leaf " + std::to_string(index)); }

class ProofTest : public ::testing::Test {
 protected:
  static constexpr std::uint64_t kAll = 64;    // every proof up to here
  static constexpr std::uint64_t kSize = 300;  // some proofs up to here

  ProofTest() {
    roots_.push_back(EmptyRoot());
    for (std::uint64_t i = 0; i < kSize; ++i) {
      tree_.Append(Leaf(i));
      roots_.push_back(RootFromNodes(tree_, i + 1).value());
    }
  }

  NodeTable tree_;
  std::vector<Hash> roots_;
};

Hash Flipped(Hash hash) {
  hash[17] ^= 0x20;
  return hash;
}

// Each way to spoil a proof by one hash.
std::vector<Proof> Spoilt(const Proof& proof) {
  std::vector<Proof> spoilt;
  for (std::size_t i = 0; i < proof.size(); ++i) {
    spoilt.push_back(proof);
    spoilt.back()[i] = Flipped(proof[i]);
    spoilt.push_back(proof);
    spoilt.back().erase(spoilt.back().begin() + static_cast<std::ptrdiff_t>(i));
  }
  spoilt.push_back(proof);
  spoilt.back().push_back(Leaf(0));
  spoilt.push_back(proof);
  spoilt.back().insert(spoilt.back().begin(), Leaf(0));
  return spoilt;
}

TEST_F(ProofTest, EveryInclusionProofHolds) {
  for (std::uint64_t size = 1; size <= kSize; ++size) {
    for (std::uint64_t index = 0; index < size; index += size <= kAll ? 1 : 13) {
      const auto proof = InclusionProof(tree_, index, size);
      ASSERT_TRUE(proof.has_value());
      ASSERT_TRUE(VerifyInclusion(Leaf(index), index, size, *proof, roots_[size]))
          << index << " of " << size;
    }
  }
}

TEST_F(ProofTest, ASpoiltInclusionProofDoesNotHold) {
  for (const std::uint64_t size : {1U, 2U, 3U, 7U, 8U, 21U, 64U, 65U}) {
    for (std::uint64_t index = 0; index < size; ++index) {
      const Proof proof = InclusionProof(tree_, index, size).value();
      for (const Proof& spoilt : Spoilt(proof)) {
        ASSERT_FALSE(VerifyInclusion(Leaf(index), index, size, spoilt, roots_[size]));
      }
      ASSERT_FALSE(VerifyInclusion(Flipped(Leaf(index)), index, size, proof, roots_[size]));
      ASSERT_FALSE(VerifyInclusion(Leaf(index), index, size, proof, Flipped(roots_[size])));
    }
  }
}

TEST_F(ProofTest, AnInclusionProofHoldsForNoOtherIndex) {
  for (const std::uint64_t size : {2U, 7U, 21U, 64U}) {
    for (std::uint64_t index = 0; index < size; ++index) {
      const Proof proof = InclusionProof(tree_, index, size).value();
      for (std::uint64_t other = 0; other <= size + 1; ++other) {
        ASSERT_EQ(VerifyInclusion(Leaf(index), other, size, proof, roots_[size]), other == index);
      }
    }
  }
}

TEST_F(ProofTest, ThereIsNoInclusionProofOfWhatIsNotThere) {
  EXPECT_FALSE(InclusionProof(tree_, 5, 5).has_value());
  EXPECT_FALSE(InclusionProof(tree_, 0, 0).has_value());
  EXPECT_FALSE(InclusionProof(tree_, 0, kSize + 1).has_value());
  EXPECT_FALSE(VerifyInclusion(Leaf(0), 0, 0, {}, EmptyRoot()));
}

TEST_F(ProofTest, EveryConsistencyProofHolds) {
  for (std::uint64_t second = 0; second <= kSize; ++second) {
    for (std::uint64_t first = 0; first <= second; first += second <= kAll ? 1 : 11) {
      const auto proof = ConsistencyProof(tree_, first, second);
      ASSERT_TRUE(proof.has_value());
      ASSERT_TRUE(VerifyConsistency(first, second, roots_[first], roots_[second], *proof))
          << first << " to " << second;
    }
  }
}

TEST_F(ProofTest, ASpoiltConsistencyProofDoesNotHold) {
  for (const std::uint64_t second : {1U, 2U, 3U, 7U, 8U, 21U, 64U, 65U}) {
    for (std::uint64_t first = 0; first <= second; ++first) {
      const Proof proof = ConsistencyProof(tree_, first, second).value();
      const auto holds = [&](const Proof& candidate) {
        return VerifyConsistency(first, second, roots_[first], roots_[second], candidate);
      };
      for (const Proof& spoilt : Spoilt(proof)) {
        ASSERT_FALSE(holds(spoilt)) << first << " to " << second;
      }
      ASSERT_FALSE(VerifyConsistency(first, second, Flipped(roots_[first]), roots_[second], proof));
      if (first > 0) {  // every tree has grown from the empty one
        ASSERT_FALSE(
            VerifyConsistency(first, second, roots_[first], Flipped(roots_[second]), proof));
      }
    }
  }
}

TEST_F(ProofTest, AConsistencyProofHoldsForNoOtherSizes) {
  const std::uint64_t second = 21;
  for (std::uint64_t first = 1; first < second; ++first) {
    const Proof proof = ConsistencyProof(tree_, first, second).value();
    for (std::uint64_t other = 0; other <= second; ++other) {
      ASSERT_EQ(VerifyConsistency(other, second, roots_[other], roots_[second], proof),
                other == first)
          << first << " as " << other;
    }
  }
}

TEST_F(ProofTest, AHistoryThatWasRewrittenIsFound) {
  for (std::uint64_t changed = 0; changed < 13; ++changed) {
    NodeTable rewritten;
    for (std::uint64_t i = 0; i < 21; ++i) {
      rewritten.Append(i == changed ? Leaf(1000) : Leaf(i));
    }
    const Proof proof = ConsistencyProof(rewritten, 13, 21).value();
    EXPECT_FALSE(VerifyConsistency(13, 21, roots_[13], RootFromNodes(rewritten, 21).value(), proof))
        << changed;
  }
}

TEST_F(ProofTest, ATreeDoesNotShrink) {
  EXPECT_FALSE(ConsistencyProof(tree_, 8, 7).has_value());
  EXPECT_FALSE(ConsistencyProof(tree_, 8, kSize + 1).has_value());
  EXPECT_FALSE(VerifyConsistency(8, 7, roots_[8], roots_[7], {}));
}

}  // namespace
}  // namespace daybook::merkle
