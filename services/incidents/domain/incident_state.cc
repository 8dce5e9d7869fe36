#include "services/incidents/domain/incident_state.h"

#include <string_view>
#include <vector>

#include "fmt/format.h"
#include "services/commands/stream_name.h"

namespace daybook::incidents {

namespace ev = events::v1;

std::string KeyedIncidentStream(const ev::IncidentRecorded& incident) {
  const std::string_view category =
      incident.dataset() == "police-uk-api" ? "incidentapi" : "incident";
  return commands::StreamName(category, {incident.force_id(), incident.source_key()});
}

std::string AlikeIncidentStream(std::string_view content_hash, std::uint32_t copy) {
  return fmt::format("incident-alike-{}-{}", content_hash, copy);
}

std::string SingleIncidentStream(std::string_view agency, std::string_view request_id,
                                 std::uint32_t row) {
  return commands::StreamName("incidents", {agency, request_id, fmt::to_string(row)});
}

namespace {

void Stand(IncidentState& state, const ev::IncidentRecorded& incident,
           const eventstore::RecordedEvent& recorded) {
  state.stands = incident;
  state.sealed = commands::SealedRowOf(kParts, recorded.event.parts, incident.erased());
}

}  // namespace

void Evolve(IncidentState& state, const google::protobuf::Message& event,
            const eventstore::RecordedEvent& recorded) {
  ++state.event_count;
  if (event.GetDescriptor() == ev::IncidentRecorded::descriptor()) {
    Stand(state, static_cast<const ev::IncidentRecorded&>(event), recorded);
  } else if (event.GetDescriptor() == ev::IncidentRevised::descriptor()) {
    Stand(state, static_cast<const ev::IncidentRevised&>(event).incident(), recorded);
  } else if (event.GetDescriptor() == ev::IncidentVoided::descriptor()) {
    state.stands.reset();
  }
}

bool SameIncident(const ev::IncidentRecorded& a, const ev::IncidentRecorded& b) {
  return ContentOf(a) == ContentOf(b);
}

commands::RowHash ContentOf(const ev::IncidentRecorded& incident) {
  const ev::Place& place = incident.published_place();
  std::vector<std::string_view> fields = {
      incident.source_key(), incident.dataset(),  incident.month(),   incident.type(),
      incident.force_id(),   incident.district(), incident.outcome(), place.longitude(),
      place.latitude(),      place.location(),    place.lsoa_code()};
  // What only police systems say; flags stand last, for there may be any number of them.
  const bool has_more = !incident.sub_group().empty() || !incident.offence_code().empty() ||
                        incident.flags_size() > 0 || !incident.withdrawal().empty();
  if (has_more) {
    fields.insert(fields.end(),
                  {incident.sub_group(), incident.offence_code(), incident.withdrawal()});
    fields.insert(fields.end(), incident.flags().begin(), incident.flags().end());
  }
  return commands::HashRow(fields);
}

}  // namespace daybook::incidents
