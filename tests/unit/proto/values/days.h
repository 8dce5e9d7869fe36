// Days as tests write them.
#pragma once

#include <string_view>

#include "proto/values/civil.h"

namespace daybook::values {

// Of a text that is an ISO day.
inline eventstore::CivilDay Day(std::string_view text) { return ParseDay(text).value(); }

}  // namespace daybook::values
