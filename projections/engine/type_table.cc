#include "projections/engine/type_table.h"

#include <set>
#include <string_view>
#include <utility>

#include "proto/registry/event_types.h"

namespace daybook::projections {
namespace {

// Rows of two tables of one name would be stored as each other's.
absl::Status CheckTableNames(View& view) {
  std::set<std::string_view> names;
  for (const TableBase* table : view.tables()) {
    if (names.insert(table->name()).second) continue;
    return absl::InternalError("view " + std::string(view.name()) + " has two tables " +
                               table->name());
  }
  return absl::OkStatus();
}

absl::Status AddView(const View& view, std::uint32_t slot,
                     absl::flat_hash_map<std::string, TypeEntry>& entries) {
  std::set<std::string_view> seen;
  for (const auto& [type, handling] : view.types()) {
    if (!seen.insert(type).second) {
      return absl::InternalError("view " + std::string(view.name()) + " names " + type + " twice");
    }
    TypeEntry& entry = entries[type];
    if (handling == Handling::kIgnore) continue;
    const google::protobuf::Message* prototype = registry::PrototypeOf(type);
    if (prototype == nullptr) {
      return absl::InternalError("view " + std::string(view.name()) + " handles " + type +
                                 ", which is not registered");
    }
    entry.applied = entry.applied || handling == Handling::kApply;
    entry.prototype = prototype;
    entry.reference = entry.reference || handling == Handling::kReference;
    entry.interests.push_back({slot, handling});
  }
  return absl::OkStatus();
}

bool Names(const View& view, std::string_view type) {
  for (const TypeHandling& handling : view.types()) {
    if (handling.type == type) return true;
  }
  return false;
}

}  // namespace

absl::StatusOr<TypeTable> TypeTable::Make(const ViewSet& views) {
  TypeTable table;
  std::set<std::string_view> names;
  for (std::uint32_t slot = 0; slot < views.slots().size(); ++slot) {
    const View& view = *views.slots()[slot].view;
    if (!names.insert(view.name()).second) {
      return absl::InternalError("two views are called " + std::string(view.name()));
    }
    DAYBOOK_RETURN_IF_ERROR(CheckTableNames(*views.slots()[slot].view));
    DAYBOOK_RETURN_IF_ERROR(AddView(view, slot, table.entries_));
  }
  for (const std::string& type : registry::AllEventTypes()) table.entries_[type];
  for (std::uint32_t slot = 0; slot < views.slots().size(); ++slot) {
    table.unknown_.unknown_to.push_back(slot);
    for (auto& [type, entry] : table.entries_) {
      if (!Names(*views.slots()[slot].view, type)) entry.unknown_to.push_back(slot);
    }
  }
  return table;
}

}  // namespace daybook::projections
