// What the rules of an incident look at: whether it stands, and with which content.
//
// One stream an incident. A row with a key in its source: "incident-<force>/<source_key>"; a key is
// unique within its force (of the API of data.police.uk: "incidentapi-<force>/<source_key>"). A row
// without one (anti-social behaviour in open data, where identical rows are separate incidents) is
// the n-th of its content of its agency and dataset: "incident-alike-<hash>-<n>"; outside a
// submission the request stands for the file: "incidents-<agency>/<request_id>/<row>". The slash
// keeps the first two apart: a hash has none. Plain values; not thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "daybook/incidents/events/v1/events.pb.h"
#include "eventstore/core/event.h"
#include "google/protobuf/message.h"
#include "services/commands/row_hash.h"
#include "services/commands/sealed_row.h"

namespace daybook::incidents {

// The sealed part of an incident whose source does not publish its records (message Place).
inline constexpr std::string_view kPlacePart = "place";
inline constexpr std::array<std::string_view, 1> kParts = {kPlacePart};

struct IncidentState {
  std::uint64_t event_count = 0;
  // As it stands; nullopt when it was voided, or is known from an older extract only.
  std::optional<events::v1::IncidentRecorded> stands;
  commands::SealedRow sealed;  // of what stands, or stood last
};

std::string KeyedIncidentStream(const events::v1::IncidentRecorded& incident);
std::string AlikeIncidentStream(std::string_view content_hash, std::uint32_t copy);
std::string SingleIncidentStream(std::string_view agency, std::string_view request_id,
                                 std::uint32_t row);

// Folds one event; an event of another context counts and changes nothing else. Never fails.
void Evolve(IncidentState& state, const google::protobuf::Message& event,
            const eventstore::RecordedEvent& recorded);

// Whether two records say the same about the incident in clear, wherever they came from:
// submission, row and register version are left out.
bool SameIncident(const events::v1::IncidentRecorded& a, const events::v1::IncidentRecorded& b);
// Equal exactly for the same incidents.
commands::RowHash ContentOf(const events::v1::IncidentRecorded& incident);

}  // namespace daybook::incidents
