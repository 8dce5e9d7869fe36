#include "tests/fuzz/tree_checks.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "eventstore/merkle/frontier.h"
#include "eventstore/merkle/nodes.h"
#include "eventstore/merkle/proof.h"
#include "tests/fuzz/check.h"

namespace daybook::fuzz {
namespace {

using eventstore::Hash;

Hash HashFrom(Input& in) {
  Hash hash{};
  const std::string_view bytes = in.Bytes(hash.size());
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

}  // namespace

void CheckFrontier(std::string_view bytes) {
  auto frontier = merkle::Frontier::Parse(bytes);
  if (!frontier) return;
  Check(frontier->Serialise() == bytes, "a frontier has one encoding");
  frontier->Root();
  if (frontier->size() >= (std::uint64_t{1} << 62)) return;
  frontier->Append(merkle::Sha256(bytes));
  Check(merkle::Frontier::Parse(frontier->Serialise()) == *frontier, "a frontier is read back");
}

void CheckProofs(Input& in) {
  merkle::NodeTable nodes;
  std::vector<Hash> leaves;
  for (int i = in.Byte() % 70 + 1; i > 0; --i) {
    leaves.push_back(merkle::LeafHash(std::to_string(i)));
    nodes.Append(leaves.back());
  }
  const std::uint64_t size = leaves.size();
  const std::uint64_t index = in.Byte() % size;
  const std::uint64_t first = in.Byte() % (size + 1);
  const Hash root = *merkle::RootFromNodes(nodes, size);
  const Hash first_root = *merkle::RootFromNodes(nodes, first);
  merkle::Proof inclusion = *merkle::InclusionProof(nodes, index, size);
  merkle::Proof consistency = *merkle::ConsistencyProof(nodes, first, size);
  Check(merkle::VerifyInclusion(leaves[index], index, size, inclusion, root), "inclusion");
  Check(merkle::VerifyConsistency(first, size, first_root, root, consistency), "consistency");

  // Any other proof, index or leaf convinces nobody.
  const std::uint64_t other = in.Long();
  Check(other == index || !merkle::VerifyInclusion(leaves[index], other, size, inclusion, root),
        "a leaf is in one place");
  const auto change = [&](merkle::Proof& proof) {
    if (in.Byte() % 2 == 0) {
      proof.push_back(HashFrom(in));
    } else if (!proof.empty()) {
      proof[in.Byte() % proof.size()][in.Byte() % sizeof(Hash)] ^= 1;
    } else {
      return false;
    }
    return true;
  };
  if (change(inclusion)) {
    Check(!merkle::VerifyInclusion(leaves[index], index, size, inclusion, root),
          "a changed inclusion proof is refused");
  }
  if (change(consistency)) {
    Check(!merkle::VerifyConsistency(first, size, first_root, root, consistency),
          "a changed consistency proof is refused");
  }
  merkle::Proof any;
  while (!in.empty() && any.size() < 70) any.push_back(HashFrom(in));
  merkle::VerifyInclusion(leaves[0], other, in.Long(), any, root);
  merkle::VerifyConsistency(other, index, first_root, root, any);
}

}  // namespace daybook::fuzz
