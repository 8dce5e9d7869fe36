#include "services/incidents/grpc/incident_service.h"

#include <utility>
#include <variant>

#include "eventstore/core/civil_day.h"
#include "eventstore/core/error.h"
#include "services/incidents/domain/incident_commands.h"
#include "services/runtime/row_service.h"

namespace daybook::incidents {

using commands::Caller;
using commands::Outcome;
using commands::StreamLoader;

IncidentServiceImpl::IncidentServiceImpl(const runtime::CallEnvironment& env,
                                         partners::Registers& registers,
                                         submissions::VersionKeeper& versions,
                                         commands::PartMatcher& parts, runtime::DrainSignal& drain)
    : env_(env), registers_(registers), versions_(versions), parts_(parts), drain_(drain) {}

grpc::ServerUnaryReactor* IncidentServiceImpl::SubmitIncident(
    grpc::CallbackServerContext* context, const v1::SubmitIncidentRequest* request,
    v1::SubmitIncidentResponse* response) {
  return runtime::OnCommand<v1::SubmitIncidentRequest, v1::SubmitIncidentResponse>(
      env_, context, request, response,
      [this](const Caller& caller, const v1::SubmitIncidentRequest& command,
             StreamLoader& loader) -> absl::StatusOr<Outcome> {
        DAYBOOK_ASSIGN_OR_RETURN(const auto organisations, registers_.organisations.Read());
        DAYBOOK_ASSIGN_OR_RETURN(const auto areas, registers_.areas.Read());
        return DecideIncident(loader,
                              {caller.agency, eventstore::LondonDay(env_.clock.Now()),
                               *organisations, *areas, parts_},
                              command);
      });
}

grpc::ServerBidiReactor<v1::SubmitIncidentsRequest, v1::SubmitIncidentsResponse>*
IncidentServiceImpl::SubmitIncidents(grpc::CallbackServerContext* context) {
  return runtime::OnRows<v1::SubmitIncidentsRequest, v1::SubmitIncidentsResponse>(
      env_, drain_, context,
      [this](const Caller& caller, const v1::SubmitIncidentsRequest& command,
             StreamLoader& loader) -> absl::StatusOr<Outcome> {
        DAYBOOK_ASSIGN_OR_RETURN(const auto organisations, registers_.organisations.Read());
        DAYBOOK_ASSIGN_OR_RETURN(const auto areas, registers_.areas.Read());
        return DecideIncidents(loader,
                               {caller.agency, eventstore::LondonDay(env_.clock.Now()),
                                *organisations, *areas, parts_},
                               command);
      },
      [this](const Caller& caller, const v1::SubmitIncidentsRequest& request) {
        return Keep(caller, request);
      });
}

absl::StatusOr<types::v1::RowResults> IncidentServiceImpl::Keep(
    const Caller& caller, const v1::SubmitIncidentsRequest& request) {
  DAYBOOK_ASSIGN_OR_RETURN(const auto organisations, registers_.organisations.Read());
  DAYBOOK_ASSIGN_OR_RETURN(const auto areas, registers_.areas.Read());
  auto read = ReadIncidents(
      {caller.agency, eventstore::LondonDay(env_.clock.Now()), *organisations, *areas, parts_},
      request);
  if (const auto* rejection = std::get_if<commands::Rejection>(&read)) {
    return ToStatus(*rejection);
  }
  auto& rows = std::get<commands::RowsRead>(read);
  DAYBOOK_RETURN_IF_ERROR(
      versions_.Keep(caller, request.head().submission_id(), request.dataset(), rows.kept));
  return std::move(rows.results);
}

}  // namespace daybook::incidents
