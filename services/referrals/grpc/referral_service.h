// ReferralService: translate and finish; the rules are in services/referrals/domain.
#pragma once

#include "daybook/referrals/v1/referrals_service.grpc.pb.h"
#include "services/commands/opaque_ids.h"
#include "services/commands/sealed_row.h"
#include "services/measures/application/register.h"
#include "services/partners/application/registers.h"
#include "services/referrals/domain/referral_commands.h"
#include "services/runtime/drain.h"
#include "services/runtime/unary_call.h"
#include "services/submissions/application/version_keeper.h"

namespace daybook::referrals {

// Thread-safe. Owns nothing that it is given.
class ReferralServiceImpl final : public v1::ReferralService::CallbackService {
 public:
  ReferralServiceImpl(const runtime::CallEnvironment& env, partners::Registers& registers,
                      measures::Measures& measures, submissions::VersionKeeper& versions,
                      commands::PartMatcher& parts, commands::OpaqueIds& ids,
                      runtime::DrainSignal& drain);

  grpc::ServerUnaryReactor* SubmitReferral(grpc::CallbackServerContext* context,
                                           const v1::SubmitReferralRequest* request,
                                           v1::SubmitReferralResponse* response) override;
  grpc::ServerUnaryReactor* ChangeReferralStatus(
      grpc::CallbackServerContext* context, const v1::ChangeReferralStatusRequest* request,
      v1::ChangeReferralStatusResponse* response) override;
  grpc::ServerBidiReactor<v1::SubmitReferralsRequest, v1::SubmitReferralsResponse>* SubmitReferrals(
      grpc::CallbackServerContext* context) override;

 private:
  // The registers as they are at the call.
  struct Registered;
  absl::StatusOr<Registered> ReadRegisters();
  Circumstances CircumstancesOf(const commands::Caller& caller, const Registered& registered) const;
  absl::StatusOr<types::v1::RowResults> Keep(const commands::Caller& caller,
                                             const v1::SubmitReferralsRequest& request);

  const runtime::CallEnvironment& env_;
  partners::Registers& registers_;
  measures::Measures& measures_;
  submissions::VersionKeeper& versions_;
  commands::PartMatcher& parts_;
  commands::OpaqueIds& ids_;
  runtime::DrainSignal& drain_;
};

}  // namespace daybook::referrals
