// What a store has done since it was opened, for the operator's graphs. Counting costs the
// committer a few relaxed additions a group.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace daybook::eventstore {

// Observations by size. `kBounds` are inclusive upper bounds, ascending; one more class has no
// bound. Thread-safe; a reader may see an observation in its class and not yet in the sum.
template <auto kBounds>
class Histogram {
 public:
  static constexpr auto& bounds() { return kBounds; }

  void Observe(double value) {
    const auto at = std::lower_bound(kBounds.begin(), kBounds.end(), value) - kBounds.begin();
    counts_[static_cast<std::size_t>(at)].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(value, std::memory_order_relaxed);
  }

  // Of class i alone, not of it and the smaller ones; i up to bounds().size().
  std::uint64_t count(std::size_t i) const { return counts_[i].load(std::memory_order_relaxed); }
  double sum() const { return sum_.load(std::memory_order_relaxed); }

 private:
  std::array<std::atomic<std::uint64_t>, kBounds.size() + 1> counts_{};
  std::atomic<double> sum_ = 0;
};

inline constexpr std::array<double, 11> kGroupBounds = {1,  2,   4,   8,   16,  32,
                                                        64, 128, 256, 512, 1024};
inline constexpr std::array<double, 12> kWriteSecondsBounds = {
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5};

struct StoreStatistics {
  std::atomic<std::uint64_t> requests = 0;    // recorded
  std::atomic<std::uint64_t> duplicates = 0;  // answered from an earlier record
  std::atomic<std::uint64_t> refused = 0;     // revision conflicts, reused request ids
  std::atomic<std::uint64_t> queue_full = 0;  // refused before they were looked at
  std::atomic<std::uint64_t> events = 0;
  std::atomic<std::uint64_t> bytes = 0;        // written to the journal
  std::atomic<std::uint64_t> failures = 0;     // the store stopped taking writes
  Histogram<kGroupBounds> group_requests;      // that one sync made durable
  Histogram<kWriteSecondsBounds> group_write;  // seconds to write and sync one group
};

}  // namespace daybook::eventstore
