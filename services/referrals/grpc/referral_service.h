// ReferralService: translate and finish; the rules are in services/referrals/domain.
#pragma once

#include "daybook/referrals/v1/referrals_service.grpc.pb.h"
#include "services/partners/application/registers.h"
#include "services/runtime/drain.h"
#include "services/runtime/unary_call.h"

namespace daybook::referrals {

// Thread-safe. Owns nothing that it is given.
class ReferralServiceImpl final : public v1::ReferralService::CallbackService {
 public:
  ReferralServiceImpl(const runtime::CallEnvironment& env, partners::Registers& registers,
                      runtime::DrainSignal& drain)
      : env_(env), registers_(registers), drain_(drain) {}

  grpc::ServerUnaryReactor* SubmitReferral(grpc::CallbackServerContext* context,
                                           const v1::SubmitReferralRequest* request,
                                           v1::SubmitReferralResponse* response) override;
  grpc::ServerUnaryReactor* ChangeReferralStatus(
      grpc::CallbackServerContext* context, const v1::ChangeReferralStatusRequest* request,
      v1::ChangeReferralStatusResponse* response) override;
  grpc::ServerBidiReactor<v1::SubmitReferralsRequest, v1::SubmitReferralsResponse>* SubmitReferrals(
      grpc::CallbackServerContext* context) override;

 private:
  const runtime::CallEnvironment& env_;
  partners::Registers& registers_;
  runtime::DrainSignal& drain_;
};

}  // namespace daybook::referrals
