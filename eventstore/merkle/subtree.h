// The recursion of RFC 6962 over ranges of leaves, on top of perfect subtrees. Pure.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>

#include "eventstore/merkle/hash.h"
#include "eventstore/merkle/nodes.h"

namespace daybook::merkle {

// The largest power of two smaller than `size`; `size` is at least 2.
constexpr std::uint64_t SplitPoint(std::uint64_t size) { return std::bit_floor(size - 1); }

// MTH(D[begin:end]) for a range that RFC 6962's recursion visits: begin is a multiple of the
// smallest power of two that is not smaller than end - begin; begin < end.
std::optional<Hash> SubtreeRoot(const NodeSource& nodes, std::uint64_t begin, std::uint64_t end);

}  // namespace daybook::merkle
