#include "services/reports/grpc/report_service.h"

#include <algorithm>
#include <memory>
#include <optional>
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
#include "services/reports/application/release.h"
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

reports::Parameters ParametersOf(const v1::RenderReportRequest& request) {
  return {request.parameters().begin(), request.parameters().end()};
}

reports::Parameters ParametersOf(const v1::ReleaseReportRequest& request) {
  reports::Parameters parameters;
  for (const auto& parameter : request.parameters()) {
    parameters[parameter.name()] = parameter.value();
  }
  return parameters;
}

}  // namespace

grpc::ServerUnaryReactor* ReportServiceImpl::WhenReached(grpc::CallbackServerContext* context,
                                                         const v1::AsOf& as_of, Answer answer) {
  std::optional<std::uint64_t> position;
  if (as_of.has_min_position()) position = as_of.min_position();
  // Who asks for now waits for views that are folded anew after a start, too.
  const bool now = !as_of.has_recorded_size() && as_of.known_on().empty();
  if (const std::uint64_t ready = engine_.ready_size(); now && ready > 0) {
    position = std::max(position.value_or(0), ready - 1);
  }
  if (!position.has_value()) return runtime::OnWorker(context, env_, std::move(answer));
  auto* reactor = context->DefaultReactor();
  engine_.WaitForAsync({*position}, runtime::DeadlineOf(*context),
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
    if (request->has_compare_with()) {
      DAYBOOK_ASSIGN_OR_RETURN(*response, RenderChanges(*request));
      return absl::OkStatus();
    }
    const bool is_public = request->audience() == v1::AUDIENCE_PUBLIC;
    DAYBOOK_ASSIGN_OR_RETURN(auto rendered, RenderAsOf(request->name(), ParametersOf(*request),
                                                       request->as_of(), "as_of", is_public));
    if (is_public) {
      DAYBOOK_RETURN_IF_ERROR(request->explain_protection()
                                  ? reports::ExplainProtection(request->protection(), rendered)
                                  : reports::ProtectForPublic(request->protection(), rendered));
    }
    *response = std::move(rendered.response);
    return absl::OkStatus();
  });
}

absl::StatusOr<v1::RenderReportResponse> ReportServiceImpl::RenderChanges(
    const v1::RenderReportRequest& request) {
  if (request.audience() == v1::AUDIENCE_PUBLIC) {
    return runtime::InvalidField("audience", "is the public although changes are asked for",
                                 "Ask for the report itself: changes of small counts give them "
                                 "away.");
  }
  const reports::Parameters parameters = ParametersOf(request);
  DAYBOOK_ASSIGN_OR_RETURN(const auto now,
                           RenderAsOf(request.name(), parameters, request.as_of(), "as_of"));
  DAYBOOK_ASSIGN_OR_RETURN(const auto before, RenderAsOf(request.name(), parameters,
                                                         request.compare_with(), "compare_with"));
  DAYBOOK_ASSIGN_OR_RETURN(const auto files,
                           RenderAsOf("submissions", {}, request.as_of(), "as_of"));
  DAYBOOK_ASSIGN_OR_RETURN(const auto files_before,
                           RenderAsOf("submissions", {}, request.compare_with(), "compare_with"));
  v1::RenderReportResponse changes;
  *changes.add_tables() = reports::ChangesBetween(before.response, now.response);
  *changes.add_tables() = reports::SubmissionsSince(files_before.response, files.response);
  *changes.mutable_truth() = now.response.truth();
  *changes.mutable_compared_with() = before.response.truth();
  return changes;
}

absl::StatusOr<reports::RenderedReport> ReportServiceImpl::RenderAsOf(
    const std::string& name, const std::map<std::string, std::string>& parameters,
    const v1::AsOf& as_of, const std::string& field, bool for_release) {
  DAYBOOK_ASSIGN_OR_RETURN(
      auto rendered,
      Read<reports::RenderedReport>(
          engine_, env_.clock, as_of,
          [&](const auto& views,
              reports::AnswerContext answer_context) -> absl::StatusOr<reports::RenderedReport> {
            answer_context.for_release = for_release;
            DAYBOOK_ASSIGN_OR_RETURN(auto report,
                                     reports::Render(name, parameters, views, answer_context));
            report.releases_seen = reports::ReleasesIn(views);
            return report;
          },
          field));
  reports::OpenTexts(texts_, rendered);
  return rendered;
}

absl::StatusOr<reports::RenderedReport> ReportServiceImpl::Prepare(
    const v1::ReleaseReportRequest& request, std::chrono::steady_clock::time_point deadline) {
  if (const std::uint64_t size = env_.store.Head().size; size > 0) {
    DAYBOOK_RETURN_IF_ERROR(engine_.WaitFor({size - 1}, deadline));
  }
  DAYBOOK_ASSIGN_OR_RETURN(auto report, RenderAsOf(request.name(), ParametersOf(request), {},
                                                   "as_of", /*for_release=*/true));
  DAYBOOK_RETURN_IF_ERROR(reports::ProtectForPublic(request.protection(), report));
  return report;
}

grpc::ServerUnaryReactor* ReportServiceImpl::ReleaseReport(grpc::CallbackServerContext* context,
                                                           const v1::ReleaseReportRequest* request,
                                                           v1::ReleaseReportResponse* response) {
  auto* reactor = context->DefaultReactor();
  runtime::Admission::Ticket ticket = env_.commands->TryEnter(request->ByteSizeLong());
  const auto caller = runtime::CallerOf(*context);
  if (!ticket || !caller.ok()) {
    reactor->Finish(runtime::ToGrpcStatus(ticket ? caller.status() : eventstore::QueueFull()));
    return reactor;
  }
  // Protecting may take a while: not on the threads that decide commands.
  env_.executor.Execute([this, reactor, request, response, ticket = std::move(ticket),
                         caller = *caller, deadline = runtime::DeadlineOf(*context)] {
    auto command = runtime::StartCommand(caller, request->head(), *request, env_.clock);
    if (!command.ok()) {
      reactor->Finish(runtime::ToGrpcStatus(command.status()));
      return;
    }
    // What stands in its way is told by `decide`, which a repeated request does not come to.
    const auto report =
        std::make_shared<absl::StatusOr<reports::RenderedReport>>(Prepare(*request, deadline));
    command->decide = [request, report, today = eventstore::LondonDay(env_.clock.Now())](
                          commands::StreamLoader& loader) -> absl::StatusOr<commands::Outcome> {
      if (!report->ok()) return report->status();
      return DecideRelease(loader, *request, today, (*report)->releases_seen, **report);
    };
    env_.runner.RunHere(*std::move(command), [reactor, response, report, ticket](
                                                 absl::StatusOr<eventstore::AppendResult> result) {
      if (result.ok()) {
        *response->mutable_receipt() = runtime::ToReceipt(*result);
        if (!result->duplicate) {
          response->mutable_tables()->Swap((*report)->response.mutable_tables());
          *response->mutable_truth() = (*report)->response.truth();
        }
      }
      reactor->Finish(runtime::ToGrpcStatus(result.status()));
    });
  });
  return reactor;
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
