#include "services/partners/grpc/partner_service.h"

#include <utility>
#include <variant>

#include "eventstore/core/error.h"
#include "services/partners/domain/partner_commands.h"

namespace daybook::partners {

using commands::Caller;
using commands::Outcome;
using commands::StreamLoader;
using runtime::OnCommand;

namespace {

runtime::CallEnvironment Registering(
    runtime::CallEnvironment env,
    std::function<absl::Status(const commands::Caller&)> may_register) {
  env.may_send = std::move(may_register);
  return env;
}

}  // namespace

PartnerServiceImpl::PartnerServiceImpl(
    const runtime::CallEnvironment& env, Registers& registers,
    std::function<absl::Status(const commands::Caller&)> may_register)
    : env_(env), registering_(Registering(env, std::move(may_register))), registers_(registers) {}

// Commands that write to the register of organisations.
template <class Request, class Response>
grpc::ServerUnaryReactor* PartnerServiceImpl::OnOrganisations(grpc::CallbackServerContext* context,
                                                              const Request* request,
                                                              Response* response) {
  return OnCommand<Request, Response>(
      registering_, context, request, response,
      [this](const Caller&, const Request& command,
             StreamLoader& loader) -> absl::StatusOr<Outcome> {
        DAYBOOK_ASSIGN_OR_RETURN(const auto organisations, registers_.organisations.Load(loader));
        return Decide(*organisations, command);
      });
}

// Commands that write to the register of partnerships and name organisations.
template <class Request, class Response>
grpc::ServerUnaryReactor* PartnerServiceImpl::OnMembers(grpc::CallbackServerContext* context,
                                                        const Request* request,
                                                        Response* response) {
  return OnCommand<Request, Response>(
      env_, context, request, response,
      [this](const Caller&, const Request& command,
             StreamLoader& loader) -> absl::StatusOr<Outcome> {
        DAYBOOK_ASSIGN_OR_RETURN(const auto partnerships, registers_.partnerships.Load(loader));
        DAYBOOK_ASSIGN_OR_RETURN(const auto organisations, registers_.organisations.Read());
        return Decide(*partnerships, *organisations, command);
      });
}

grpc::ServerUnaryReactor* PartnerServiceImpl::RegisterOrganisation(
    grpc::CallbackServerContext* context, const v1::RegisterOrganisationRequest* request,
    v1::RegisterOrganisationResponse* response) {
  return OnOrganisations(context, request, response);
}

grpc::ServerUnaryReactor* PartnerServiceImpl::AddOrganisationAlias(
    grpc::CallbackServerContext* context, const v1::AddOrganisationAliasRequest* request,
    v1::AddOrganisationAliasResponse* response) {
  return OnOrganisations(context, request, response);
}

grpc::ServerUnaryReactor* PartnerServiceImpl::RecordSuccession(
    grpc::CallbackServerContext* context, const v1::RecordSuccessionRequest* request,
    v1::RecordSuccessionResponse* response) {
  return OnOrganisations(context, request, response);
}

grpc::ServerUnaryReactor* PartnerServiceImpl::RegisterPartnership(
    grpc::CallbackServerContext* context, const v1::RegisterPartnershipRequest* request,
    v1::RegisterPartnershipResponse* response) {
  return OnCommand<v1::RegisterPartnershipRequest, v1::RegisterPartnershipResponse>(
      env_, context, request, response,
      [this](const Caller&, const v1::RegisterPartnershipRequest& command,
             StreamLoader& loader) -> absl::StatusOr<Outcome> {
        DAYBOOK_ASSIGN_OR_RETURN(const auto partnerships, registers_.partnerships.Load(loader));
        DAYBOOK_ASSIGN_OR_RETURN(const auto areas, registers_.areas.Read());
        return Decide(*partnerships, *areas, command);
      });
}

grpc::ServerUnaryReactor* PartnerServiceImpl::GrantMembership(
    grpc::CallbackServerContext* context, const v1::GrantMembershipRequest* request,
    v1::GrantMembershipResponse* response) {
  return OnMembers(context, request, response);
}

grpc::ServerUnaryReactor* PartnerServiceImpl::EndMembership(grpc::CallbackServerContext* context,
                                                            const v1::EndMembershipRequest* request,
                                                            v1::EndMembershipResponse* response) {
  return OnMembers(context, request, response);
}

grpc::ServerUnaryReactor* PartnerServiceImpl::RegisterArea(grpc::CallbackServerContext* context,
                                                           const v1::RegisterAreaRequest* request,
                                                           v1::RegisterAreaResponse* response) {
  return OnCommand<v1::RegisterAreaRequest, v1::RegisterAreaResponse>(
      env_, context, request, response,
      [this](const Caller&, const v1::RegisterAreaRequest& command,
             StreamLoader& loader) -> absl::StatusOr<Outcome> {
        DAYBOOK_ASSIGN_OR_RETURN(const auto areas, registers_.areas.Load(loader));
        return Decide(*areas, command);
      });
}

grpc::ServerUnaryReactor* PartnerServiceImpl::ResolveOrganisation(
    grpc::CallbackServerContext* context, const v1::ResolveOrganisationRequest* request,
    v1::ResolveOrganisationResponse* response) {
  return runtime::OnWorker(context, env_, [this, request, response]() -> absl::Status {
    DAYBOOK_ASSIGN_OR_RETURN(const auto organisations, registers_.organisations.Read());
    auto resolved = Resolve(*organisations, *request);
    if (const auto* rejection = std::get_if<commands::Rejection>(&resolved)) {
      return ToStatus(*rejection);
    }
    *response = std::get<v1::ResolveOrganisationResponse>(std::move(resolved));
    return absl::OkStatus();
  });
}

}  // namespace daybook::partners
