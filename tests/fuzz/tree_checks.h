// The Merkle tree: frontiers have one encoding, proofs convince of what is true and of nothing
// else.
#pragma once

#include <string_view>

#include "tests/fuzz/input.h"

namespace daybook::fuzz {

void CheckFrontier(std::string_view bytes);

// Proofs over a tree of up to 70 leaves, and what any change of them does.
void CheckProofs(Input& in);

}  // namespace daybook::fuzz
