// Folding a prefix of the log into fresh views: what everything incremental is compared with.
#pragma once

#include <cstdint>
#include <memory>

#include "absl/status/statusor.h"
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

}  // namespace daybook::projections
