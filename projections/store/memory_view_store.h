// The view store in memory: for tests and for servers that keep nothing. Same contract as the one
// on disk, and its oracle. Thread-safe.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "projections/store/view_store.h"

namespace daybook::projections {

class MemoryViewStore final : public ViewStore {
 public:
  absl::StatusOr<std::optional<StoreMeta>> LoadMeta() override;
  absl::Status LoadRows(std::string_view view, std::string_view table,
                        const RowSink& sink) override;
  absl::Status Commit(const CommitBatch& batch) override;
  absl::Status DropView(std::string_view view) override;
  absl::Status Clear() override;

 private:
  using Rows = std::map<std::string, std::string, std::less<>>;
  using Tables = std::map<std::string, Rows, std::less<>>;

  absl::Mutex mutex_;
  std::optional<StoreMeta> meta_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, Tables, std::less<>> views_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace daybook::projections
