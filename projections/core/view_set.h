// The views of one process at one position, and what happened to each of them on the way there.
//
// Owns the views. Not thread-safe: the engine lets either one writer in or many readers. A view
// that is asked for by its type names itself with `static constexpr std::string_view kName`, equal
// to name().
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "eventstore/core/error.h"
#include "eventstore/core/ids.h"
#include "projections/core/as_of.h"
#include "projections/core/view.h"

namespace daybook::projections {

// Makes fresh, empty views, always the same ones in the same order. Called from several threads.
using ViewSetFactory = std::function<std::vector<std::unique_ptr<View>>()>;

namespace reason {
inline constexpr std::string_view kViewBehind = "VIEW_BEHIND";      // DEADLINE_EXCEEDED
inline constexpr std::string_view kViewParked = "VIEW_PARKED";      // UNAVAILABLE
inline constexpr std::string_view kShuttingDown = "SHUTTING_DOWN";  // UNAVAILABLE
}  // namespace reason

// A view that stopped at an event it cannot read. Its rows stay as they were before that event.
struct ParkedAt {
  eventstore::Position position;
  std::string why;  // never a value of the event
  friend bool operator==(const ParkedAt&, const ParkedAt&) = default;
};

// How one view got where it is. Kept with its rows.
struct ViewProgress {
  std::optional<ParkedAt> parked;
  std::uint64_t applied = 0;          // events that it was given
  std::uint64_t skipped_unknown = 0;  // events of types that this version does not name
  KnownCounts counts;
  friend bool operator==(const ViewProgress&, const ViewProgress&) = default;
};

class ViewSet {
 public:
  struct Slot {
    std::unique_ptr<View> view;
    ViewProgress progress;
  };

  explicit ViewSet(std::vector<std::unique_ptr<View>> views) {
    for (auto& view : views) slots_.push_back({std::move(view), {}});
  }

  // The view of that type. VIEW_PARKED (UNAVAILABLE) when it stopped at an event that it cannot
  // read, INTERNAL when there is no such view here.
  template <class ViewType>
  absl::StatusOr<const ViewType*> Get() const {
    DAYBOOK_ASSIGN_OR_RETURN(const View* view, Find(ViewType::kName));
    const auto* typed = dynamic_cast<const ViewType*>(view);
    if (typed == nullptr) return absl::InternalError("a view has another type than its name says");
    return typed;
  }

  // The same by name.
  absl::StatusOr<const View*> Find(std::string_view name) const;

  // Events left out and loaded late, for one view; zeros for a view that is not here.
  KnownCounts CountsOf(std::string_view name) const;

  std::vector<Slot>& slots() { return slots_; }
  const std::vector<Slot>& slots() const { return slots_; }

  // Each event counted once, however many views use it.
  KnownCounts& totals() { return totals_; }
  const KnownCounts& totals() const { return totals_; }

 private:
  std::vector<Slot> slots_;
  KnownCounts totals_;
};

}  // namespace daybook::projections
