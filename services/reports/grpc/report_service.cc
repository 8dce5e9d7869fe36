#include "services/reports/grpc/report_service.h"

#include <utility>

#include "eventstore/core/civil_day.h"
#include "eventstore/core/error.h"
#include "projections/reports/comparison.h"
#include "projections/reports/incident_report.h"
#include "projections/reports/plan_report.h"
#include "projections/reports/referral_report.h"
#include "projections/reports/report_catalogue.h"
#include "projections/reports/report_views.h"
#include "proto/values/civil.h"
#include "services/runtime/deadline.h"
#include "services/runtime/wire.h"

namespace daybook::reporting {
namespace {

namespace v1 = reports::v1;

// What an AsOf asks for.
struct Asked {
  projections::AsOf as_of;
  eventstore::CivilDay today;
};

// `field`: the name of the AsOf in its request.
absl::StatusOr<Asked> ReadAsOf(const v1::AsOf& wire, const std::string& field,
                               const eventstore::Clock& clock) {
  Asked asked;
  asked.today = eventstore::LondonDay(clock.Now());
  if (!wire.known_on().empty()) {
    asked.as_of.known_on = values::ParseDay(wire.known_on());
    if (!asked.as_of.known_on) {
      return runtime::InvalidField(field + ".known_on", "is no day", "Write it as YYYY-MM-DD.");
    }
  }
  if (wire.has_recorded_size()) asked.as_of.recorded_size = wire.recorded_size();
  if (!wire.today().empty()) {
    const auto today = values::ParseDay(wire.today());
    if (!today) {
      return runtime::InvalidField(field + ".today", "is no day", "Write it as YYYY-MM-DD.");
    }
    asked.today = *today;
  }
  return asked;
}

// Reads the views at one position and hands them to `make`.
template <class Result, class Make>
absl::StatusOr<Result> Read(projections::Engine& engine, const eventstore::Clock& clock,
                            const v1::AsOf& as_of, const Make& make,
                            const std::string& field = "as_of") {
  DAYBOOK_ASSIGN_OR_RETURN(const Asked asked, ReadAsOf(as_of, field, clock));
  Result result;
  DAYBOOK_RETURN_IF_ERROR(engine.Query(
      asked.as_of,
      [&](const projections::ViewSet& set, const projections::Truth& truth) -> absl::Status {
        DAYBOOK_ASSIGN_OR_RETURN(const auto views, reports::ViewsOf(set));
        DAYBOOK_ASSIGN_OR_RETURN(result, make(views, reports::AnswerContext{truth, asked.today}));
        return absl::OkStatus();
      }));
  return result;
}

}  // namespace

grpc::ServerUnaryReactor* ReportServiceImpl::WhenReached(grpc::CallbackServerContext* context,
                                                         const v1::AsOf& as_of, Answer answer) {
  if (!as_of.has_min_position()) return runtime::OnWorker(context, env_, std::move(answer));
  auto* reactor = context->DefaultReactor();
  engine_.WaitForAsync({as_of.min_position()}, runtime::DeadlineOf(*context),
                       [this, reactor, answer = std::move(answer)](const absl::Status& reached) {
                         if (!reached.ok()) {
                           reactor->Finish(runtime::ToGrpcStatus(reached));
                           return;
                         }
                         env_.executor.Execute([reactor, answer] {
                           reactor->Finish(runtime::ToGrpcStatus(answer()));
                         });
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
  return WhenReached(context, request->as_of(), [this, request, response]() -> absl::Status {
    const reports::Parameters parameters(request->parameters().begin(),
                                         request->parameters().end());
    DAYBOOK_ASSIGN_OR_RETURN(*response,
                             RenderAsOf(request->name(), parameters, request->as_of(), "as_of"));
    if (!request->has_compare_with()) return absl::OkStatus();
    DAYBOOK_ASSIGN_OR_RETURN(
        const v1::RenderReportResponse before,
        RenderAsOf(request->name(), parameters, request->compare_with(), "compare_with"));
    DAYBOOK_ASSIGN_OR_RETURN(const v1::RenderReportResponse files,
                             RenderAsOf("submissions", {}, request->as_of(), "as_of"));
    DAYBOOK_ASSIGN_OR_RETURN(
        const v1::RenderReportResponse files_before,
        RenderAsOf("submissions", {}, request->compare_with(), "compare_with"));
    v1::RenderReportResponse changes;
    *changes.add_tables() = reports::ChangesBetween(before, *response);
    *changes.add_tables() = reports::SubmissionsSince(files_before, files);
    *changes.mutable_truth() = response->truth();
    *changes.mutable_compared_with() = before.truth();
    *response = std::move(changes);
    return absl::OkStatus();
  });
}

absl::StatusOr<v1::RenderReportResponse> ReportServiceImpl::RenderAsOf(
    const std::string& name, const std::map<std::string, std::string>& parameters,
    const v1::AsOf& as_of, const std::string& field) {
  DAYBOOK_ASSIGN_OR_RETURN(auto rendered, Read<reports::RenderedReport>(
                                              engine_, env_.clock, as_of,
                                              [&](const auto& views, const auto& answer_context) {
                                                return reports::Render(name, parameters, views,
                                                                       answer_context);
                                              },
                                              field));
  reports::OpenTexts(texts_, rendered);
  return std::move(rendered.response);
}

grpc::ServerUnaryReactor* ReportServiceImpl::GetPlanPerformance(
    grpc::CallbackServerContext* context, const v1::GetPlanPerformanceRequest* request,
    v1::GetPlanPerformanceResponse* response) {
  return WhenReached(context, request->as_of(), [this, request, response]() -> absl::Status {
    DAYBOOK_ASSIGN_OR_RETURN(
        auto answer, Read<reports::PlanAnswer>(engine_, env_.clock, request->as_of(),
                                               [&](const auto& views, const auto& answer_context) {
                                                 return reports::PlanPerformance(views, *request,
                                                                                 answer_context);
                                               }));
    reports::OpenNarratives(texts_, answer);
    *response = std::move(answer.response);
    return absl::OkStatus();
  });
}

grpc::ServerUnaryReactor* ReportServiceImpl::GetReferralTrend(
    grpc::CallbackServerContext* context, const v1::GetReferralTrendRequest* request,
    v1::GetReferralTrendResponse* response) {
  return WhenReached(context, request->as_of(), [this, request, response]() -> absl::Status {
    DAYBOOK_ASSIGN_OR_RETURN(*response, Read<v1::GetReferralTrendResponse>(
                                            engine_, env_.clock, request->as_of(),
                                            [&](const auto& views, const auto& answer_context) {
                                              return reports::ReferralTrend(views, *request,
                                                                            answer_context);
                                            }));
    return absl::OkStatus();
  });
}

grpc::ServerUnaryReactor* ReportServiceImpl::GetIncidentTrend(
    grpc::CallbackServerContext* context, const v1::GetIncidentTrendRequest* request,
    v1::GetIncidentTrendResponse* response) {
  return WhenReached(context, request->as_of(), [this, request, response]() -> absl::Status {
    DAYBOOK_ASSIGN_OR_RETURN(*response, Read<v1::GetIncidentTrendResponse>(
                                            engine_, env_.clock, request->as_of(),
                                            [&](const auto& views, const auto& answer_context) {
                                              return reports::IncidentTrend(views, *request,
                                                                            answer_context);
                                            }));
    return absl::OkStatus();
  });
}

}  // namespace daybook::reporting
