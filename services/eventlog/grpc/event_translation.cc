#include "services/eventlog/grpc/event_translation.h"

#include <string>

#include "proto/values/civil.h"
#include "services/runtime/time_text.h"

namespace daybook::eventlog {
namespace {

constexpr int kFilterEntriesMax = 100;

std::string Bytes(const eventstore::Hash& hash) { return {hash.begin(), hash.end()}; }

void KnownToWire(const eventstore::Known& known, types::v1::Known* wire) {
  using eventstore::KnownPrecision;
  switch (known.precision) {
    case KnownPrecision::kRecorded:
      return;  // the default: when it was recorded
    case KnownPrecision::kDay:
      wire->set_precision(types::v1::Known::PRECISION_DAY);
      break;
    case KnownPrecision::kMonth:
      wire->set_precision(types::v1::Known::PRECISION_MONTH);
      break;
    case KnownPrecision::kUnknown:
      wire->set_precision(types::v1::Known::PRECISION_UNKNOWN);
      return;
  }
  wire->set_date(values::FormatDay(known.day));
}

}  // namespace

void ToWire(const eventstore::RecordedEvent& recorded, v1::Event* event) {
  const auto& body = recorded.event;
  event->set_position(recorded.position.value);
  event->set_stream(recorded.stream);
  event->set_revision(recorded.revision.value);
  event->set_event_id(body.id);
  event->set_type(body.type);
  event->set_schema_version(body.schema_version);
  if (body.effective.start != body.effective.end) {
    event->set_effective_start(values::FormatDay(body.effective.start));
    event->set_effective_end(values::FormatDay(eventstore::CivilDay{body.effective.end.days - 1}));
  }
  KnownToWire(body.known, event->mutable_known());
  event->set_record_time(runtime::ToRfc3339(recorded.record_time));
  event->set_agency(recorded.agency);
  event->set_actor(recorded.actor);
  event->set_request_id(recorded.request_id);
  event->set_correlation_id(recorded.correlation_id);
  event->set_causation_id(recorded.causation_id);
  event->set_marking(body.marking);
  event->set_basis(body.basis);
  event->set_agreement(body.agreement);
  event->set_retention_rule(body.retention_rule);
  event->set_payload(body.payload);
  for (const auto& part : body.parts) {
    auto* wire = event->add_parts();
    wire->set_name(part.name);
    wire->set_key_id(part.key_id);
    wire->set_nonce(part.nonce);
    wire->set_ciphertext(part.ciphertext);
    wire->set_ciphertext_hash(Bytes(part.ciphertext_hash));
    wire->set_erased(part.erased);
  }
  event->set_leaf(Bytes(recorded.leaf));
}

absl::StatusOr<eventstore::Filter> FromWire(const v1::Filter& wire) {
  if (wire.types_size() > kFilterEntriesMax || wire.contexts_size() > kFilterEntriesMax) {
    return runtime::InvalidField("filter", "has more than 100 entries",
                                 "Name at most 100 types and 100 contexts.");
  }
  return eventstore::Filter{{wire.types().begin(), wire.types().end()},
                            {wire.contexts().begin(), wire.contexts().end()}};
}

}  // namespace daybook::eventlog
