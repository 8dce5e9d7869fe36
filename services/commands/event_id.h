// Ids of events.
#pragma once

#include <string>

#include "eventstore/core/ids.h"

namespace daybook::commands {

// A UUID of version 7 in its usual form: 48 bits of milliseconds, so that ids sort roughly by time,
// and 74 random bits. Thread-safe.
std::string NewEventId(eventstore::Instant now);

}  // namespace daybook::commands
