// The datasets of enforcement.
#include "daybook/enforcement/v1/enforcement_service.grpc.pb.h"
#include "services/cli/send_commands.h"

namespace daybook::cli {

grpc::Status ImportEnforcement(ImportJob& job) {
  namespace v1 = enforcement::v1;
  auto stub = v1::EnforcementService::NewStub(job.connection.channel);
  if (job.dataset == "orders") {
    return EachRow<v1::MakeOrderRequest, v1::MakeOrderResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->MakeOrder(c, r, s); });
  }
  if (job.dataset == "order-reviews") {
    return EachRow<v1::ReviewOrderRequest, v1::ReviewOrderResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->ReviewOrder(c, r, s); });
  }
  if (job.dataset == "breaches") {
    return EachRow<v1::RecordBreachRequest, v1::RecordBreachResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->RecordBreach(c, r, s); });
  }
  if (job.dataset == "breach-steps") {
    return EachRow<v1::TakeStepRequest, v1::TakeStepResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->TakeStep(c, r, s); });
  }
  if (job.dataset == "tasks") {
    return EachRow<v1::RaiseTaskRequest, v1::RaiseTaskResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->RaiseTask(c, r, s); });
  }
  if (job.dataset == "task-ends") {
    return EachRow<v1::ActionTaskRequest, v1::ActionTaskResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->ActionTask(c, r, s); });
  }
  if (job.dataset == "penalties") {
    return EachRow<v1::IssuePenaltyRequest, v1::IssuePenaltyResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->IssuePenalty(c, r, s); });
  }
  return EachRow<v1::SettlePenaltyRequest, v1::SettlePenaltyResponse>(
      job, [&](auto* c, const auto& r, auto* s) { return stub->SettlePenalty(c, r, s); });
}

}  // namespace daybook::cli
