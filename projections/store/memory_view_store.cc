#include "projections/store/memory_view_store.h"

namespace daybook::projections {

absl::StatusOr<std::optional<StoreMeta>> MemoryViewStore::LoadMeta() {
  absl::MutexLock lock(&mutex_);
  return meta_;
}

absl::Status MemoryViewStore::LoadRows(std::string_view view, std::string_view table,
                                       const RowSink& sink) {
  Rows rows;  // copied, so that the sink may call this store
  {
    absl::MutexLock lock(&mutex_);
    const auto tables = views_.find(view);
    if (tables == views_.end()) return absl::OkStatus();
    const auto found = tables->second.find(table);
    if (found == tables->second.end()) return absl::OkStatus();
    rows = found->second;
  }
  for (const auto& [key, bytes] : rows) {
    if (absl::Status status = sink(key, bytes); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status MemoryViewStore::Commit(const CommitBatch& batch) {
  absl::MutexLock lock(&mutex_);
  meta_ = batch.meta;
  for (const std::string& view : batch.cleared) views_.erase(view);
  for (const TableChanges& changes : batch.changes) {
    Rows& rows = views_[changes.view][changes.table];
    for (const auto& [key, bytes] : changes.rows) rows.insert_or_assign(key, bytes);
    for (const std::string& key : changes.deletes) rows.erase(key);
  }
  return absl::OkStatus();
}

absl::Status MemoryViewStore::DropView(std::string_view view) {
  absl::MutexLock lock(&mutex_);
  if (const auto it = views_.find(view); it != views_.end()) views_.erase(it);
  if (meta_.has_value()) {
    if (const auto it = meta_->views.find(view); it != meta_->views.end()) meta_->views.erase(it);
  }
  return absl::OkStatus();
}

absl::Status MemoryViewStore::Clear() {
  absl::MutexLock lock(&mutex_);
  meta_.reset();
  views_.clear();
  return absl::OkStatus();
}

}  // namespace daybook::projections
