#include "services/cli/query_commands.h"

#include "absl/strings/str_join.h"
#include "daybook/admin/v1/admin_service.grpc.pb.h"
#include "daybook/reports/v1/reports_service.grpc.pb.h"
#include "fmt/format.h"

namespace daybook::cli {
int RunListReports(const Connection& connection) {
  auto stub = reports::v1::ReportService::NewStub(connection.channel);
  grpc::ClientContext context;
  Prepare(context, connection, connection.agency);
  reports::v1::ListReportsResponse response;
  const grpc::Status status = stub->ListReports(&context, {}, &response);
  if (!status.ok()) return Report("reports", status, connection);
  for (const auto& report : response.reports()) {
    fmt::print("{:<18} {}\n{:<18} parameters: {}\n", report.name(), report.description(), "",
               absl::StrJoin(report.parameters(), ", "));
  }
  return kDone;
}

int RunViews(const Connection& connection) {
  auto stub = admin::v1::AdminService::NewStub(connection.channel);
  grpc::ClientContext context;
  Prepare(context, connection, connection.agency);
  admin::v1::GetViewStatusResponse response;
  const grpc::Status status = stub->GetViewStatus(&context, {}, &response);
  if (!status.ok()) return Report("views", status, connection);
  fmt::print("{:<18} {:>7} {:>12} {:>8} {:>10} {:>12}  {}\n", "view", "version", "events", "lag",
             "rows", "applied", "state");
  bool well = response.store_problem().empty();
  for (const auto& view : response.views()) {
    well = well && !view.parked();
    fmt::print("{:<18} {:>7} {:>12} {:>8} {:>10} {:>12}  {}\n", view.name(), view.version(),
               view.size(), view.lag(), view.rows(), view.applied(),
               view.parked() ? fmt::format("parked at position {}: {}", view.parked_position(),
                                           view.parked_reason())
                             : "live");
  }
  fmt::print("log {} incarnation {}, {} events\n", response.head().log_id(),
             response.head().incarnation(), response.head().size());
  if (const auto& rebuild = response.rebuild(); rebuild.making() != 0) {
    fmt::print("generation {} answers; generation {} is made and has seen {} events\n",
               rebuild.generation(), rebuild.making(), rebuild.size());
  }
  if (!response.store_problem().empty()) fmt::print("problem: {}\n", response.store_problem());
  return well ? kDone : kRefused;
}

}  // namespace daybook::cli
