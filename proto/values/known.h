// When the partnership received a fact: from the contract to the store and back. Pure, any thread.
#pragma once

#include <optional>
#include <string_view>

#include "daybook/types/v1/types.pb.h"
#include "eventstore/core/event.h"
#include "proto/values/civil.h"
#include "proto/values/problem.h"

namespace daybook::values {

// A message that is not set means: received now. The day of a month is stored as the month's last
// day, whatever day of it was sent; the month of `today` is allowed. nullopt where anything is
// wrong; faults are added under "<field>.precision" or "<field>.date": MISSING_FIELD (a day or
// month without date), INVALID_FIELD (malformed, a date without a precision that wants one, after
// `today`), UNKNOWN_VALUE.
std::optional<eventstore::Known> KnownFromProto(std::string_view field,
                                                const types::v1::Known& proto, CivilDay today,
                                                Problems& problems);
types::v1::Known KnownToProto(const eventstore::Known& known);

}  // namespace daybook::values
