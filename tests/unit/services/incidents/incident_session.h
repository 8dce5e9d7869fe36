// Rows of incidents and a session that sends them to a ledger in memory.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "proto/values/civil.h"
#include "services/incidents/domain/incident_commands.h"
#include "services/incidents/domain/incident_state.h"
#include "tests/unit/services/session_ledger.h"

namespace daybook::incidents {

using commands::Outcome;
using commands::ReasonOf;
using commands::Summary;

inline constexpr const char* kSubmission = "0123456789abcdef0123456789abcdef";

inline partners::OrganisationRegister Forces() {
  partners::OrganisationRegister organisations;
  partners::events::v1::OrganisationRegistered event;
  event.set_organisation_id("north-police");
  event.set_name("North Police");
  event.set_kind("police");
  organisations.Evolve(event);
  return organisations;
}

inline v1::IncidentRow Burglary(std::uint32_t number, const std::string& key) {
  v1::IncidentRow row;
  row.set_row(number);
  row.set_source_key(key);
  row.set_month("2018-10");
  row.set_type("Burglary");
  row.set_force("North Police");
  row.set_district("Vale");
  row.set_lsoa_code("E01000001");
  row.set_outcome("Under investigation");
  row.set_longitude("0.901681");
  row.set_latitude("51.901236");
  row.set_location("On or near High Street");
  return row;
}

inline v1::IncidentRow Nuisance(std::uint32_t number) {
  v1::IncidentRow row = Burglary(number, "");
  row.set_type("Anti-social behaviour");
  row.clear_outcome();
  return row;
}

class IncidentSession {
 public:
  Outcome Submit(std::vector<v1::IncidentRow> rows, const std::string& submission = "",
                 const std::string& dataset = "police-uk-street") {
    v1::SubmitIncidentsRequest request;
    request.mutable_head()->set_request_id("m" + std::to_string(++messages_));
    request.mutable_head()->set_submission_id(submission);
    request.set_dataset(dataset);
    for (v1::IncidentRow& row : rows) *request.add_rows() = std::move(row);
    return ledger.Run([&](commands::StreamLoader& loader) {
      return DecideIncidents(loader, circumstances, request);
    });
  }

  std::variant<commands::RowsRead, commands::Rejection> Read(
      const v1::SubmitIncidentsRequest& request) {
    return ReadIncidents(circumstances, request);
  }

  Outcome SubmitOne(v1::IncidentRow row, const std::string& dataset = "police-uk-street") {
    v1::SubmitIncidentRequest request;
    request.mutable_head()->set_request_id("m" + std::to_string(++messages_));
    request.set_dataset(dataset);
    *request.mutable_incident() = std::move(row);
    return ledger.Run([&](commands::StreamLoader& loader) {
      return DecideIncident(loader, circumstances, request);
    });
  }

  commands::SessionLedger ledger;
  partners::OrganisationRegister organisations = Forces();
  partners::AreaRegister areas;  // none, so that every district stands as it is written
  Circumstances circumstances{.agency = "north-police",
                              .today = *values::ParseDay("2018-11-20"),
                              .organisations = organisations,
                              .areas = areas,
                              .parts = ledger.parts};

 private:
  int messages_ = 0;
};

inline std::string KeyedStream(const std::string& force, const std::string& key,
                               const std::string& dataset = "incidents") {
  events::v1::IncidentRecorded incident;
  incident.set_force_id(force);
  incident.set_source_key(key);
  incident.set_dataset(dataset);
  return KeyedIncidentStream(incident);
}

}  // namespace daybook::incidents
