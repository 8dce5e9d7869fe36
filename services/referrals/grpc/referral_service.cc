#include "services/referrals/grpc/referral_service.h"

#include <memory>
#include <utility>
#include <variant>

#include "eventstore/core/civil_day.h"
#include "eventstore/core/error.h"
#include "services/runtime/row_service.h"

namespace daybook::referrals {

using commands::Caller;
using commands::Outcome;
using commands::StreamLoader;

ReferralServiceImpl::ReferralServiceImpl(const runtime::CallEnvironment& env,
                                         partners::Registers& registers,
                                         measures::Measures& measures,
                                         submissions::VersionKeeper& versions,
                                         commands::PartMatcher& parts, commands::OpaqueIds& ids,
                                         runtime::DrainSignal& drain)
    : env_(env),
      registers_(registers),
      measures_(measures),
      versions_(versions),
      parts_(parts),
      ids_(ids),
      drain_(drain) {}

struct ReferralServiceImpl::Registered {
  std::shared_ptr<const partners::AreaRegister> areas;
  std::shared_ptr<const partners::OrganisationRegister> organisations;
  std::shared_ptr<const measures::MeasureRegister> measures;
};

absl::StatusOr<ReferralServiceImpl::Registered> ReferralServiceImpl::ReadRegisters() {
  Registered registered;
  DAYBOOK_ASSIGN_OR_RETURN(registered.areas, registers_.areas.Read());
  DAYBOOK_ASSIGN_OR_RETURN(registered.organisations, registers_.organisations.Read());
  DAYBOOK_ASSIGN_OR_RETURN(registered.measures, measures_.Read());
  return registered;
}

Circumstances ReferralServiceImpl::CircumstancesOf(const Caller& caller,
                                                   const Registered& registered) const {
  return {.agency = caller.agency,
          .today = eventstore::LondonDay(env_.clock.Now()),
          .areas = *registered.areas,
          .services = {*registered.measures, *registered.organisations},
          .parts = parts_,
          .ids = ids_};
}

namespace {
constexpr std::string_view kDataset = "referrals";
}

grpc::ServerUnaryReactor* ReferralServiceImpl::SubmitReferral(
    grpc::CallbackServerContext* context, const v1::SubmitReferralRequest* request,
    v1::SubmitReferralResponse* response) {
  return runtime::OnCommand<v1::SubmitReferralRequest, v1::SubmitReferralResponse>(
      env_, context, request, response,
      [this](const Caller& caller, const v1::SubmitReferralRequest& command,
             StreamLoader& loader) -> absl::StatusOr<Outcome> {
        DAYBOOK_ASSIGN_OR_RETURN(const Registered registered, ReadRegisters());
        return DecideReferral(loader, CircumstancesOf(caller, registered), command);
      });
}

grpc::ServerUnaryReactor* ReferralServiceImpl::ChangeReferralStatus(
    grpc::CallbackServerContext* context, const v1::ChangeReferralStatusRequest* request,
    v1::ChangeReferralStatusResponse* response) {
  return runtime::OnCommand<v1::ChangeReferralStatusRequest, v1::ChangeReferralStatusResponse>(
      env_, context, request, response,
      [this](const Caller& caller, const v1::ChangeReferralStatusRequest& command,
             StreamLoader& loader) -> absl::StatusOr<Outcome> {
        DAYBOOK_ASSIGN_OR_RETURN(const Registered registered, ReadRegisters());
        return DecideStatusChange(loader, CircumstancesOf(caller, registered), command);
      },
      nullptr,
      [this](const Caller& caller, const v1::ChangeReferralStatusRequest& command,
             const eventstore::AppendResult& known) -> absl::Status {
        DAYBOOK_ASSIGN_OR_RETURN(const Registered registered, ReadRegisters());
        return CheckSameReferral(CircumstancesOf(caller, registered), command, known);
      });
}

grpc::ServerBidiReactor<v1::SubmitReferralsRequest, v1::SubmitReferralsResponse>*
ReferralServiceImpl::SubmitReferrals(grpc::CallbackServerContext* context) {
  return runtime::OnRows<v1::SubmitReferralsRequest, v1::SubmitReferralsResponse>(
      env_, drain_, context,
      [this](const Caller& caller, const v1::SubmitReferralsRequest& command,
             StreamLoader& loader) -> absl::StatusOr<Outcome> {
        DAYBOOK_ASSIGN_OR_RETURN(const Registered registered, ReadRegisters());
        return DecideReferrals(loader, CircumstancesOf(caller, registered), command);
      },
      [this](const Caller& caller, const v1::SubmitReferralsRequest& request) {
        return Keep(caller, request);
      });
}

absl::StatusOr<types::v1::RowResults> ReferralServiceImpl::Keep(
    const Caller& caller, const v1::SubmitReferralsRequest& request) {
  DAYBOOK_ASSIGN_OR_RETURN(const Registered registered, ReadRegisters());
  DAYBOOK_ASSIGN_OR_RETURN(auto read, ReadReferrals(CircumstancesOf(caller, registered), request));
  if (const auto* rejection = std::get_if<commands::Rejection>(&read)) {
    return commands::ToStatus(*rejection);
  }
  auto& rows = std::get<commands::RowsRead>(read);
  DAYBOOK_RETURN_IF_ERROR(
      versions_.Keep(caller, request.head().submission_id(), kDataset, rows.kept));
  return std::move(rows.results);
}

}  // namespace daybook::referrals
