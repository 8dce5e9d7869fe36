// Where rows and checkpoint of the views are kept between starts. Everything in it is droppable: it
// can be folded again from the log at any time.
//
// Two drivers (memory, RocksDB) pass one contract suite (tests/contract/view_store_contract.h).
// Thread-safe. Errors are those of the medium: DATA_LOSS when what is stored does not read,
// UNAVAILABLE when reading or writing fails.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "eventstore/core/ids.h"
#include "projections/core/view_set.h"

namespace daybook::projections {

// What is kept of a view beside its rows.
struct ViewMeta {
  std::uint32_t version = 0;
  ViewProgress progress;
  friend bool operator==(const ViewMeta&, const ViewMeta&) = default;
};

// What is kept beside all rows. Every view in `views` has seen everything below the checkpoint.
struct StoreMeta {
  eventstore::Checkpoint checkpoint;
  KnownCounts totals;  // each event once, over all views
  std::map<std::string, ViewMeta, std::less<>> views;
  friend bool operator==(const StoreMeta&, const StoreMeta&) = default;
};

// Changes of one table of one view.
struct TableChanges {
  std::string view;
  std::string table;
  std::vector<std::pair<std::string, std::string>> rows;  // key, bytes: added or replaced
  std::vector<std::string> deletes;                       // keys
};

// Written as a whole or not at all. `cleared` views lose all rows first; `meta` replaces the meta.
struct CommitBatch {
  StoreMeta meta;
  std::vector<std::string> cleared;
  std::vector<TableChanges> changes;
};

using RowSink = std::function<absl::Status(std::string_view key, std::string_view bytes)>;

class ViewStore {
 public:
  virtual ~ViewStore() = default;

  // nullopt for a store that was never committed to, or was cleared.
  virtual absl::StatusOr<std::optional<StoreMeta>> LoadMeta() = 0;

  // Calls `sink` for every row of the table in order of the keys' bytes; stops at its first error
  // and returns it. Nothing for a table that holds nothing.
  virtual absl::Status LoadRows(std::string_view view, std::string_view table,
                                const RowSink& sink) = 0;

  // Not synced: a power cut may take the last commits, never a part of one.
  virtual absl::Status Commit(const CommitBatch& batch) = 0;

  // Forgets the rows and the meta of one view.
  virtual absl::Status DropView(std::string_view view) = 0;

  // Forgets everything.
  virtual absl::Status Clear() = 0;
};

}  // namespace daybook::projections
