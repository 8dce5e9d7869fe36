#include "services/runtime/wire.h"

#include <algorithm>

#include "eventstore/core/error.h"

namespace daybook::runtime {

void ToWire(const eventstore::Checkpoint& checkpoint, types::v1::Checkpoint* wire) {
  wire->set_log_id(checkpoint.log.log_id);
  wire->set_incarnation(checkpoint.log.incarnation);
  wire->set_size(checkpoint.size);
  wire->set_root(std::string(checkpoint.root.begin(), checkpoint.root.end()));
}

absl::StatusOr<eventstore::Checkpoint> FromWire(const types::v1::Checkpoint& wire) {
  eventstore::Checkpoint checkpoint{{wire.log_id(), wire.incarnation()}, wire.size(), {}};
  if (!wire.root().empty()) {
    if (wire.root().size() != checkpoint.root.size()) {
      return InvalidField("checkpoint.root", "is not 32 bytes",
                          "Send the checkpoint as it was received, or without its root.");
    }
    std::copy(wire.root().begin(), wire.root().end(), checkpoint.root.begin());
  }
  return checkpoint;
}

absl::Status InvalidField(const std::string& field, const std::string& what,
                          const std::string& remedy) {
  return eventstore::MakeError(
      absl::StatusCode::kInvalidArgument, field + " " + what,
      {.reason = "INVALID_FIELD", .remedy = remedy, .fields = {{field, what}}, .metadata = {}});
}

}  // namespace daybook::runtime
