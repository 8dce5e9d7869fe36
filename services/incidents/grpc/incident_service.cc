#include "services/incidents/grpc/incident_service.h"

#include "eventstore/core/civil_day.h"
#include "eventstore/core/error.h"
#include "services/incidents/domain/incident_commands.h"
#include "services/runtime/row_service.h"
#include "services/submissions/application/row_guard.h"

namespace daybook::incidents {

using commands::Caller;
using commands::Outcome;
using commands::StreamLoader;

grpc::ServerUnaryReactor* IncidentServiceImpl::SubmitIncident(
    grpc::CallbackServerContext* context, const v1::SubmitIncidentRequest* request,
    v1::SubmitIncidentResponse* response) {
  return runtime::OnCommand<v1::SubmitIncidentRequest, v1::SubmitIncidentResponse>(
      env_, context, request, response,
      [this](const Caller& caller, const v1::SubmitIncidentRequest& command,
             StreamLoader& loader) -> absl::StatusOr<Outcome> {
        DAYBOOK_ASSIGN_OR_RETURN(const auto organisations, registers_.organisations.Read());
        return DecideIncident(
            loader, {caller.agency, eventstore::LondonDay(env_.clock.Now()), *organisations},
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
        return submissions::WithinSubmission(caller, command, loader, [&] {
          return DecideIncidents(
              loader, {caller.agency, eventstore::LondonDay(env_.clock.Now()), *organisations},
              command);
        });
      });
}

}  // namespace daybook::incidents
