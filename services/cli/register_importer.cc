// The datasets of the registers: partners and definitions.
#include "daybook/measures/v1/measures_service.grpc.pb.h"
#include "daybook/partners/v1/partners_service.grpc.pb.h"
#include "services/cli/send_commands.h"

namespace daybook::cli {

grpc::Status ImportPartners(ImportJob& job) {
  namespace v1 = partners::v1;
  auto stub = v1::PartnerService::NewStub(job.connection.channel);
  if (job.dataset == "organisations") {
    return EachRow<v1::RegisterOrganisationRequest, v1::RegisterOrganisationResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->RegisterOrganisation(c, r, s); });
  }
  if (job.dataset == "successions") {
    return EachRow<v1::RecordSuccessionRequest, v1::RecordSuccessionResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->RecordSuccession(c, r, s); });
  }
  if (job.dataset == "areas") {
    return EachRow<v1::RegisterAreaRequest, v1::RegisterAreaResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->RegisterArea(c, r, s); });
  }
  if (job.dataset == "partnerships") {
    return EachRow<v1::RegisterPartnershipRequest, v1::RegisterPartnershipResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->RegisterPartnership(c, r, s); });
  }
  return EachRow<v1::GrantMembershipRequest, v1::GrantMembershipResponse>(
      job, [&](auto* c, const auto& r, auto* s) { return stub->GrantMembership(c, r, s); });
}

grpc::Status ImportDefinitions(ImportJob& job) {
  namespace v1 = measures::v1;
  auto stub = v1::MeasureService::NewStub(job.connection.channel);
  if (job.dataset == "dimensions") {
    return EachRow<v1::DefineDimensionRequest, v1::DefineDimensionResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->DefineDimension(c, r, s); });
  }
  if (job.dataset == "breaks") {
    return EachRow<v1::DeclareBreakRequest, v1::DeclareBreakResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->DeclareBreak(c, r, s); });
  }
  if (job.dataset == "harm-weights") {
    return EachRow<v1::SetHarmWeightRequest, v1::SetHarmWeightResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->SetHarmWeight(c, r, s); });
  }
  return EachRow<v1::DefineMeasureRequest, v1::DefineMeasureResponse>(
      job, [&](auto* c, const auto& r, auto* s) { return stub->DefineMeasure(c, r, s); });
}

}  // namespace daybook::cli
