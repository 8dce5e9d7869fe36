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
  const auto known = projections::KnownBy(recorded);
  origin.set_known_day(known.value_or(recorded_day).days);
  origin.set_day_unknown(!known.has_value());
  return origin;
}

bool Supersedes(const v1::Origin& later, const v1::Origin& earlier) {
  const auto order = [](const v1::Origin& origin) {
    const bool dated = !origin.day_unknown();
    return std::tuple(dated, dated ? origin.known_day() : 0, origin.position());
  };
  return order(later) >= order(earlier);
}

}  // namespace daybook::views
