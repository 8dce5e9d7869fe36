#include "services/commands/event_id.h"

#include <cstdint>
#include <random>

#include "fmt/format.h"

namespace daybook::commands {

std::string NewEventId(eventstore::Instant now) {
  thread_local std::mt19937_64 random = [] {
    std::random_device device;
    std::seed_seq seed{device(), device(), device(), device(),
                       device(), device(), device(), device()};
    return std::mt19937_64(seed);
  }();
  const auto millis = static_cast<std::uint64_t>(now.micros / 1000) & 0xFFFF'FFFF'FFFFULL;
  const std::uint64_t a = random() & 0xFFFU;                                      // rand_a, 12 bits
  const std::uint64_t b = (random() & 0x3FFF'FFFF'FFFF'FFFFULL) | (1ULL << 63U);  // variant 10
  return fmt::format("{:08x}-{:04x}-7{:03x}-{:04x}-{:012x}", millis >> 16U, millis & 0xFFFFU, a,
                     b >> 48U, b & 0xFFFF'FFFF'FFFFULL);
}

}  // namespace daybook::commands
