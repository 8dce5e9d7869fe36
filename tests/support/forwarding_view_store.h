// A view store that hands everything on: what a test does not change of one, it inherits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "projections/store/memory_view_store.h"

namespace daybook::testing {

class ForwardingViewStore : public projections::ViewStore {
 public:
  using Meta = absl::StatusOr<std::optional<projections::StoreMeta>>;

  Meta LoadMeta() override { return store_.LoadMeta(); }
  Meta LoadKeptMeta(std::uint64_t size) override { return store_.LoadKeptMeta(size); }
  absl::Status LoadRows(std::string_view view, std::string_view table,
                        std::optional<std::uint64_t> kept_size,
                        const projections::RowSink& sink) override {
    return store_.LoadRows(view, table, kept_size, sink);
  }
  absl::Status Commit(const projections::CommitBatch& batch) override {
    return store_.Commit(batch);
  }
  absl::Status ThinKept(std::size_t states_max) override { return store_.ThinKept(states_max); }
  absl::Status Clear() override { return store_.Clear(); }

 private:
  projections::MemoryViewStore store_;
};

}  // namespace daybook::testing
