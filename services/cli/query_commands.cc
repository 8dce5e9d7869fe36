#include "services/cli/query_commands.h"

#include <chrono>
#include <cstdint>
#include <thread>

#include "absl/strings/str_join.h"
#include "daybook/admin/v1/admin_service.grpc.pb.h"
#include "daybook/reports/v1/reports_service.grpc.pb.h"
#include "fmt/format.h"

namespace daybook::cli {
namespace {

constexpr std::chrono::milliseconds kLook{100};
constexpr int kLooksPerLine = 20;

grpc::Status AskForStatus(const Connection& connection, admin::v1::AdminService::Stub& stub,
                          admin::v1::GetViewStatusResponse& response) {
  grpc::ClientContext context;
  Prepare(context, connection, connection.agency);
  response.Clear();
  return stub.GetViewStatus(&context, {}, &response);
}

int SayHowItEnded(const admin::v1::RebuildOutcome& outcome) {
  if (!outcome.changed_over()) {
    fmt::print(stderr, "The new views were given up, the old ones answer as before: {}\n",
               outcome.problem());
    return kRefused;
  }
  if (!outcome.problem().empty()) {
    fmt::print("generation {} answers; it could not be compared with the one before: {}\n",
               outcome.generation(), outcome.problem());
    return kDone;
  }
  if (outcome.differing_views().empty()) {
    fmt::print("generation {} answers; every row is the same as before, at {} events\n",
               outcome.generation(), outcome.compared_size());
    return kDone;
  }
  fmt::print("generation {} answers; the old one had other rows, at {} events, in: {}\n",
             outcome.generation(), outcome.compared_size(),
             absl::StrJoin(outcome.differing_views(), ", "));
  fmt::print(
      stderr,
      "Reports of these views may have been wrong. Check the disk, and look with --compare-with "
      "at what was printed.\n");
  return kRefused;
}

}  // namespace

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
  admin::v1::GetViewStatusResponse response;
  const grpc::Status status = AskForStatus(connection, *stub, response);
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
  const auto& rebuild = response.rebuild();
  if (rebuild.running()) {
    fmt::print("generation {} answers; a new one is made and has seen {} events\n",
               rebuild.generation(), rebuild.size());
  }
  if (!response.store_problem().empty()) fmt::print("problem: {}\n", response.store_problem());
  return well ? kDone : kRefused;
}

int RunRebuildViews(const Connection& connection, bool wait) {
  auto stub = admin::v1::AdminService::NewStub(connection.channel);
  grpc::ClientContext context;
  Prepare(context, connection, connection.agency);
  admin::v1::RebuildViewsResponse started;
  if (const auto status = stub->RebuildViews(&context, {}, &started); !status.ok()) {
    return Report("views rebuild", status, connection);
  }
  if (!wait) {
    fmt::print("generation {} is being made; daybook views says how far it is\n",
               started.generation());
    return kDone;
  }
  admin::v1::GetViewStatusResponse now;
  for (int looks = 1;; ++looks) {
    if (const auto status = AskForStatus(connection, *stub, now); !status.ok()) {
      return Report("views rebuild", status, connection);
    }
    const auto& rebuild = now.rebuild();
    if (rebuild.last().generation() == started.generation()) return SayHowItEnded(rebuild.last());
    if (looks % kLooksPerLine == 0) {
      fmt::print(stderr, "generation {} has seen {} of {} events\n", started.generation(),
                 rebuild.size(), now.head().size());
    }
    std::this_thread::sleep_for(kLook);
  }
}

}  // namespace daybook::cli
