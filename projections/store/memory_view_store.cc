#include "projections/store/memory_view_store.h"

#include <iterator>

namespace daybook::projections {

absl::StatusOr<std::optional<StoreMeta>> MemoryViewStore::LoadMeta() {
  absl::MutexLock lock(&mutex_);
  if (!now_.has_value()) return std::nullopt;
  return now_->meta;
}

absl::StatusOr<std::optional<StoreMeta>> MemoryViewStore::LoadKeptMeta(std::uint64_t size) {
  absl::MutexLock lock(&mutex_);
  const auto after = kept_.upper_bound(size);
  if (after == kept_.begin()) return std::nullopt;
  return std::prev(after)->second.meta;
}

absl::Status MemoryViewStore::LoadRows(std::string_view view, std::string_view table,
                                       std::optional<std::uint64_t> kept_size,
                                       const RowSink& sink) {
  Rows rows;  // copied, so that the sink may call this store
  {
    absl::MutexLock lock(&mutex_);
    const State* state = now_.has_value() ? &*now_ : nullptr;
    if (kept_size.has_value()) {
      const auto kept = kept_.find(*kept_size);
      state = kept == kept_.end() ? nullptr : &kept->second;
    }
    if (state == nullptr) return absl::OkStatus();
    const auto found = state->tables.find({std::string(view), std::string(table)});
    if (found == state->tables.end()) return absl::OkStatus();
    rows = found->second;
  }
  for (const auto& [key, bytes] : rows) {
    if (absl::Status status = sink(key, bytes); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status MemoryViewStore::Commit(const CommitBatch& batch) {
  absl::MutexLock lock(&mutex_);
  if (!now_.has_value()) now_.emplace();
  now_->meta = batch.meta;
  for (const TableChanges& changes : batch.changes) {
    Rows& rows = now_->tables[{changes.view, changes.table}];
    for (const auto& [key, bytes] : changes.rows) rows.insert_or_assign(key, bytes);
    for (const std::string& key : changes.deletes) rows.erase(key);
  }
  if (batch.keep) kept_.insert_or_assign(batch.meta.checkpoint.size, *now_);
  return absl::OkStatus();
}

absl::Status MemoryViewStore::ThinKept(std::size_t states_max) {
  absl::MutexLock lock(&mutex_);
  while (kept_.size() > states_max) {
    // From the newest back, so that it is the newest that stays.
    bool drop = false;
    for (auto it = kept_.end(); it != kept_.begin(); drop = !drop) {
      it = drop ? kept_.erase(std::prev(it)) : std::prev(it);
    }
    if (kept_.size() == 1) break;
  }
  return absl::OkStatus();
}

absl::Status MemoryViewStore::Clear() {
  absl::MutexLock lock(&mutex_);
  now_.reset();
  kept_.clear();
  return absl::OkStatus();
}

}  // namespace daybook::projections
