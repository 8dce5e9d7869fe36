// The civil day of an instant in Europe/London, without a time zone database. Pure.
#pragma once

#include "eventstore/core/ids.h"

namespace daybook::eventstore {

// Summer time is UTC+1 from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday
// of October: the law since 1996. Earlier instants (no log is that old) follow the same rule.
CivilDay LondonDay(Instant instant);

// What a clock in London shows at the instant.
struct LondonTime {
  CivilDay day;
  int minutes = 0;  // since midnight on the clock, 0 to 1439
};
LondonTime LondonClock(Instant instant);

}  // namespace daybook::eventstore
