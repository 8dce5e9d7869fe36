#include "services/projector/remote_ledger.h"

#include <string>
#include <utility>

#include "eventstore/core/error.h"
#include "services/projector/caller.h"
#include "services/runtime/status_mapping.h"

namespace daybook::projector {
namespace {

constexpr std::chrono::seconds kOpenDeadline{5};

}  // namespace

absl::StatusOr<reports::OpenedText> RemoteTextOpener::Open(eventstore::Position position,
                                                           std::string_view part) const {
  reports::v1::OpenTextRequest request;
  request.set_position(position.value);
  request.set_part(std::string(part));
  grpc::ClientContext context;
  PrepareCall(context, kOpenDeadline);
  reports::v1::OpenTextResponse response;
  DAYBOOK_RETURN_IF_ERROR(runtime::FromGrpcStatus(stub_->OpenText(&context, request, &response)));
  return reports::OpenedText{std::move(*response.mutable_text()), response.erased()};
}

grpc::ServerUnaryReactor* RemoteReleaseDesk::Release(
    grpc::CallbackServerContext* context, const reports::v1::ReleaseReportRequest* request,
    reports::v1::ReleaseReportResponse* response) {
  auto* reactor = context->DefaultReactor();
  // Carries deadline and cancellation over; who calls is metadata, and is handed on as it came.
  const std::shared_ptr<grpc::ClientContext> onward =
      grpc::ClientContext::FromCallbackServerContext(*context);
  for (const char* key : {runtime::kAgencyKey, runtime::kActorKey}) {
    const auto given = context->client_metadata().find(key);
    if (given != context->client_metadata().end()) {
      onward->AddMetadata(key, std::string(given->second.data(), given->second.size()));
    }
  }
  stub_->async()->ReleaseReport(
      onward.get(), request, response,
      [reactor, onward](grpc::Status status) { reactor->Finish(std::move(status)); });
  return reactor;
}

}  // namespace daybook::projector
