#include "services/reports/grpc/report_service.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "eventstore/core/error.h"
#include "projections/reports/incident_report.h"
#include "projections/reports/plan_report.h"
#include "projections/reports/referral_report.h"
#include "projections/reports/report_catalogue.h"
#include "services/runtime/deadline.h"

namespace daybook::reporting {
namespace v1 = reports::v1;

ReportServiceImpl::ReportServiceImpl(runtime::ReadEnvironment env, commands::Executor& history,
                                     projections::ViewReader& views, const ReportReader& reader,
                                     ReleaseDesk& releases)
    : env_(std::move(env)),
      history_(history),
      views_(views),
      reader_(reader),
      releases_(releases) {}

grpc::ServerUnaryReactor* ReportServiceImpl::WhenReached(grpc::CallbackServerContext* context,
                                                         const v1::AsOf& as_of, Answer answer) {
  return WhenReached(context, as_of, FoldsTheLog(as_of) ? history_ : env_.executor,
                     std::move(answer));
}

grpc::ServerUnaryReactor* ReportServiceImpl::WhenReached(grpc::CallbackServerContext* context,
                                                         const v1::AsOf& as_of,
                                                         commands::Executor& executor,
                                                         Answer answer) {
  std::optional<std::uint64_t> position;
  if (as_of.has_min_position()) position = as_of.min_position();
  // Who asks for now waits for views that are folded anew after a start, too.
  const bool now = !as_of.has_recorded_size() && as_of.known_on().empty();
  if (const std::uint64_t ready = views_.ready_size(); now && ready > 0) {
    position = std::max(position.value_or(0), ready - 1);
  }
  if (!position.has_value()) {
    return runtime::OnWorker(context, env_, std::move(answer), &executor);
  }
  auto* reactor = context->DefaultReactor();
  views_.WaitForAsync(
      {*position}, runtime::DeadlineOf(*context),
      [&executor, reactor, answer = std::move(answer)](const absl::Status& reached) {
        if (!reached.ok()) {
          reactor->Finish(runtime::ToGrpcStatus(reached));
          return;
        }
        executor.Execute([reactor, answer] { reactor->Finish(runtime::ToGrpcStatus(answer())); });
      });
  return reactor;
}

grpc::ServerUnaryReactor* ReportServiceImpl::ListReports(grpc::CallbackServerContext* context,
                                                         const v1::ListReportsRequest*,
                                                         v1::ListReportsResponse* response) {
  return runtime::OnWorker(context, env_, [response] {
    for (const auto& report : reports::AllReports()) *response->add_reports() = report;
    return absl::OkStatus();
  });
}

grpc::ServerUnaryReactor* ReportServiceImpl::RenderReport(grpc::CallbackServerContext* context,
                                                          const v1::RenderReportRequest* request,
                                                          v1::RenderReportResponse* response) {
  const bool folds = FoldsTheLog(request->as_of()) || FoldsTheLog(request->compare_with());
  commands::Executor& executor = folds ? history_ : env_.executor;
  return WhenReached(context, request->as_of(), executor,
                     [this, request, response]() -> absl::Status {
                       DAYBOOK_ASSIGN_OR_RETURN(*response, reader_.Answer(*request));
                       return absl::OkStatus();
                     });
}

grpc::ServerUnaryReactor* ReportServiceImpl::ReleaseReport(grpc::CallbackServerContext* context,
                                                           const v1::ReleaseReportRequest* request,
                                                           v1::ReleaseReportResponse* response) {
  return releases_.Release(context, request, response);
}

grpc::ServerUnaryReactor* ReportServiceImpl::GetReleasedFigure(
    grpc::CallbackServerContext* context, const v1::GetReleasedFigureRequest* request,
    v1::GetReleasedFigureResponse* response) {
  v1::AsOf release;
  release.set_min_position(request->position());
  // The report is made again as it was asked for then, which may be as known on a day.
  return WhenReached(context, release, history_, [this, request, response]() -> absl::Status {
    DAYBOOK_ASSIGN_OR_RETURN(*response, reader_.ReleasedFigure(*request));
    return absl::OkStatus();
  });
}

grpc::ServerUnaryReactor* ReportServiceImpl::OpenText(grpc::CallbackServerContext* context,
                                                      const v1::OpenTextRequest* request,
                                                      v1::OpenTextResponse* response) {
  return runtime::OnWorker(context, env_, [this, request, response]() -> absl::Status {
    DAYBOOK_ASSIGN_OR_RETURN(auto opened,
                             reader_.texts().Open({request->position()}, request->part()));
    response->set_text(std::move(opened.text));
    response->set_erased(opened.erased);
    return absl::OkStatus();
  });
}

grpc::ServerUnaryReactor* ReportServiceImpl::GetPlanPerformance(
    grpc::CallbackServerContext* context, const v1::GetPlanPerformanceRequest* request,
    v1::GetPlanPerformanceResponse* response) {
  return WhenReached(context, request->as_of(), [this, request, response]() -> absl::Status {
    DAYBOOK_ASSIGN_OR_RETURN(
        auto answer,
        reader_.Read<reports::PlanAnswer>(
            request->as_of(), "as_of", [&](const auto& views, const auto& answer_context) {
              return reports::PlanPerformance(views, *request, answer_context);
            }));
    reports::OpenNarratives(reader_.texts(), answer);
    *response = std::move(answer.response);
    return absl::OkStatus();
  });
}

grpc::ServerUnaryReactor* ReportServiceImpl::GetReferralTrend(
    grpc::CallbackServerContext* context, const v1::GetReferralTrendRequest* request,
    v1::GetReferralTrendResponse* response) {
  return WhenReached(context, request->as_of(), [this, request, response]() -> absl::Status {
    DAYBOOK_ASSIGN_OR_RETURN(
        *response,
        reader_.Read<v1::GetReferralTrendResponse>(
            request->as_of(), "as_of", [&](const auto& views, const auto& answer_context) {
              return reports::ReferralTrend(views, *request, answer_context);
            }));
    return absl::OkStatus();
  });
}

grpc::ServerUnaryReactor* ReportServiceImpl::GetIncidentTrend(
    grpc::CallbackServerContext* context, const v1::GetIncidentTrendRequest* request,
    v1::GetIncidentTrendResponse* response) {
  return WhenReached(context, request->as_of(), [this, request, response]() -> absl::Status {
    DAYBOOK_ASSIGN_OR_RETURN(
        *response,
        reader_.Read<v1::GetIncidentTrendResponse>(
            request->as_of(), "as_of", [&](const auto& views, const auto& answer_context) {
              return reports::IncidentTrend(views, *request, answer_context);
            }));
    return absl::OkStatus();
  });
}

}  // namespace daybook::reporting
