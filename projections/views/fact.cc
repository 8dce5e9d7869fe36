#include "projections/views/fact.h"

#include <tuple>

#include "eventstore/core/civil_day.h"
#include "projections/core/known_day.h"
#include "proto/values/civil.h"

namespace daybook::views {

bool HoldsOn(const std::optional<eventstore::CivilDay>& known_on, std::string_view until_day) {
  const auto until = values::ParseDay(until_day);
  return known_on && until && *known_on < *until;
}
v1::Origin OriginOf(const projections::ViewEvent& event) {
  const eventstore::RecordedEvent& recorded = *event.recorded;
  v1::Origin origin;
  origin.set_position(recorded.position.value);
  origin.set_back_loaded(event.back_loaded);
  const auto recorded_day = eventstore::LondonDay(recorded.record_time);
  origin.set_known_day(projections::KnownBy(recorded).value_or(recorded_day).days);
  return origin;
}

bool Supersedes(const v1::Origin& later, const v1::Origin& earlier) {
  return std::tuple(later.known_day(), later.position()) >=
         std::tuple(earlier.known_day(), earlier.position());
}

}  // namespace daybook::views
