// A clock that stands still until it is told to move.
#pragma once

#include <atomic>
#include <cstdint>

#include "eventstore/core/clock.h"
#include "eventstore/core/ids.h"

namespace daybook::testing {

// Thread-safe. Starts at 2026-01-05T09:00:00Z, a Monday.
class FakeClock final : public eventstore::Clock {
 public:
  static constexpr std::int64_t kStartMicros = 1'767'603'600'000'000;
  static constexpr std::int64_t kSecond = 1'000'000;
  static constexpr std::int64_t kMinute = 60 * kSecond;
  static constexpr std::int64_t kHour = 60 * kMinute;
  static constexpr std::int64_t kDay = 24 * kHour;

  explicit FakeClock(eventstore::Instant start = {kStartMicros}) : wall_(start.micros) {}

  eventstore::Instant Now() const override { return {wall_.load()}; }
  std::int64_t MonotonicMicros() const override { return monotonic_.load(); }

  // Time passes: both clocks move.
  void Advance(std::int64_t micros) {
    monotonic_ += micros;
    wall_ += micros;
  }

  // Somebody sets the wall clock: it alone moves, in either direction.
  void JumpWall(std::int64_t micros) { wall_ += micros; }
  void SetWall(eventstore::Instant now) { wall_ = now.micros; }

 private:
  std::atomic<std::int64_t> wall_;
  std::atomic<std::int64_t> monotonic_ = 1'000'000;
};

}  // namespace daybook::testing
