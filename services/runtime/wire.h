// Values that several adapters translate: checkpoints and dates.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "daybook/types/v1/types.pb.h"
#include "eventstore/core/ids.h"

namespace daybook::runtime {

void ToWire(const eventstore::Checkpoint& checkpoint, types::v1::Checkpoint* wire);

// INVALID_FIELD when the root is neither empty nor 32 bytes.
absl::StatusOr<eventstore::Checkpoint> FromWire(const types::v1::Checkpoint& wire);

// INVALID_ARGUMENT with reason INVALID_FIELD and the field.
absl::Status InvalidField(const std::string& field, const std::string& what,
                          const std::string& remedy);

}  // namespace daybook::runtime
