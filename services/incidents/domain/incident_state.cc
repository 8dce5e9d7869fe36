#include "services/incidents/domain/incident_state.h"

#include "fmt/format.h"
#include "services/commands/stream_name.h"

namespace daybook::incidents {

namespace ev = events::v1;

std::string KeyedIncidentStream(std::string_view force_id, std::string_view source_key) {
  return commands::StreamName("incident", {force_id, source_key});
}

std::string RowIncidentStream(std::string_view submission_id, std::uint32_t row) {
  return fmt::format("incident-{}-{}", submission_id, row);
}

std::string SingleIncidentStream(std::string_view agency, std::string_view request_id,
                                 std::uint32_t row) {
  return commands::StreamName("incidents", {agency, request_id, fmt::to_string(row)});
}

void Evolve(IncidentState& state, const google::protobuf::Message& event) {
  ++state.event_count;
  if (event.GetDescriptor() == ev::IncidentRecorded::descriptor()) {
    state.recorded = static_cast<const ev::IncidentRecorded&>(event);
  }
}

bool SameIncident(const ev::IncidentRecorded& a, const ev::IncidentRecorded& b) {
  const ev::Place& at = a.published_place();
  const ev::Place& bt = b.published_place();
  return a.source_key() == b.source_key() && a.dataset() == b.dataset() && a.month() == b.month() &&
         a.type() == b.type() && a.force_id() == b.force_id() && a.district() == b.district() &&
         a.outcome() == b.outcome() && at.longitude() == bt.longitude() &&
         at.latitude() == bt.latitude() && at.location() == bt.location() &&
         at.lsoa_code() == bt.lsoa_code();
}

}  // namespace daybook::incidents
