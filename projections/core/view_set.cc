#include "projections/core/view_set.h"

namespace daybook::projections {
namespace {

const ViewSet::Slot* FindSlot(const std::vector<ViewSet::Slot>& slots, std::string_view name) {
  for (const ViewSet::Slot& slot : slots) {
    if (slot.view->name() == name) return &slot;
  }
  return nullptr;
}

}  // namespace

absl::StatusOr<const View*> ViewSet::Find(std::string_view name) const {
  const Slot* slot = FindSlot(slots_, name);
  if (slot == nullptr) return absl::InternalError("there is no view " + std::string(name));
  if (!slot->progress.parked.has_value()) return slot->view.get();
  const std::string position = std::to_string(slot->progress.parked->position.value);
  return eventstore::MakeError(
      absl::StatusCode::kUnavailable,
      "view " + std::string(name) + " stopped at position " + position + ": " +
          slot->progress.parked->why,
      {.reason = std::string(reason::kViewParked),
       .remedy =
           "Install a version of Daybook that can read this event; nothing of the log is lost.",
       .fields = {},
       .metadata = {{"view", std::string(name)}, {"position", position}}});
}

KnownCounts ViewSet::CountsOf(std::string_view name) const {
  const Slot* slot = FindSlot(slots_, name);
  return slot == nullptr ? KnownCounts{} : slot->progress.counts;
}

}  // namespace daybook::projections
