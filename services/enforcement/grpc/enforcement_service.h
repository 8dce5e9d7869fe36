// EnforcementService: translate and finish only.
#pragma once

#include "daybook/enforcement/v1/enforcement_service.grpc.pb.h"
#include "services/commands/opaque_ids.h"
#include "services/partners/application/registers.h"
#include "services/runtime/unary_call.h"

namespace daybook::enforcement {

// Thread-safe. Owns nothing that it is given.
class EnforcementServiceImpl final : public v1::EnforcementService::CallbackService {
 public:
  EnforcementServiceImpl(const runtime::CallEnvironment& env, partners::Registers& registers,
                         commands::OpaqueIds& ids);

  grpc::ServerUnaryReactor* MakeOrder(grpc::CallbackServerContext* context,
                                      const v1::MakeOrderRequest* request,
                                      v1::MakeOrderResponse* response) override;
  grpc::ServerUnaryReactor* ReviewOrder(grpc::CallbackServerContext* context,
                                        const v1::ReviewOrderRequest* request,
                                        v1::ReviewOrderResponse* response) override;
  grpc::ServerUnaryReactor* RecordBreach(grpc::CallbackServerContext* context,
                                         const v1::RecordBreachRequest* request,
                                         v1::RecordBreachResponse* response) override;
  grpc::ServerUnaryReactor* TakeStep(grpc::CallbackServerContext* context,
                                     const v1::TakeStepRequest* request,
                                     v1::TakeStepResponse* response) override;
  grpc::ServerUnaryReactor* RaiseTask(grpc::CallbackServerContext* context,
                                      const v1::RaiseTaskRequest* request,
                                      v1::RaiseTaskResponse* response) override;
  grpc::ServerUnaryReactor* ActionTask(grpc::CallbackServerContext* context,
                                       const v1::ActionTaskRequest* request,
                                       v1::ActionTaskResponse* response) override;
  grpc::ServerUnaryReactor* IssuePenalty(grpc::CallbackServerContext* context,
                                         const v1::IssuePenaltyRequest* request,
                                         v1::IssuePenaltyResponse* response) override;
  grpc::ServerUnaryReactor* SettlePenalty(grpc::CallbackServerContext* context,
                                          const v1::SettlePenaltyRequest* request,
                                          v1::SettlePenaltyResponse* response) override;

 private:
  // A command that looks at one stream, folded into a State.
  template <class State, class Request, class Response>
  grpc::ServerUnaryReactor* On(grpc::CallbackServerContext* context, const Request* request,
                               Response* response);
  // A command that looks at an order and one person's breaches of it.
  template <class Request, class Response>
  grpc::ServerUnaryReactor* OnBreach(grpc::CallbackServerContext* context, const Request* request,
                                     Response* response);

  const runtime::CallEnvironment& env_;
  template <class Request>
  absl::StatusOr<std::string> PersonOf(const Request& request, bool make);

  partners::Registers& registers_;
  commands::OpaqueIds& ids_;
};

}  // namespace daybook::enforcement
