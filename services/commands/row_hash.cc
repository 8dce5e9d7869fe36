#include "services/commands/row_hash.h"

#include "eventstore/merkle/hash.h"
#include "fmt/format.h"

namespace daybook::commands {

RowHash HashRow(std::span<const std::string_view> parts) {
  thread_local merkle::Hasher hasher;
  for (const std::string_view part : parts) {
    const std::uint64_t size = part.size();
    char length[8];
    for (std::size_t i = 0; i < sizeof(length); ++i) {
      length[i] = static_cast<char>(static_cast<std::uint8_t>(size >> (8 * i)));
    }
    hasher.Update({length, sizeof(length)}).Update(part);
  }
  const eventstore::Hash digest = hasher.Finish();
  RowHash hash;
  for (std::size_t i = 0; i < 8; ++i) {
    hash.high = hash.high << 8 | digest[i];
    hash.low = hash.low << 8 | digest[i + 8];
  }
  return hash;
}

std::string ToHex(const RowHash& hash) {
  return fmt::format("{:016x}{:016x}", hash.high, hash.low);
}

}  // namespace daybook::commands
