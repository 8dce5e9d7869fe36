// Views that are kept in a directory, and the engine that folds a log into them: what daybookd and
// daybook-projector have alike. For the composition of programs only.
#pragma once

#include <filesystem>
#include <memory>

#include "absl/status/statusor.h"
#include "eventstore/core/log_reader.h"
#include "projections/engine/rebuildable_views.h"
#include "projections/store/view_shelf.h"

namespace daybook::runtime {

// Threads for reports as known on a day, each of which is a fold of the log; one folds at a time,
// and the other answers from what was folded before.
inline constexpr int kHistoryThreads = 2;

// In the order of their lifetimes.
struct StoredViews {
  std::unique_ptr<projections::ViewShelf> shelf;
  std::unique_ptr<projections::RebuildableViews> views;  // started
};

// All views; the directory is made where its parent is there. `log` must outlive them. Errors of
// DiskViewShelf::Open and RebuildableViews::Open.
absl::StatusOr<StoredViews> OpenStoredViews(eventstore::LogReader& log,
                                            const std::filesystem::path& directory);

// Stops them; what could not be written is said in the log and folded again by the next start.
void Stop(StoredViews& stored);

}  // namespace daybook::runtime
