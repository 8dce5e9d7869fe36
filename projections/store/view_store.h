// Where rows and checkpoint of the views are kept between starts, with the states of the past that
// a fold can start from. Everything in it is droppable: it can be folded again from the log at any
// time.
//
// A row is stored once for every kept state between which it changed, so a kept state costs the
// rows that changed since the one before, and loading one costs the rows that it has.
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

// Written as a whole or not at all; `meta` replaces the meta.
struct CommitBatch {
  StoreMeta meta;
  std::vector<TableChanges> changes;
  // Later commits leave this state readable. Its size is larger than that of every kept one.
  bool keep = false;
};

using RowSink = std::function<absl::Status(std::string_view key, std::string_view bytes)>;

class ViewStore {
 public:
  virtual ~ViewStore() = default;

  // Of the last commit. nullopt for a store that was never committed to, or was cleared.
  virtual absl::StatusOr<std::optional<StoreMeta>> LoadMeta() = 0;

  // Of the newest kept state that has seen at most `size` events; nullopt when there is none.
  virtual absl::StatusOr<std::optional<StoreMeta>> LoadKeptMeta(std::uint64_t size) = 0;

  // Calls `sink` for every row of the table in order of the keys' bytes; stops at its first error
  // and returns it. Nothing for a table that holds nothing. `kept_size`: the rows as they were in
  // the kept state of exactly that size; nullopt = as last committed. A kept state may be read
  // while others commit.
  virtual absl::Status LoadRows(std::string_view view, std::string_view table,
                                std::optional<std::uint64_t> kept_size, const RowSink& sink) = 0;

  // Not synced: a power cut may take the last commits, never a part of one.
  virtual absl::Status Commit(const CommitBatch& batch) = 0;

  // While more than `states_max` states are kept: forgets every second one, never the newest, and
  // what only they showed. Nobody may read a kept state meanwhile. Linear in what is stored. What a
  // crash leaves behind shows nowhere and goes with the next thinning.
  virtual absl::Status ThinKept(std::size_t states_max) = 0;

  // Forgets everything. What a crash or a failed write leaves undone is invisible to LoadMeta and
  // is done by the next call.
  virtual absl::Status Clear() = 0;
};

}  // namespace daybook::projections
