// IncidentService: translate and finish; the rules are in services/incidents/domain.
#pragma once

#include "daybook/incidents/v1/incidents_service.grpc.pb.h"
#include "services/partners/application/registers.h"
#include "services/runtime/drain.h"
#include "services/runtime/unary_call.h"
#include "services/submissions/application/version_keeper.h"

namespace daybook::incidents {

// Thread-safe. Owns nothing that it is given.
class IncidentServiceImpl final : public v1::IncidentService::CallbackService {
 public:
  IncidentServiceImpl(const runtime::CallEnvironment& env, partners::Registers& registers,
                      submissions::VersionKeeper& versions, commands::PartMatcher& parts,
                      runtime::DrainSignal& drain);

  grpc::ServerUnaryReactor* SubmitIncident(grpc::CallbackServerContext* context,
                                           const v1::SubmitIncidentRequest* request,
                                           v1::SubmitIncidentResponse* response) override;
  grpc::ServerBidiReactor<v1::SubmitIncidentsRequest, v1::SubmitIncidentsResponse>* SubmitIncidents(
      grpc::CallbackServerContext* context) override;

 private:
  absl::StatusOr<types::v1::RowResults> Keep(const commands::Caller& caller,
                                             const v1::SubmitIncidentsRequest& request);

  const runtime::CallEnvironment& env_;
  partners::Registers& registers_;
  submissions::VersionKeeper& versions_;
  commands::PartMatcher& parts_;
  runtime::DrainSignal& drain_;
};

}  // namespace daybook::incidents
