// Gives the record times of a log: never back, and not from a clock that has gone mad.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "eventstore/core/clock.h"
#include "eventstore/core/ids.h"

namespace daybook::eventstore {

// A record time that is too early only repeats the last one; a record time that is too late would
// hold every later one up to it. So a wall clock that runs ahead of the monotonic clock by more
// than limits::kClockJumpMicrosMax since it was last trusted stops the stamps, and they go on by
// themselves when it is right again. What the wall clock says when the RecordClock is made is
// trusted, or the log's last record time where that is later: at start there is nothing else to
// compare it with.
//
// Not thread-safe: it belongs to the one thread (or lock) that orders requests. `clock` must
// outlive it.
class RecordClock {
 public:
  // `last` is the record time of the log's last event; nullopt for an empty log.
  RecordClock(const Clock& clock, std::optional<Instant> last);

  // The time of the next request: max(wall time, last stamp). CLOCK_JUMPED (UNAVAILABLE) while the
  // wall clock is ahead.
  absl::StatusOr<Instant> Stamp();

  // Whether Stamp would give a time now. Changes nothing.
  absl::Status Check() const;

  // How far the wall clock was behind the log's last record time when this was made; 0 when it was
  // not. More than limits::kClockJumpMicrosMax deserves an alarm: until the wall clock has caught
  // up all events get the same record time.
  std::int64_t micros_behind_log_at_start() const { return micros_behind_log_at_start_; }

 private:
  // Wall time minus monotonic time.
  static std::int64_t Offset(Instant wall, std::int64_t monotonic) {
    return wall.micros - monotonic;
  }
  absl::Status CheckOffset(std::int64_t offset) const;

  const Clock& clock_;
  std::optional<Instant> last_;
  std::int64_t trusted_offset_;  // the greatest one trusted so far
  std::int64_t micros_behind_log_at_start_ = 0;
};

}  // namespace daybook::eventstore
