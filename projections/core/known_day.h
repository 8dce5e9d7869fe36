// When the partnership knew a fact, as a day. Pure.
#pragma once

#include <algorithm>
#include <optional>

#include "eventstore/core/civil_day.h"
#include "eventstore/core/event.h"

namespace daybook::projections {

// The day by whose end the fact was certainly known: the day itself, the last day of the month
// where only the month is known, the record day in Europe/London where it was received when
// recorded. nullopt when it is not known.
inline std::optional<eventstore::CivilDay> KnownBy(const eventstore::RecordedEvent& event) {
  using eventstore::KnownPrecision;
  switch (event.event.known.precision) {
    case KnownPrecision::kRecorded:
      return eventstore::LondonDay(event.record_time);
    case KnownPrecision::kDay:
      return event.event.known.day;
    case KnownPrecision::kMonth:  // `day` is the month's last day, which may be still to come
      return std::min(event.event.known.day, eventstore::LondonDay(event.record_time));
    case KnownPrecision::kUnknown:
      break;
  }
  return std::nullopt;
}

// Known on an earlier day than recorded: the event was loaded later.
inline bool IsBackLoaded(const eventstore::RecordedEvent& event) {
  using eventstore::KnownPrecision;
  const KnownPrecision precision = event.event.known.precision;
  // Most events are received when recorded; they need no calendar.
  if (precision != KnownPrecision::kDay && precision != KnownPrecision::kMonth) return false;
  return event.event.known.day < eventstore::LondonDay(event.record_time);
}

}  // namespace daybook::projections
