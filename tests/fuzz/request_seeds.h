// Requests that are accepted when they come in this order, and what a ledger with them is.
#pragma once

#include <vector>

#include "eventstore/core/event.h"
#include "tests/fuzz/call_script.h"

namespace daybook::fuzz {

// One call of every kind, some of two; the registers first.
std::vector<Call> SeedCalls();

// The files of a versioned dataset, in a ledger that has its registers.
std::vector<Call> VersionCalls();

// The events of the first part of them: organisations, areas, a partnership, measures, a plan with
// an action and a target.
const std::vector<eventstore::RecordedEvent>& Foundation();

// Stands in no catalogue and in no text of ours; must not come back in a refusal.
inline constexpr std::string_view kCanary = "Zq7 canary";

}  // namespace daybook::fuzz
