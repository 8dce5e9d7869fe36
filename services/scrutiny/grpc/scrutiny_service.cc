#include "services/scrutiny/grpc/scrutiny_service.h"

#include "eventstore/core/civil_day.h"
#include "eventstore/core/error.h"
#include "services/scrutiny/domain/scrutiny_commands.h"

namespace daybook::scrutiny {
namespace {

template <class Request>
std::string StreamOf(const Request& request) {
  if constexpr (requires { request.resolution_id(); }) {
    return ResolutionStream(request.resolution_id());
  } else {
    return AssessmentStream(request.assessment_id());
  }
}

}  // namespace

ScrutinyServiceImpl::ScrutinyServiceImpl(const runtime::CallEnvironment& env,
                                         partners::Registers& registers)
    : env_(env), registers_(registers) {}

template <class State, class Request, class Response>
grpc::ServerUnaryReactor* ScrutinyServiceImpl::On(grpc::CallbackServerContext* context,
                                                  const Request* request, Response* response) {
  return runtime::OnCommand<Request, Response>(
      env_, context, request, response,
      [this](const commands::Caller&, const Request& command,
             commands::StreamLoader& loader) -> absl::StatusOr<commands::Outcome> {
        State state;
        const auto count = loader.Fold(
            StreamOf(command), [&](const google::protobuf::Message& event,
                                   const eventstore::RecordedEvent&) { Evolve(state, event); });
        DAYBOOK_RETURN_IF_ERROR(count.status());
        DAYBOOK_ASSIGN_OR_RETURN(const auto partnerships, registers_.partnerships.Read());
        DAYBOOK_ASSIGN_OR_RETURN(const auto organisations, registers_.organisations.Read());
        return Decide(state,
                      {eventstore::LondonDay(env_.clock.Now()), *partnerships, *organisations},
                      command);
      });
}

grpc::ServerUnaryReactor* ScrutinyServiceImpl::PassResolution(
    grpc::CallbackServerContext* context, const v1::PassResolutionRequest* request,
    v1::PassResolutionResponse* response) {
  return On<ResolutionState>(context, request, response);
}

grpc::ServerUnaryReactor* ScrutinyServiceImpl::GiveResponse(grpc::CallbackServerContext* context,
                                                            const v1::GiveResponseRequest* request,
                                                            v1::GiveResponseResponse* response) {
  return On<ResolutionState>(context, request, response);
}

grpc::ServerUnaryReactor* ScrutinyServiceImpl::OpenAssessment(
    grpc::CallbackServerContext* context, const v1::OpenAssessmentRequest* request,
    v1::OpenAssessmentResponse* response) {
  return On<AssessmentState>(context, request, response);
}

grpc::ServerUnaryReactor* ScrutinyServiceImpl::SubmitSection(
    grpc::CallbackServerContext* context, const v1::SubmitSectionRequest* request,
    v1::SubmitSectionResponse* response) {
  return On<AssessmentState>(context, request, response);
}

grpc::ServerUnaryReactor* ScrutinyServiceImpl::ApproveAssessment(
    grpc::CallbackServerContext* context, const v1::ApproveAssessmentRequest* request,
    v1::ApproveAssessmentResponse* response) {
  return On<AssessmentState>(context, request, response);
}

grpc::ServerUnaryReactor* ScrutinyServiceImpl::RankRisk(grpc::CallbackServerContext* context,
                                                        const v1::RankRiskRequest* request,
                                                        v1::RankRiskResponse* response) {
  return On<AssessmentState>(context, request, response);
}

}  // namespace daybook::scrutiny
