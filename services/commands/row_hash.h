// What a row is known by when the versions of a file are compared. Pure.
#pragma once

#include <compare>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace daybook::commands {

// The first 128 bits of a SHA-256: two rows that differ have the same one by no chance that
// matters.
struct RowHash {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend auto operator<=>(const RowHash&, const RowHash&) = default;

  template <class H>
  friend H AbslHashValue(H h, const RowHash& hash) {
    return H::combine(std::move(h), hash.high, hash.low);
  }
};

// Of the parts, each after its length: no two lists of parts give the same bytes.
RowHash HashRow(std::span<const std::string_view> parts);
inline RowHash HashRow(std::initializer_list<std::string_view> parts) {
  return HashRow(std::span(parts.begin(), parts.size()));
}

// 32 hexadecimal digits.
std::string ToHex(const RowHash& hash);

}  // namespace daybook::commands
