// ReportService: waits for the views, has the report made, finishes. It serves a daemon and a
// projector alike.
#pragma once

#include <functional>
#include <utility>

#include "absl/status/status.h"
#include "daybook/reports/v1/reports_service.grpc.pb.h"
#include "projections/engine/view_reader.h"
#include "services/reports/application/report_reader.h"
#include "services/reports/grpc/release_desk.h"
#include "services/runtime/unary_call.h"

namespace daybook::reporting {

// Thread-safe. Owns nothing that it is given.
class ReportServiceImpl final : public reports::v1::ReportService::CallbackService {
 public:
  // `history` makes what FoldsTheLog.
  ReportServiceImpl(runtime::ReadEnvironment env, commands::Executor& history,
                    projections::ViewReader& views, const ReportReader& reader,
                    ReleaseDesk& releases);

  grpc::ServerUnaryReactor* ListReports(grpc::CallbackServerContext* context,
                                        const reports::v1::ListReportsRequest* request,
                                        reports::v1::ListReportsResponse* response) override;
  grpc::ServerUnaryReactor* RenderReport(grpc::CallbackServerContext* context,
                                         const reports::v1::RenderReportRequest* request,
                                         reports::v1::RenderReportResponse* response) override;
  grpc::ServerUnaryReactor* ReleaseReport(grpc::CallbackServerContext* context,
                                          const reports::v1::ReleaseReportRequest* request,
                                          reports::v1::ReleaseReportResponse* response) override;
  grpc::ServerUnaryReactor* GetReleasedFigure(
      grpc::CallbackServerContext* context, const reports::v1::GetReleasedFigureRequest* request,
      reports::v1::GetReleasedFigureResponse* response) override;
  grpc::ServerUnaryReactor* OpenText(grpc::CallbackServerContext* context,
                                     const reports::v1::OpenTextRequest* request,
                                     reports::v1::OpenTextResponse* response) override;
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
  // Waits for as_of.min_position without blocking, then runs `answer` on a pool and finishes.
  grpc::ServerUnaryReactor* WhenReached(grpc::CallbackServerContext* context,
                                        const reports::v1::AsOf& as_of, Answer answer);
  grpc::ServerUnaryReactor* WhenReached(grpc::CallbackServerContext* context,
                                        const reports::v1::AsOf& as_of,
                                        commands::Executor& executor, Answer answer);

  const runtime::ReadEnvironment env_;
  commands::Executor& history_;
  projections::ViewReader& views_;
  const ReportReader& reader_;
  ReleaseDesk& releases_;
};

}  // namespace daybook::reporting
