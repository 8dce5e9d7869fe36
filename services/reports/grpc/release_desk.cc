#include "services/reports/grpc/release_desk.h"

#include <memory>
#include <utility>

#include "eventstore/core/civil_day.h"
#include "eventstore/core/error.h"
#include "projections/reports/release.h"
#include "projections/reports/released_figures.h"
#include "services/reports/application/release.h"
#include "services/runtime/deadline.h"

namespace daybook::reporting {

absl::StatusOr<reports::RenderedReport> LedgerReleaseDesk::Prepare(
    const reports::v1::ReleaseReportRequest& request, eventstore::CivilDay today,
    std::chrono::steady_clock::time_point deadline) {
  if (const std::uint64_t size = env_.store.Head().size; size > 0) {
    DAYBOOK_RETURN_IF_ERROR(views_.WaitFor({size - 1}, deadline));
  }
  DAYBOOK_ASSIGN_OR_RETURN(auto report, reader_.Render(WantedFor(request, today)));
  if (!IsForPartnership(request)) {
    DAYBOOK_RETURN_IF_ERROR(reports::ProtectForPublic(request.protection(), report));
  }
  return report;
}

grpc::ServerUnaryReactor* LedgerReleaseDesk::Release(
    grpc::CallbackServerContext* context, const reports::v1::ReleaseReportRequest* request,
    reports::v1::ReleaseReportResponse* response) {
  auto* reactor = context->DefaultReactor();
  runtime::Admission::Ticket ticket = env_.commands->TryEnter(request->ByteSizeLong());
  const auto caller = runtime::SenderOf(env_, *context);
  if (!ticket || !caller.ok()) {
    reactor->Finish(runtime::ToGrpcStatus(ticket ? caller.status() : eventstore::QueueFull()));
    return reactor;
  }
  // Protecting may take a while: not on the threads that decide commands.
  commands::Executor& executor = request->known_on().empty() ? env_.executor : history_;
  executor.Execute([this, reactor, request, response, ticket = std::move(ticket), caller = *caller,
                    deadline = runtime::DeadlineOf(*context)] {
    auto command = runtime::StartCommand(env_, caller, request->head(), *request);
    if (!command.ok()) {
      reactor->Finish(runtime::ToGrpcStatus(command.status()));
      return;
    }
    // What stands in its way is told by `decide`, which a repeated request does not come to.
    const auto today = eventstore::LondonDay(env_.clock.Now());
    const auto report = std::make_shared<absl::StatusOr<reports::RenderedReport>>(
        Prepare(*request, today, deadline));
    command->decide = [request, report,
                       today](commands::StreamLoader& loader) -> absl::StatusOr<commands::Outcome> {
      if (!report->ok()) return report->status();
      return DecideRelease(loader, *request, today, **report);
    };
    env_.runner.RunHere(*std::move(command), [reactor, response, report, ticket](
                                                 absl::StatusOr<eventstore::AppendResult> result) {
      if (result.ok()) {
        *response->mutable_receipt() = runtime::ToReceipt(*result);
        if (!result->duplicate) {
          response->set_figures(static_cast<std::uint32_t>(reports::FiguresOf(**report).size()));
          response->mutable_tables()->Swap((*report)->response.mutable_tables());
          *response->mutable_truth() = (*report)->response.truth();
        }
      }
      reactor->Finish(runtime::ToGrpcStatus(result.status()));
    });
  });
  return reactor;
}

}  // namespace daybook::reporting
