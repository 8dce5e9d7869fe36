// Fixed answers: SHA-256, and the tree of the Certificate Transparency reference test data.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "eventstore/core/ids.h"
#include "eventstore/merkle/frontier.h"
#include "eventstore/merkle/hash.h"
#include "eventstore/merkle/nodes.h"
#include "eventstore/merkle/proof.h"

namespace daybook::merkle {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string FromHex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes.push_back(static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
  }
  return bytes;
}

std::string Hex(const Hash& hash) { return eventstore::ToHex(hash); }

std::vector<std::string> Hex(const Proof& proof) {
  std::vector<std::string> hashes;
  for (const Hash& hash : proof) {
    hashes.push_back(Hex(hash));
  }
  return hashes;
}

const std::vector<std::string>& LeafData() {
  static const std::vector<std::string> data = {
      "",
      FromHex("00"),
      FromHex("10"),
      FromHex("2021"),
      FromHex("3031"),
      FromHex("40414243"),
      FromHex("5051525354555657"),
      FromHex("606162636465666768696a6b6c6d6e6f"),
  };
  return data;
}

const std::vector<std::string>& Roots() {
  static const std::vector<std::string> roots = {
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  };
  return roots;
}

NodeTable ReferenceTree() {
  NodeTable tree;
  for (const std::string& data : LeafData()) {
    tree.Append(LeafHash(data));
  }
  return tree;
}

TEST(Sha256, HasTheAnswersOfFips180) {
  EXPECT_EQ(Hex(Sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Hex(Sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Hex(Sha256(std::string(1'000'000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, OfTwoPiecesIsThatOfTheWhole) { EXPECT_EQ(Sha256("ab", "c"), Sha256("abc")); }

TEST(Hasher, BeginsAnewAfterFinish) {
  Hasher hasher;
  EXPECT_EQ(hasher.Update("a").Update("bc").Finish(), Sha256("abc"));
  EXPECT_EQ(hasher.Finish(), Sha256(""));
  EXPECT_EQ(hasher.Update("abc").Finish(), Sha256("abc"));
}

TEST(KnownAnswers, AnEmptyTreeHasTheHashOfNothing) {
  EXPECT_EQ(Hex(EmptyRoot()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Frontier().Root(), EmptyRoot());
  EXPECT_EQ(RootFromLeaves({}), EmptyRoot());
  EXPECT_EQ(RootFromNodes(NodeTable(), 0), EmptyRoot());
}

TEST(KnownAnswers, EveryRootIsThatOfTheReference) {
  const NodeTable tree = ReferenceTree();
  Frontier frontier;
  std::vector<Hash> leaves;
  for (std::size_t i = 0; i < LeafData().size(); ++i) {
    leaves.push_back(LeafHash(LeafData()[i]));
    frontier.Append(leaves.back());
    EXPECT_EQ(Hex(frontier.Root()), Roots()[i]);
    EXPECT_EQ(Hex(RootFromLeaves(leaves)), Roots()[i]);
    EXPECT_EQ(Hex(RootFromNodes(tree, i + 1).value()), Roots()[i]);
  }
}

TEST(KnownAnswers, InclusionProofsAreThoseOfTheReference) {
  const NodeTable tree = ReferenceTree();
  EXPECT_THAT(InclusionProof(tree, 0, 1).value(), IsEmpty());
  EXPECT_THAT(Hex(InclusionProof(tree, 0, 8).value()),
              ElementsAre("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                          "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"));
  EXPECT_THAT(Hex(InclusionProof(tree, 5, 8).value()),
              ElementsAre("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                          "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"));
  EXPECT_THAT(Hex(InclusionProof(tree, 2, 3).value()),
              ElementsAre("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"));
  EXPECT_THAT(Hex(InclusionProof(tree, 1, 5).value()),
              ElementsAre("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"));
}

TEST(KnownAnswers, ConsistencyProofsAreThoseOfTheReference) {
  const NodeTable tree = ReferenceTree();
  EXPECT_THAT(ConsistencyProof(tree, 1, 1).value(), IsEmpty());
  EXPECT_THAT(Hex(ConsistencyProof(tree, 1, 8).value()),
              ElementsAre("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                          "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"));
  EXPECT_THAT(Hex(ConsistencyProof(tree, 6, 8).value()),
              ElementsAre("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                          "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"));
  EXPECT_THAT(Hex(ConsistencyProof(tree, 2, 5).value()),
              ElementsAre("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"));
}

}  // namespace
}  // namespace daybook::merkle
