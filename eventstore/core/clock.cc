#include "eventstore/core/clock.h"

#include <chrono>
#include <ctime>

namespace daybook::eventstore {
namespace {

class MachineClock final : public Clock {
 public:
  Instant Now() const override {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return Instant{std::chrono::duration_cast<std::chrono::microseconds>(now).count()};
  }

  // The boot clock, unlike the steady clock, goes on while the machine sleeps: a laptop that wakes
  // up has not "jumped".
  std::int64_t MonotonicMicros() const override {
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return static_cast<std::int64_t>(now.tv_sec) * 1'000'000 + now.tv_nsec / 1000;
  }
};

}  // namespace

const Clock& SystemClock() {
  static const MachineClock* const clock = new MachineClock();  // never destroyed, by design
  return *clock;
}

}  // namespace daybook::eventstore
