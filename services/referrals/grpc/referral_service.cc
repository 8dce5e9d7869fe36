#include "services/referrals/grpc/referral_service.h"

#include "eventstore/core/civil_day.h"
#include "eventstore/core/error.h"
#include "services/referrals/domain/referral_commands.h"
#include "services/runtime/row_service.h"
#include "services/submissions/application/row_guard.h"

namespace daybook::referrals {

using commands::Caller;
using commands::Outcome;
using commands::StreamLoader;

grpc::ServerUnaryReactor* ReferralServiceImpl::SubmitReferral(
    grpc::CallbackServerContext* context, const v1::SubmitReferralRequest* request,
    v1::SubmitReferralResponse* response) {
  return runtime::OnCommand<v1::SubmitReferralRequest, v1::SubmitReferralResponse>(
      env_, context, request, response,
      [this](const Caller& caller, const v1::SubmitReferralRequest& command,
             StreamLoader& loader) -> absl::StatusOr<Outcome> {
        DAYBOOK_ASSIGN_OR_RETURN(const auto areas, registers_.areas.Read());
        return DecideReferral(
            loader, {caller.agency, eventstore::LondonDay(env_.clock.Now()), *areas}, command);
      });
}

grpc::ServerUnaryReactor* ReferralServiceImpl::ChangeReferralStatus(
    grpc::CallbackServerContext* context, const v1::ChangeReferralStatusRequest* request,
    v1::ChangeReferralStatusResponse* response) {
  return runtime::OnCommand<v1::ChangeReferralStatusRequest, v1::ChangeReferralStatusResponse>(
      env_, context, request, response,
      [this](const Caller& caller, const v1::ChangeReferralStatusRequest& command,
             StreamLoader& loader) -> absl::StatusOr<Outcome> {
        DAYBOOK_ASSIGN_OR_RETURN(const auto areas, registers_.areas.Read());
        return DecideStatusChange(
            loader, {caller.agency, eventstore::LondonDay(env_.clock.Now()), *areas}, command);
      });
}

grpc::ServerBidiReactor<v1::SubmitReferralsRequest, v1::SubmitReferralsResponse>*
ReferralServiceImpl::SubmitReferrals(grpc::CallbackServerContext* context) {
  return runtime::OnRows<v1::SubmitReferralsRequest, v1::SubmitReferralsResponse>(
      env_, drain_, context,
      [this](const Caller& caller, const v1::SubmitReferralsRequest& command,
             StreamLoader& loader) -> absl::StatusOr<Outcome> {
        DAYBOOK_ASSIGN_OR_RETURN(const auto areas, registers_.areas.Read());
        return submissions::WithinSubmission(caller, command, loader, [&](const auto&) {
          return DecideReferrals(
              loader, {caller.agency, eventstore::LondonDay(env_.clock.Now()), *areas}, command);
        });
      });
}

}  // namespace daybook::referrals
