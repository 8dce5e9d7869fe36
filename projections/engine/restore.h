// From the view store to views in memory and back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "eventstore/core/ids.h"
#include "eventstore/core/log_reader.h"
#include "projections/core/view_set.h"
#include "projections/store/view_store.h"

namespace daybook::projections {

struct Restored {
  ViewSet views;
  std::uint64_t size = 0;       // every view has seen the first `size` events of the log
  std::uint64_t kept_size = 0;  // of the newest kept state; 0 = none
};

using LogLine = std::function<void(std::string_view line)>;

// Views with what the store holds; the store agrees with them when this returns. What is stored is
// of use as a whole or not at all: when the checkpoint is not one of this log, a view changed its
// version, came or went, or its rows do not read, everything is dropped and said in the log. The
// views are then empty, at size 0. Keeps at most `kept_states_max` of the kept states.
absl::StatusOr<Restored> Restore(eventstore::LogReader& events, ViewStore& store,
                                 const ViewSetFactory& factory, std::size_t kept_states_max,
                                 const LogLine& log);

// The newest kept state that has seen at most `size` events, as views; nullptr when there is none.
// DATA_LOSS when it does not read, FAILED_PRECONDITION when other views or versions made it.
absl::StatusOr<std::unique_ptr<ViewSet>> LoadKept(ViewStore& store, const ViewSetFactory& factory,
                                                  std::uint64_t size, std::uint64_t& kept_size);

// Everything that changed in the views since the last call, with the checkpoint that it belongs to.
CommitBatch TakeChanges(ViewSet& views, eventstore::Checkpoint checkpoint);

}  // namespace daybook::projections
