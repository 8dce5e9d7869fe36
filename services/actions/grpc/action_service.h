// ActionService: translate and finish; the rules are in services/actions/domain.
#pragma once

#include "daybook/actions/v1/actions_service.grpc.pb.h"
#include "services/commands/sealed_row.h"
#include "services/partners/application/registers.h"
#include "services/runtime/unary_call.h"

namespace daybook::actions {

// Thread-safe. Owns nothing that it is given.
class ActionServiceImpl final : public v1::ActionService::CallbackService {
 public:
  ActionServiceImpl(const runtime::CallEnvironment& env, partners::Registers& registers,
                    commands::PartMatcher& parts);

  grpc::ServerUnaryReactor* OpenPlan(grpc::CallbackServerContext* context,
                                     const v1::OpenPlanRequest* request,
                                     v1::OpenPlanResponse* response) override;
  grpc::ServerUnaryReactor* AddPriority(grpc::CallbackServerContext* context,
                                        const v1::AddPriorityRequest* request,
                                        v1::AddPriorityResponse* response) override;
  grpc::ServerUnaryReactor* AddCommitment(grpc::CallbackServerContext* context,
                                          const v1::AddCommitmentRequest* request,
                                          v1::AddCommitmentResponse* response) override;
  grpc::ServerUnaryReactor* AddAction(grpc::CallbackServerContext* context,
                                      const v1::AddActionRequest* request,
                                      v1::AddActionResponse* response) override;
  grpc::ServerUnaryReactor* SetTarget(grpc::CallbackServerContext* context,
                                      const v1::SetTargetRequest* request,
                                      v1::SetTargetResponse* response) override;
  grpc::ServerUnaryReactor* SubmitUpdate(grpc::CallbackServerContext* context,
                                         const v1::SubmitUpdateRequest* request,
                                         v1::SubmitUpdateResponse* response) override;
  grpc::ServerUnaryReactor* DeferUpdate(grpc::CallbackServerContext* context,
                                        const v1::DeferUpdateRequest* request,
                                        v1::DeferUpdateResponse* response) override;
  grpc::ServerUnaryReactor* CancelAction(grpc::CallbackServerContext* context,
                                         const v1::CancelActionRequest* request,
                                         v1::CancelActionResponse* response) override;
  grpc::ServerUnaryReactor* CompleteAction(grpc::CallbackServerContext* context,
                                           const v1::CompleteActionRequest* request,
                                           v1::CompleteActionResponse* response) override;
  grpc::ServerUnaryReactor* AdoptPlan(grpc::CallbackServerContext* context,
                                      const v1::AdoptPlanRequest* request,
                                      v1::AdoptPlanResponse* response) override;
  grpc::ServerUnaryReactor* RevisePriority(grpc::CallbackServerContext* context,
                                           const v1::RevisePriorityRequest* request,
                                           v1::RevisePriorityResponse* response) override;
  grpc::ServerUnaryReactor* MapProject(grpc::CallbackServerContext* context,
                                       const v1::MapProjectRequest* request,
                                       v1::MapProjectResponse* response) override;
  grpc::ServerUnaryReactor* AllocateGrant(grpc::CallbackServerContext* context,
                                          const v1::AllocateGrantRequest* request,
                                          v1::AllocateGrantResponse* response) override;
  grpc::ServerUnaryReactor* ApplyTopSlice(grpc::CallbackServerContext* context,
                                          const v1::ApplyTopSliceRequest* request,
                                          v1::ApplyTopSliceResponse* response) override;
  grpc::ServerUnaryReactor* MoveFunds(grpc::CallbackServerContext* context,
                                      const v1::MoveFundsRequest* request,
                                      v1::MoveFundsResponse* response) override;
  grpc::ServerUnaryReactor* RecordActivity(grpc::CallbackServerContext* context,
                                           const v1::RecordActivityRequest* request,
                                           v1::RecordActivityResponse* response) override;
  grpc::ServerUnaryReactor* RecordReach(grpc::CallbackServerContext* context,
                                        const v1::RecordReachRequest* request,
                                        v1::RecordReachResponse* response) override;

 private:
  // A command about one activity, decided by `decide(state, registers)`.
  template <class Request, class Decide>
  absl::StatusOr<commands::Outcome> DecideOnActivity(commands::StreamLoader& loader,
                                                     const Request& command, const Decide& decide);

  const runtime::CallEnvironment& env_;
  partners::Registers& registers_;
  commands::PartMatcher& parts_;
};

}  // namespace daybook::actions
