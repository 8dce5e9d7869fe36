#include "eventstore/core/record_clock.h"

#include <algorithm>
#include <string>

#include "eventstore/core/error.h"
#include "eventstore/core/limits.h"

namespace daybook::eventstore {

RecordClock::RecordClock(const Clock& clock, std::optional<Instant> last)
    : clock_(clock), last_(last) {
  const Instant wall = clock.Now();
  // A server may start before it knows what time it is; the log knows that it was later already.
  const Instant known = last.has_value() ? std::max(*last, wall) : wall;
  trusted_offset_ = Offset(known, clock.MonotonicMicros());
  if (last.has_value()) {
    micros_behind_log_at_start_ = std::max<std::int64_t>(0, last->micros - wall.micros);
  }
}

absl::StatusOr<Instant> RecordClock::Stamp() {
  const Instant wall = clock_.Now();
  const std::int64_t offset = Offset(wall, clock_.MonotonicMicros());
  DAYBOOK_RETURN_IF_ERROR(CheckOffset(offset));
  trusted_offset_ = std::max(trusted_offset_, offset);
  last_ = last_.has_value() ? std::max(*last_, wall) : wall;
  return *last_;
}

absl::Status RecordClock::Check() const {
  return CheckOffset(Offset(clock_.Now(), clock_.MonotonicMicros()));
}

absl::Status RecordClock::CheckOffset(std::int64_t offset) const {
  const std::int64_t ahead = offset - trusted_offset_;
  if (ahead <= limits::kClockJumpMicrosMax) {
    return absl::OkStatus();
  }
  return MakeError(absl::StatusCode::kUnavailable,
                   "the wall clock of the server jumped ahead; nothing is recorded until it is "
                   "right again",
                   {.reason = std::string(reason::kClockJumped),
                    .remedy = "Set the server's clock right: writes then go on by themselves. If "
                              "the clock is right now, restart the server.",
                    .fields = {},
                    .metadata = {{"seconds_ahead", std::to_string(ahead / 1'000'000)}}});
}

}  // namespace daybook::eventstore
