// What a set of views wants of each event type, looked up once an event.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "projections/core/view.h"
#include "projections/core/view_set.h"

namespace daybook::projections {

// A view that wants a type: index of its slot, and how it handles the type.
struct Interest {
  std::uint32_t slot = 0;
  Handling handling = Handling::kApply;
};

struct TypeEntry {
  const google::protobuf::Message* prototype = nullptr;  // nullptr where nobody wants the type
  std::vector<Interest> interests;
  std::vector<std::uint32_t> unknown_to;  // slots of the views that do not name the type
  bool applied = false;                   // some view handles it as kApply
  bool reference = false;                 // some view handles it as kReference
};

// Immutable after Make, so safe to read from many threads. Holds no pointer into the views.
class TypeTable {
 public:
  // INTERNAL when two views share a name, two tables of a view do, a view names a type twice, or
  // handles one that is not registered.
  static absl::StatusOr<TypeTable> Make(const ViewSet& views);

  const TypeEntry& Find(const std::string& type) const {
    const auto it = entries_.find(type);
    return it == entries_.end() ? unknown_ : it->second;
  }

 private:
  absl::flat_hash_map<std::string, TypeEntry> entries_;
  TypeEntry unknown_;  // of a type that no view names
};

}  // namespace daybook::projections
