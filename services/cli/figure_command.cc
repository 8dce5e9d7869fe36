#include "services/cli/figure_command.h"

#include <cstdint>
#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "daybook/reports/v1/reports_service.grpc.pb.h"
#include "eventstore/core/error.h"
#include "services/cli/report_command.h"

namespace daybook::cli {
namespace {

using reports::v1::GetReleasedFigureRequest;

// nullopt for what is no reference to a released figure.
std::optional<GetReleasedFigureRequest> ParseReference(const std::string& reference) {
  const std::size_t dot = reference.find('.');
  std::uint64_t position = 0;
  std::uint32_t number = 0;
  if (dot == std::string::npos || !absl::SimpleAtoi(reference.substr(0, dot), &position) ||
      !absl::SimpleAtoi(reference.substr(dot + 1), &number)) {
    return std::nullopt;
  }
  GetReleasedFigureRequest request;
  request.set_position(position);
  request.set_number(number);
  return request;
}

}  // namespace

int RunFigure(const Connection& connection, const std::string& reference, ReportOptions options) {
  const auto request = ParseReference(reference);
  if (!request) {
    options.name = "published-figures";
    options.parameters["ref"] = reference;
    return RunReport(connection, options);
  }
  auto stub = reports::v1::ReportService::NewStub(connection.channel);
  grpc::ClientContext context;
  Prepare(context, connection, connection.agency, std::chrono::seconds(60));
  reports::v1::GetReleasedFigureResponse response;
  const grpc::Status status = stub->GetReleasedFigure(&context, *request, &response);
  if (!status.ok()) return Report("figure " + reference, status, connection);
  reports::v1::RenderReportResponse tables;
  tables.mutable_tables()->Swap(response.mutable_tables());
  *tables.mutable_truth() = response.truth();
  return PrintReport(tables, options);
}

}  // namespace daybook::cli
