// The shape of a plan's commands, beyond what the door checks for every context. Each check adds a
// Problem for each fault. For services/actions/domain only.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "daybook/types/v1/types.pb.h"
#include "eventstore/core/event.h"
#include "services/commands/decision.h"
#include "services/commands/door.h"

namespace daybook::actions {

inline constexpr std::size_t kLabelBytesMax = 500;
inline constexpr std::size_t kUnitBytesMax = 60;

// 1 to 64 letters, digits and "-_.": what an id within a plan may be.
void RequireId(std::string_view field, std::string_view value, commands::Problems& problems);

// ISO 8601 day or "YYYY-MM"; nothing for an empty value.
void CheckDayOrMonth(std::string_view field, std::string_view value, commands::Problems& problems);

// The days of a plan year.
std::optional<eventstore::Effective> RequirePlanYear(std::string_view field,
                                                     const types::v1::Period& period,
                                                     commands::Problems& problems);

// The days of a quarter or of a plan year.
std::optional<eventstore::Effective> RequireQuarterOrYear(std::string_view field,
                                                          const types::v1::Period& period,
                                                          commands::Problems& problems);

values::Problem TooLarge(std::string_view field, std::string_view description,
                         std::string_view remedy);

// Everything that is wrong with the request, as one refusal: INVALID_ARGUMENT, or
// FAILED_PRECONDITION where every field is of its form and only rules of the field are broken (a
// negative count, a share that disagrees with its parts, a percentage over 100).
commands::Rejection RefuseProblems(commands::Problems problems);

}  // namespace daybook::actions
