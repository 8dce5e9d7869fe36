// Tells a bit that flipped on the medium from a write that was torn. A checksum of 32 bits is
// linear: what one bit does to it depends on the bit's distance from the end alone, so the bit can
// be found.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace daybook::eventstore::rocks {

// Index (byte × 8 + bit, lowest bit first) of the one bit whose flip gives `bytes` the checksum
// `crc`; nullopt when no single bit does, and when they have it already. Among n random wrong bytes
// a bit is found by chance once in 2^32 / 8n, so what is found is to be checked by other means.
// Unique below 2^31 bits. Pure; eight steps a byte.
std::optional<std::uint64_t> FlippedBit(std::string_view bytes, std::uint32_t crc);

}  // namespace daybook::eventstore::rocks
