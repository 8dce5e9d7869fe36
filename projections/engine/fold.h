// Folding a prefix of the log into fresh views: what everything incremental is compared with.
#pragma once

#include <cstdint>
#include <memory>

#include "absl/status/statusor.h"
#include "eventstore/core/ids.h"
#include "eventstore/core/log_reader.h"
#include "projections/core/view_set.h"

namespace daybook::projections {

// Folds the events from the `from`-th on into views that have seen all before it, until they have
// seen the first `size`. BEYOND_HEAD when the log holds fewer.
absl::Status FoldOn(eventstore::LogReader& events, ViewSet& views, std::uint64_t from,
                    std::uint64_t size);

// The views after the first `size` events of the log. BEYOND_HEAD when there are fewer.
absl::StatusOr<std::unique_ptr<ViewSet>> FoldAll(eventstore::LogReader& events,
                                                 const ViewSetFactory& factory, std::uint64_t size);

// The views as the partnership knew it at the end of `day`, as far as the first `size` events tell.
//
// For each view: first the events it handles as kReference, all of them, in log order, for a name
// or a definition says how to read facts whenever it came; then those it handles as kApply and that
// were known by the end of `day`, in order of (day known, position). Not in log order, because the
// rule is "the latest by (known, position)", and a view lets the later event win: a figure of 2014
// loaded after a figure of 2015 must not replace it. Events whose day is unknown are left out; both
// kinds left out are counted. Holds the kApply events up to `day` in memory.
absl::StatusOr<std::unique_ptr<ViewSet>> FoldKnownOn(eventstore::LogReader& events,
                                                     const ViewSetFactory& factory,
                                                     std::uint64_t size, eventstore::CivilDay day);

}  // namespace daybook::projections
