// PartnerService: translate and finish; the rules are in services/partners/domain.
#pragma once

#include <functional>

#include "daybook/partners/v1/partners_service.grpc.pb.h"
#include "services/partners/application/registers.h"
#include "services/runtime/unary_call.h"

namespace daybook::partners {

// Thread-safe. Owns nothing that it is given.
class PartnerServiceImpl final : public v1::PartnerService::CallbackService {
 public:
  // `may_register`: whether an agency may register organisations; every one may without it.
  PartnerServiceImpl(const runtime::CallEnvironment& env, Registers& registers,
                     std::function<absl::Status(const commands::Caller&)> may_register = nullptr);

  grpc::ServerUnaryReactor* RegisterOrganisation(grpc::CallbackServerContext*,
                                                 const v1::RegisterOrganisationRequest*,
                                                 v1::RegisterOrganisationResponse*) override;
  grpc::ServerUnaryReactor* AddOrganisationAlias(grpc::CallbackServerContext*,
                                                 const v1::AddOrganisationAliasRequest*,
                                                 v1::AddOrganisationAliasResponse*) override;
  grpc::ServerUnaryReactor* RecordSuccession(grpc::CallbackServerContext*,
                                             const v1::RecordSuccessionRequest*,
                                             v1::RecordSuccessionResponse*) override;
  grpc::ServerUnaryReactor* RegisterPartnership(grpc::CallbackServerContext*,
                                                const v1::RegisterPartnershipRequest*,
                                                v1::RegisterPartnershipResponse*) override;
  grpc::ServerUnaryReactor* GrantMembership(grpc::CallbackServerContext*,
                                            const v1::GrantMembershipRequest*,
                                            v1::GrantMembershipResponse*) override;
  grpc::ServerUnaryReactor* EndMembership(grpc::CallbackServerContext*,
                                          const v1::EndMembershipRequest*,
                                          v1::EndMembershipResponse*) override;
  grpc::ServerUnaryReactor* RegisterArea(grpc::CallbackServerContext*,
                                         const v1::RegisterAreaRequest*,
                                         v1::RegisterAreaResponse*) override;
  grpc::ServerUnaryReactor* ResolveOrganisation(grpc::CallbackServerContext*,
                                                const v1::ResolveOrganisationRequest*,
                                                v1::ResolveOrganisationResponse*) override;

 private:
  template <class Request, class Response>
  grpc::ServerUnaryReactor* OnOrganisations(grpc::CallbackServerContext* context,
                                            const Request* request, Response* response);
  template <class Request, class Response>
  grpc::ServerUnaryReactor* OnMembers(grpc::CallbackServerContext* context, const Request* request,
                                      Response* response);

  const runtime::CallEnvironment& env_;
  // For the commands by which an agency becomes one that may send.
  const runtime::CallEnvironment registering_;
  Registers& registers_;
};

}  // namespace daybook::partners
