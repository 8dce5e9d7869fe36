#include "eventstore/rocksdb/flipped_bit.h"

#include "eventstore/rocksdb/crc32c.h"

namespace daybook::eventstore::rocks {

std::optional<std::uint64_t> FlippedBit(std::string_view bytes, std::uint32_t crc) {
  constexpr std::uint32_t kPolynomial = 0x82F63B78U;  // Castagnoli, reflected
  const std::uint32_t wanted = Crc32c(bytes) ^ crc;
  const std::uint64_t bits = std::uint64_t{bytes.size()} * 8;
  std::uint32_t difference = 1;  // that the bit makes, carried to the end of the bytes
  for (std::uint64_t from_end = 1; from_end <= bits; ++from_end) {
    difference = (difference >> 1) ^ ((difference & 1U) != 0 ? kPolynomial : 0U);
    if (difference == wanted) return bits - from_end;
  }
  return std::nullopt;
}

}  // namespace daybook::eventstore::rocks
