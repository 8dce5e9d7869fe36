// MeasureService: translate and finish; the rules are in services/measures/domain.
#pragma once

#include "daybook/measures/v1/measures_service.grpc.pb.h"
#include "services/measures/application/register.h"
#include "services/partners/application/registers.h"
#include "services/runtime/drain.h"
#include "services/runtime/unary_call.h"

namespace daybook::measures {

// Thread-safe. Owns nothing that it is given.
class MeasureServiceImpl final : public v1::MeasureService::CallbackService {
 public:
  MeasureServiceImpl(const runtime::CallEnvironment& env, Measures& measures,
                     partners::Registers& registers, runtime::DrainSignal& drain);

  grpc::ServerUnaryReactor* DefineDimension(grpc::CallbackServerContext* context,
                                            const v1::DefineDimensionRequest* request,
                                            v1::DefineDimensionResponse* response) override;
  grpc::ServerUnaryReactor* DefineMeasure(grpc::CallbackServerContext* context,
                                          const v1::DefineMeasureRequest* request,
                                          v1::DefineMeasureResponse* response) override;
  grpc::ServerUnaryReactor* DeclareBreak(grpc::CallbackServerContext* context,
                                         const v1::DeclareBreakRequest* request,
                                         v1::DeclareBreakResponse* response) override;
  grpc::ServerUnaryReactor* SetHarmWeight(grpc::CallbackServerContext* context,
                                          const v1::SetHarmWeightRequest* request,
                                          v1::SetHarmWeightResponse* response) override;
  grpc::ServerBidiReactor<v1::SubmitObservationsRequest, v1::SubmitObservationsResponse>*
  SubmitObservations(grpc::CallbackServerContext* context) override;
  grpc::ServerBidiReactor<v1::PublishFiguresRequest, v1::PublishFiguresResponse>* PublishFigures(
      grpc::CallbackServerContext* context) override;

 private:
  template <class Request, class Response>
  grpc::ServerUnaryReactor* OnRegister(grpc::CallbackServerContext* context, const Request* request,
                                       Response* response);

  const runtime::CallEnvironment& env_;
  Measures& measures_;
  partners::Registers& registers_;
  runtime::DrainSignal& drain_;
};

}  // namespace daybook::measures
