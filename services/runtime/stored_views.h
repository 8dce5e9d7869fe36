// Views that are kept in a directory, and the engine that folds a log into them: what daybookd and
// daybook-projector have alike. For the composition of programs only.
#pragma once

#include <filesystem>
#include <memory>

#include "absl/status/statusor.h"
#include "eventstore/core/log_reader.h"
#include "projections/engine/engine.h"
#include "projections/store/rocksdb_view_store.h"

namespace daybook::runtime {

// In the order of their lifetimes.
struct StoredViews {
  std::unique_ptr<projections::RocksDbViewStore> store;
  std::unique_ptr<projections::Engine> engine;  // started
};

// All views; the directory is made where its parent is there. `log` must outlive them. Errors of
// RocksDbViewStore::Open and Engine::Open.
absl::StatusOr<StoredViews> OpenStoredViews(eventstore::LogReader& log,
                                            const std::filesystem::path& directory);

}  // namespace daybook::runtime
