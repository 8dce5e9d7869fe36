// The datasets of scrutiny.
#include "daybook/scrutiny/v1/scrutiny_service.grpc.pb.h"
#include "services/cli/send_commands.h"

namespace daybook::cli {

grpc::Status ImportScrutiny(ImportJob& job) {
  namespace v1 = scrutiny::v1;
  auto stub = v1::ScrutinyService::NewStub(job.connection.channel);
  if (job.dataset == "resolutions") {
    return EachRow<v1::PassResolutionRequest, v1::PassResolutionResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->PassResolution(c, r, s); });
  }
  if (job.dataset == "responses") {
    return EachRow<v1::GiveResponseRequest, v1::GiveResponseResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->GiveResponse(c, r, s); });
  }
  if (job.dataset == "assessments") {
    return EachRow<v1::OpenAssessmentRequest, v1::OpenAssessmentResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->OpenAssessment(c, r, s); });
  }
  if (job.dataset == "assessment-sections") {
    return EachRow<v1::SubmitSectionRequest, v1::SubmitSectionResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->SubmitSection(c, r, s); });
  }
  if (job.dataset == "assessment-approvals") {
    return EachRow<v1::ApproveAssessmentRequest, v1::ApproveAssessmentResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->ApproveAssessment(c, r, s); });
  }
  return EachRow<v1::RankRiskRequest, v1::RankRiskResponse>(
      job, [&](auto* c, const auto& r, auto* s) { return stub->RankRisk(c, r, s); });
}

}  // namespace daybook::cli
