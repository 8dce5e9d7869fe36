// Where reports are released: at the ledger, which records it, or elsewhere, which hands it on.
#pragma once

#include <chrono>

#include "absl/status/statusor.h"
#include "daybook/reports/v1/reports_service.pb.h"
#include "eventstore/core/ids.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "projections/engine/view_reader.h"
#include "services/reports/application/report_reader.h"
#include "services/runtime/unary_call.h"

namespace daybook::reporting {

// Implementations are thread-safe.
class ReleaseDesk {
 public:
  virtual ~ReleaseDesk() = default;
  // The call ReleaseReport, as its proto says.
  virtual grpc::ServerUnaryReactor* Release(grpc::CallbackServerContext* context,
                                            const reports::v1::ReleaseReportRequest* request,
                                            reports::v1::ReleaseReportResponse* response) = 0;
};

// At the ledger. Owns nothing that it is given.
class LedgerReleaseDesk final : public ReleaseDesk {
 public:
  // `history` makes what FoldsTheLog.
  LedgerReleaseDesk(const runtime::CallEnvironment& env, commands::Executor& history,
                    projections::ViewReader& views, const ReportReader& reader)
      : env_(env), history_(history), views_(views), reader_(reader) {}

  grpc::ServerUnaryReactor* Release(grpc::CallbackServerContext* context,
                                    const reports::v1::ReleaseReportRequest* request,
                                    reports::v1::ReleaseReportResponse* response) override;

 private:
  // Renders, and for the public protects, what is to be released, once the views have seen all that
  // stands.
  absl::StatusOr<reports::RenderedReport> Prepare(const reports::v1::ReleaseReportRequest& request,
                                                  eventstore::CivilDay today,
                                                  std::chrono::steady_clock::time_point deadline);

  const runtime::CallEnvironment& env_;
  commands::Executor& history_;
  projections::ViewReader& views_;
  const ReportReader& reader_;
};

}  // namespace daybook::reporting
