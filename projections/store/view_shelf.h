// The view stores of one process by generation: the one that answers, and the one that a rebuild
// makes beside it.
#pragma once

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "projections/store/view_store.h"

namespace daybook::projections {

// Not thread-safe.
class ViewShelf {
 public:
  virtual ~ViewShelf() = default;

  // The generation that answers after a start: 1 on a new shelf.
  virtual std::uint64_t serving() const = 0;

  // The store of that generation, made when it is not there. One at a time of each.
  virtual absl::StatusOr<std::unique_ptr<ViewStore>> Open(std::uint64_t generation) = 0;

  // From the next start on that generation answers. What a power cut takes back of it costs a fold
  // of the log and nothing else.
  virtual absl::Status Serve(std::uint64_t generation) = 0;

  // Takes every generation away but that one; none of the others may be open.
  virtual absl::Status RemoveOthers(std::uint64_t generation) = 0;
};

}  // namespace daybook::projections
