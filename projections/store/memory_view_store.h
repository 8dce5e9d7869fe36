// The view store in memory: for tests and for servers that keep nothing. Same contract as the one
// on disk, and its oracle: it keeps whole copies. Thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "projections/store/view_store.h"

namespace daybook::projections {

class MemoryViewStore final : public ViewStore {
 public:
  absl::StatusOr<std::optional<StoreMeta>> LoadMeta() override;
  absl::StatusOr<std::optional<StoreMeta>> LoadKeptMeta(std::uint64_t size) override;
  absl::Status LoadRows(std::string_view view, std::string_view table,
                        std::optional<std::uint64_t> kept_size, const RowSink& sink) override;
  absl::Status Commit(const CommitBatch& batch) override;
  absl::Status ThinKept(std::size_t states_max) override;
  absl::Status Clear() override;

 private:
  using Rows = std::map<std::string, std::string, std::less<>>;
  struct State {
    StoreMeta meta;
    std::map<std::pair<std::string, std::string>, Rows> tables;  // by view and table
  };

  absl::Mutex mutex_;
  std::optional<State> now_ ABSL_GUARDED_BY(mutex_);
  std::map<std::uint64_t, State> kept_ ABSL_GUARDED_BY(mutex_);  // by size
};

}  // namespace daybook::projections
