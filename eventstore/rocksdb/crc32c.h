// CRC-32C (Castagnoli): the checksum of every frame, record and small file of the store.
// Pure functions, thread-safe.
#pragma once

#include <cstdint>
#include <string_view>

namespace daybook::eventstore::rocks {

// Checksum of `bytes`; pass the checksum of what stands before as `seed` to go on with it.
std::uint32_t Crc32c(std::string_view bytes, std::uint32_t seed = 0);

}  // namespace daybook::eventstore::rocks
