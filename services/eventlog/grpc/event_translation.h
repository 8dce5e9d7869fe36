// Stored events <-> their wire messages.
#pragma once

#include "absl/status/statusor.h"
#include "daybook/eventlog/v1/eventlog_service.pb.h"
#include "eventstore/core/event_store.h"
#include "services/runtime/wire.h"

namespace daybook::eventlog {

void ToWire(const eventstore::RecordedEvent& recorded, v1::Event* event);
// The inverse, but for the salt, which never leaves the store. INVALID_FIELD for what ToWire does
// not write.
absl::Status FromWire(const v1::Event& wire, eventstore::RecordedEvent& recorded);
using runtime::FromWire;
using runtime::ToWire;
// INVALID_FIELD when a list is longer than 100 entries.
absl::StatusOr<eventstore::Filter> FromWire(const v1::Filter& wire);

}  // namespace daybook::eventlog
