#include "services/cli/query_commands.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "absl/strings/str_join.h"
#include "daybook/admin/v1/admin_service.grpc.pb.h"
#include "daybook/reports/v1/reports_service.grpc.pb.h"
#include "fmt/format.h"
#include "google/protobuf/util/json_util.h"
#include "services/cli/table_printer.h"

namespace daybook::cli {
namespace {

constexpr std::size_t kWidthOfAFile = 160;
constexpr std::size_t kWidthMin = 40;

std::size_t WidthOf(const ReportOptions& options) {
  if (options.width > 0) return std::max(options.width, kWidthMin);
  winsize size{};
  const bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? std::max<std::size_t>(size.ws_col, kWidthMin) : kWidthOfAFile;
}

int PrintTables(const reports::v1::RenderReportResponse& response, const ReportOptions& options) {
  const auto unknown = UnknownColumns(response, options.columns);
  if (!unknown.empty()) {
    std::vector<std::string> known;
    for (const auto& table : response.tables()) {
      for (const auto& column : table.columns()) known.push_back(column.key());
    }
    fmt::print(stderr, "error: report {}: there is no column {}\n       do      Choose from {}.\n",
               options.name, absl::StrJoin(unknown, ", "), absl::StrJoin(known, ", "));
    return kUsage;
  }
  fmt::print("{}", ToText(response, options.columns, WidthOf(options)));
  return kDone;
}

}  // namespace

int RunReport(const Connection& connection, const ReportOptions& options) {
  auto stub = reports::v1::ReportService::NewStub(connection.channel);
  reports::v1::RenderReportRequest request;
  request.set_name(options.name);
  for (const auto& [name, value] : options.parameters) {
    (*request.mutable_parameters())[name] = value;
  }
  auto* as_of = request.mutable_as_of();
  as_of->set_known_on(options.known_on);
  as_of->set_today(options.today);
  if (options.recorded_at) as_of->set_recorded_size(*options.recorded_at + 1);
  if (options.min_position) as_of->set_min_position(*options.min_position);
  grpc::ClientContext context;
  Prepare(context, connection, connection.agency, std::chrono::seconds(60));
  reports::v1::RenderReportResponse response;
  const grpc::Status status = stub->RenderReport(&context, request, &response);
  if (!status.ok()) return Report("report " + options.name, status, connection);
  if (options.format == "csv") {
    fmt::print("{}", ToCsv(response));
  } else if (options.format == "json") {
    google::protobuf::util::JsonPrintOptions json;
    json.add_whitespace = true;
    json.preserve_proto_field_names = true;
    std::string text;
    if (!google::protobuf::util::MessageToJsonString(response, &text, json).ok()) return kRefused;
    fmt::print("{}", text);
  } else {
    return PrintTables(response, options);
  }
  return kDone;
}

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
  if (!response.store_problem().empty()) fmt::print("problem: {}\n", response.store_problem());
  return well ? kDone : kRefused;
}

}  // namespace daybook::cli
