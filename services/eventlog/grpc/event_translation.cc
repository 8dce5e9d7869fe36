#include "services/eventlog/grpc/event_translation.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "eventstore/core/civil_day.h"
#include "eventstore/core/error.h"
#include "proto/registry/event_types.h"
#include "proto/values/civil.h"
#include "proto/values/names.h"
#include "services/runtime/time_text.h"

namespace daybook::eventlog {
namespace {

constexpr int kFilterEntriesMax = 100;

// The contexts of all event types.
const std::vector<std::string>& Contexts() {
  static const auto& contexts = *[] {
    std::set<std::string> all;
    for (const std::string& type : registry::AllEventTypes()) {
      all.insert(type.substr(0, type.find('.')));
    }
    return new std::vector<std::string>(all.begin(), all.end());
  }();
  return contexts;
}

absl::Status CheckKnown(const std::string& field, const std::string& name,
                        const std::vector<std::string>& known) {
  if (std::ranges::find(known, name) != known.end()) return absl::OkStatus();
  return eventstore::MakeError(absl::StatusCode::kInvalidArgument,
                               field + ": there is none of that name",
                               {.reason = "UNKNOWN_VALUE",
                                .remedy = "The nearest is " + values::NearestOf(name, known) + ".",
                                .fields = {{field, "there is none of that name"}},
                                .metadata = {}});
}

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

absl::StatusOr<eventstore::Hash> HashOf(const std::string& field, const std::string& bytes) {
  eventstore::Hash hash;
  if (bytes.size() != hash.size()) {
    return runtime::InvalidField(field, "is not 32 bytes", "Send the event as it was received.");
  }
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

absl::StatusOr<eventstore::CivilDay> DayOf(const std::string& field, const std::string& text) {
  if (const auto day = values::ParseDay(text)) return *day;
  return runtime::InvalidField(field, "is no day", "Send the event as it was received.");
}

absl::StatusOr<eventstore::Known> KnownFromWire(const types::v1::Known& wire,
                                                eventstore::Instant recorded) {
  using eventstore::KnownPrecision;
  // As the store gives it back: the day of the recording where nothing else was said.
  eventstore::Known known{KnownPrecision::kRecorded, eventstore::LondonDay(recorded)};
  if (wire.precision() == types::v1::Known::PRECISION_UNKNOWN) {
    return eventstore::Known{KnownPrecision::kUnknown, {}};
  }
  if (wire.date().empty()) return known;
  known.precision = wire.precision() == types::v1::Known::PRECISION_MONTH ? KnownPrecision::kMonth
                                                                          : KnownPrecision::kDay;
  DAYBOOK_ASSIGN_OR_RETURN(known.day, DayOf("known.date", wire.date()));
  return known;
}

absl::StatusOr<eventstore::Effective> EffectiveFromWire(const v1::Event& wire) {
  eventstore::Effective effective;
  if (wire.effective_start().empty()) return effective;
  DAYBOOK_ASSIGN_OR_RETURN(effective.start, DayOf("effective_start", wire.effective_start()));
  DAYBOOK_ASSIGN_OR_RETURN(effective.end, DayOf("effective_end", wire.effective_end()));
  ++effective.end.days;
  return effective;
}

absl::Status PartsFromWire(const v1::Event& wire, std::vector<eventstore::SealedPart>& parts) {
  parts.clear();
  for (const auto& sealed : wire.parts()) {
    eventstore::SealedPart& part = parts.emplace_back();
    part.name = sealed.name();
    part.key_id = sealed.key_id();
    part.nonce = sealed.nonce();
    part.ciphertext = sealed.ciphertext();
    DAYBOOK_ASSIGN_OR_RETURN(part.ciphertext_hash,
                             HashOf("parts.ciphertext_hash", sealed.ciphertext_hash()));
    part.erased = sealed.erased();
    if (sealed.digest().empty()) continue;
    DAYBOOK_ASSIGN_OR_RETURN(part.digest, HashOf("parts.digest", sealed.digest()));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status FromWire(const v1::Event& wire, eventstore::RecordedEvent& recorded) {
  const auto time = runtime::ParseRfc3339(wire.record_time());
  if (!time) {
    return runtime::InvalidField("record_time", "is no time", "Send the event as it was received.");
  }
  recorded.record_time = *time;
  recorded.position = {wire.position()};
  recorded.stream = wire.stream();
  recorded.revision = {wire.revision()};
  recorded.agency = wire.agency();
  recorded.actor = wire.actor();
  recorded.request_id = wire.request_id();
  recorded.correlation_id = wire.correlation_id();
  recorded.causation_id = wire.causation_id();
  recorded.salt = {};
  eventstore::NewEvent& body = recorded.event;
  body.id = wire.event_id();
  body.type = wire.type();
  body.schema_version = wire.schema_version();
  DAYBOOK_ASSIGN_OR_RETURN(body.effective, EffectiveFromWire(wire));
  DAYBOOK_ASSIGN_OR_RETURN(body.known, KnownFromWire(wire.known(), *time));
  body.marking = wire.marking();
  body.basis = wire.basis();
  body.agreement = wire.agreement();
  body.retention_rule = wire.retention_rule();
  body.payload = wire.payload();
  DAYBOOK_RETURN_IF_ERROR(PartsFromWire(wire, body.parts));
  DAYBOOK_ASSIGN_OR_RETURN(recorded.leaf, HashOf("leaf", wire.leaf()));
  return absl::OkStatus();
}

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
    if (part.digest != eventstore::Hash{}) wire->set_digest(Bytes(part.digest));
  }
  event->set_leaf(Bytes(recorded.leaf));
}

absl::StatusOr<eventstore::Filter> FromWire(const v1::Filter& wire) {
  if (wire.types_size() > kFilterEntriesMax || wire.contexts_size() > kFilterEntriesMax) {
    return runtime::InvalidField("filter", "has more than 100 entries",
                                 "Name at most 100 types and 100 contexts.");
  }
  for (const std::string& type : wire.types()) {
    DAYBOOK_RETURN_IF_ERROR(CheckKnown("filter.types", type, registry::AllEventTypes()));
  }
  for (const std::string& context : wire.contexts()) {
    DAYBOOK_RETURN_IF_ERROR(CheckKnown("filter.contexts", context, Contexts()));
  }
  return eventstore::Filter{{wire.types().begin(), wire.types().end()},
                            {wire.contexts().begin(), wire.contexts().end()}};
}

}  // namespace daybook::eventlog
