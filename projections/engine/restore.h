// From the view store to views in memory and back.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "eventstore/core/event_store.h"
#include "eventstore/core/ids.h"
#include "projections/core/view_set.h"
#include "projections/store/view_store.h"

namespace daybook::projections {

struct Restored {
  ViewSet views;
  std::uint64_t size = 0;  // every view has seen the first `size` events of the log
};

using LogLine = std::function<void(std::string_view line)>;

// Views with what the store holds, all at one size; the store agrees with them when this returns.
// What cannot be used is dropped and said in the log: everything, when the checkpoint is not one of
// this log; a single view, when its version changed, it is new or its rows do not read: it is then
// folded alone up to the size of the others.
absl::StatusOr<Restored> Restore(eventstore::EventStore& events, ViewStore& store,
                                 const ViewSetFactory& factory, const LogLine& log);

// Everything that changed in the views since the last call, with the checkpoint that it belongs to.
CommitBatch TakeChanges(ViewSet& views, eventstore::Checkpoint checkpoint);

}  // namespace daybook::projections
