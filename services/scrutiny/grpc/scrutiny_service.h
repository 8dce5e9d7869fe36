// ScrutinyService: translate and finish only.
#pragma once

#include "daybook/scrutiny/v1/scrutiny_service.grpc.pb.h"
#include "services/partners/application/registers.h"
#include "services/runtime/unary_call.h"

namespace daybook::scrutiny {

// Thread-safe. Owns nothing that it is given.
class ScrutinyServiceImpl final : public v1::ScrutinyService::CallbackService {
 public:
  ScrutinyServiceImpl(const runtime::CallEnvironment& env, partners::Registers& registers);

  grpc::ServerUnaryReactor* PassResolution(grpc::CallbackServerContext* context,
                                           const v1::PassResolutionRequest* request,
                                           v1::PassResolutionResponse* response) override;
  grpc::ServerUnaryReactor* GiveResponse(grpc::CallbackServerContext* context,
                                         const v1::GiveResponseRequest* request,
                                         v1::GiveResponseResponse* response) override;
  grpc::ServerUnaryReactor* OpenAssessment(grpc::CallbackServerContext* context,
                                           const v1::OpenAssessmentRequest* request,
                                           v1::OpenAssessmentResponse* response) override;
  grpc::ServerUnaryReactor* SubmitSection(grpc::CallbackServerContext* context,
                                          const v1::SubmitSectionRequest* request,
                                          v1::SubmitSectionResponse* response) override;
  grpc::ServerUnaryReactor* ApproveAssessment(grpc::CallbackServerContext* context,
                                              const v1::ApproveAssessmentRequest* request,
                                              v1::ApproveAssessmentResponse* response) override;
  grpc::ServerUnaryReactor* RankRisk(grpc::CallbackServerContext* context,
                                     const v1::RankRiskRequest* request,
                                     v1::RankRiskResponse* response) override;

 private:
  template <class State, class Request, class Response>
  grpc::ServerUnaryReactor* On(grpc::CallbackServerContext* context, const Request* request,
                               Response* response);

  const runtime::CallEnvironment& env_;
  partners::Registers& registers_;
};

}  // namespace daybook::scrutiny
