// What the rules of an incident look at: whether it stands, and with which content.
//
// One stream an incident. A row with a key in its source: "incident-<force>/<source_key>"; a key is
// unique within its force. A row without one (anti-social behaviour in open data, where identical
// rows are separate incidents): "incident-<submission_id>-<row>", so that equal rows stay separate
// and the same file again finds its own rows; outside a submission the request stands for the file:
// "incidents-<agency>/<request_id>/<row>". The slash keeps them apart: neither a force's id nor a
// submission's has one. Plain values; not thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "daybook/incidents/events/v1/events.pb.h"
#include "google/protobuf/message.h"

namespace daybook::incidents {

// The sealed part of an incident whose source does not publish its records (message Place).
inline constexpr std::string_view kPlacePart = "place";

struct IncidentState {
  std::uint64_t event_count = 0;
  std::optional<events::v1::IncidentRecorded> recorded;
};

std::string KeyedIncidentStream(std::string_view force_id, std::string_view source_key);
std::string RowIncidentStream(std::string_view submission_id, std::uint32_t row);
std::string SingleIncidentStream(std::string_view agency, std::string_view request_id,
                                 std::uint32_t row);

// Folds one event; an event of another context counts and changes nothing else. Never fails.
void Evolve(IncidentState& state, const google::protobuf::Message& event);

// Whether two records say the same about the incident, wherever they came from: submission, row and
// register version are left out. A sealed place cannot be compared.
bool SameIncident(const events::v1::IncidentRecorded& a, const events::v1::IncidentRecorded& b);

}  // namespace daybook::incidents
