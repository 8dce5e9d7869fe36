// The door: checks of shape that every command shares. Pure: no store, no clock (today is given).
//
// Each check adds a Problem for each fault, so that one answer names all of them. A problem names
// the field and never repeats its value.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daybook/types/v1/types.pb.h"
#include "eventstore/core/event.h"
#include "eventstore/core/ids.h"
#include "proto/values/problem.h"
#include "services/commands/caller.h"

namespace daybook::commands {

inline constexpr std::size_t kSlugBytesMin = 2;
inline constexpr std::size_t kSlugBytesMax = 64;
inline constexpr std::size_t kNameBytesMax = 120;  // a name as printed
inline constexpr std::size_t kRowsPerMessageMax = 500;

using Problems = std::vector<values::Problem>;

values::Problem MissingField(std::string_view field);
values::Problem InvalidField(std::string_view field, std::string_view description,
                             std::string_view remedy);
// `nearest`: the allowed value that is most like the one given; may be empty.
values::Problem UnknownValue(std::string_view field, std::string_view allowed,
                             std::string_view nearest = {});

// Lower-case letters, digits and hyphens, 2 to 64, the first one no hyphen: what an id may be.
bool IsSlug(std::string_view text);
// 64 (or `digits`) lower-case hexadecimal digits.
bool IsLowerHex(std::string_view text, std::size_t digits);

// MISSING_FIELD or INVALID_FIELD.
void RequireSlug(std::string_view field, std::string_view value, Problems& problems);
// Nothing for an empty value.
void CheckSlug(std::string_view field, std::string_view value, Problems& problems);

// One line of UTF-8 without control characters. MISSING_FIELD, INVALID_FIELD or TOO_LARGE.
void RequireText(std::string_view field, std::string_view value, std::size_t bytes_max,
                 Problems& problems);
// Nothing for an empty value.
void CheckText(std::string_view field, std::string_view value, std::size_t bytes_max,
               Problems& problems);

// MISSING_FIELD, or UNKNOWN_VALUE where the value is none of `allowed`.
void RequireOneOf(std::string_view field, std::string_view value,
                  std::initializer_list<std::string_view> allowed, Problems& problems);

// ISO 8601 day; MISSING_FIELD or INVALID_FIELD.
std::optional<eventstore::CivilDay> RequireDay(std::string_view field, std::string_view value,
                                               Problems& problems);
// Nothing for an empty value.
std::optional<eventstore::CivilDay> CheckDay(std::string_view field, std::string_view value,
                                             Problems& problems);

// A day that is not after today.
std::optional<eventstore::CivilDay> RequirePastDay(std::string_view field, std::string_view value,
                                                   eventstore::CivilDay today, Problems& problems);

// Request id (required, at most 128 bytes of visible ASCII), known (not after today), submission id
// (32 hexadecimal digits or empty) and correlation id. Fields are named "head.…".
Problems HeadProblems(const types::v1::CommandHead& head, eventstore::CivilDay today);

// When the partnership received what a command with this (checked) head says.
eventstore::Known KnownOf(const types::v1::CommandHead& head, eventstore::CivilDay today);

// AGENCY_MISSING, or INVALID_FIELD for an actor that is no short line of text.
Problems CallerProblems(const Caller& caller);

// The message of an append session: 1 to 500 rows. MISSING_FIELD or TOO_LARGE.
void CheckRowCount(std::size_t rows, Problems& problems);

// [day, day + 1).
eventstore::Effective OnDay(eventstore::CivilDay day);

}  // namespace daybook::commands
