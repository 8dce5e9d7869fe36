// What views do with the events they are given: reading the payload as a typed fact, and deciding
// which of two facts about the same thing is the later one.
#pragma once

#include <optional>
#include <string_view>

#include "daybook/views/v1/rows.pb.h"
#include "eventstore/core/ids.h"
#include "projections/core/view.h"

namespace daybook::views {

// The payload as a Fact; nullptr when it is another one.
template <class Fact>
const Fact* AsFact(const projections::ViewEvent& event) {
  return event.message->GetDescriptor() == Fact::descriptor()
             ? static_cast<const Fact*>(event.message)
             : nullptr;
}

// Whether what an older extract said, that was loaded after a later one, holds on the day that a
// fold asks for: from its own day, by which the fold has sorted it in, to that of the extract after
// it. Never in a fold of now.
bool HoldsOn(const std::optional<eventstore::CivilDay>& known_on, std::string_view until_day);

// Where the event stands. Of a fact that nobody knows the day of, known_day is the day of its
// recording: it cannot have been later.
views::v1::Origin OriginOf(const projections::ViewEvent& event);

// True when `later` takes the place of `earlier`: known on a later day, or on the same day and
// further along the log; one whose day is unknown comes before all that are dated. A figure of old
// that is loaded today does not take the place of a newer one.
bool Supersedes(const views::v1::Origin& later, const views::v1::Origin& earlier);

// Puts the fact into the row, unless the row holds a later one. A row that was just made holds
// none.
template <class Row, class Fact>
bool KeepLatest(const projections::ViewEvent& event, const Fact& fact, Row& row) {
  views::v1::Origin origin = OriginOf(event);
  if (row.has_fact() && !Supersedes(origin, row.origin())) return false;
  *row.mutable_fact() = fact;
  *row.mutable_origin() = std::move(origin);
  return true;
}

}  // namespace daybook::views
