// What a projector cannot do itself and hands to the ledger: opening texts, for it has no keys, and
// recording releases.
#pragma once

#include <memory>

#include "daybook/reports/v1/reports_service.grpc.pb.h"
#include "grpcpp/channel.h"
#include "projections/reports/text_opener.h"
#include "services/reports/grpc/release_desk.h"

namespace daybook::projector {

// Thread-safe.
class RemoteTextOpener final : public reports::TextOpener {
 public:
  explicit RemoteTextOpener(const std::shared_ptr<grpc::Channel>& channel)
      : stub_(reports::v1::ReportService::NewStub(channel)) {}

  absl::StatusOr<reports::OpenedText> Open(eventstore::Position position,
                                           std::string_view part) const override;

 private:
  const std::unique_ptr<reports::v1::ReportService::Stub> stub_;
};

// Hands the call on as it came: the ledger renders, protects and records. Thread-safe.
class RemoteReleaseDesk final : public reporting::ReleaseDesk {
 public:
  explicit RemoteReleaseDesk(const std::shared_ptr<grpc::Channel>& channel)
      : stub_(reports::v1::ReportService::NewStub(channel)) {}

  grpc::ServerUnaryReactor* Release(grpc::CallbackServerContext* context,
                                    const reports::v1::ReleaseReportRequest* request,
                                    reports::v1::ReleaseReportResponse* response) override;

 private:
  const std::unique_ptr<reports::v1::ReportService::Stub> stub_;
};

}  // namespace daybook::projector
