// Time is injected, so that tests and the simulation can bend it.
#pragma once

#include "eventstore/core/ids.h"

namespace daybook::eventstore {

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  // Wall time; may jump in either direction.
  virtual Instant Now() const = 0;
  // Microseconds since an arbitrary start; never goes back.
  virtual std::int64_t MonotonicMicros() const = 0;
};

// The machine's clocks. Lives for ever.
const Clock& SystemClock();

}  // namespace daybook::eventstore
