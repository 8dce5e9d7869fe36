// ReportService: waits for the views, reads them at one position, opens texts, finishes. What a
// report says is made in projections/reports.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "daybook/reports/v1/reports_service.grpc.pb.h"
#include "projections/engine/engine.h"
#include "projections/reports/rendered_report.h"
#include "projections/reports/text_opener.h"
#include "services/runtime/unary_call.h"

namespace daybook::reporting {

// Thread-safe. Owns nothing that it is given.
class ReportServiceImpl final : public reports::v1::ReportService::CallbackService {
 public:
  ReportServiceImpl(const runtime::CallEnvironment& env, projections::Engine& engine,
                    const reports::TextOpener& texts)
      : env_(env), engine_(engine), texts_(texts) {}

  grpc::ServerUnaryReactor* ListReports(grpc::CallbackServerContext* context,
                                        const reports::v1::ListReportsRequest* request,
                                        reports::v1::ListReportsResponse* response) override;
  grpc::ServerUnaryReactor* RenderReport(grpc::CallbackServerContext* context,
                                         const reports::v1::RenderReportRequest* request,
                                         reports::v1::RenderReportResponse* response) override;
  grpc::ServerUnaryReactor* ReleaseReport(grpc::CallbackServerContext* context,
                                          const reports::v1::ReleaseReportRequest* request,
                                          reports::v1::ReleaseReportResponse* response) override;
  grpc::ServerUnaryReactor* GetPlanPerformance(
      grpc::CallbackServerContext* context, const reports::v1::GetPlanPerformanceRequest* request,
      reports::v1::GetPlanPerformanceResponse* response) override;
  grpc::ServerUnaryReactor* GetReferralTrend(
      grpc::CallbackServerContext* context, const reports::v1::GetReferralTrendRequest* request,
      reports::v1::GetReferralTrendResponse* response) override;
  grpc::ServerUnaryReactor* GetIncidentTrend(
      grpc::CallbackServerContext* context, const reports::v1::GetIncidentTrendRequest* request,
      reports::v1::GetIncidentTrendResponse* response) override;

 private:
  using Answer = std::function<absl::Status()>;
  // Waits for as_of.min_position without blocking, then runs `answer` on the pool and finishes.
  grpc::ServerUnaryReactor* WhenReached(grpc::CallbackServerContext* context,
                                        const reports::v1::AsOf& as_of, Answer answer);

  // The report at one position of the views, its texts opened. `field`: the name of the AsOf in the
  // request, for errors.
  absl::StatusOr<reports::RenderedReport> RenderAsOf(
      const std::string& name, const std::map<std::string, std::string>& parameters,
      const reports::v1::AsOf& as_of, const std::string& field, bool for_release = false);
  // What it was then against what it is, as tables of changes.
  absl::StatusOr<reports::v1::RenderReportResponse> RenderChanges(
      const reports::v1::RenderReportRequest& request);
  // Renders and protects what is to be released, once the views have seen all that stands.
  absl::StatusOr<reports::RenderedReport> Prepare(const reports::v1::ReleaseReportRequest& request,
                                                  std::chrono::steady_clock::time_point deadline);

  const runtime::CallEnvironment& env_;
  projections::Engine& engine_;
  const reports::TextOpener& texts_;
};

}  // namespace daybook::reporting
