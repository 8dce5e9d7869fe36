#include "services/cli/release_command.h"

#include <cstdio>

#include "daybook/reports/v1/reports_service.grpc.pb.h"
#include "eventstore/merkle/hash.h"
#include "fmt/format.h"
#include "services/cli/error_output.h"
#include "services/cli/report_command.h"

namespace daybook::cli {
namespace {

using reports::v1::ReleaseReportRequest;
using reports::v1::ReleaseReportResponse;

constexpr std::size_t kHashDigits = 16;

// The same for the same release, so that it may be sent again blindly.
std::string RequestIdOf(const ReleaseReportRequest& request) {
  std::string said = request.name() + '\n' + std::to_string(request.protection());
  // As before there was a choice of audience, so that an old release sent again is the same one.
  if (request.audience() == reports::v1::AUDIENCE_PARTNERSHIP) {
    said += fmt::format("\npartnership {} {}", request.exempt_paragraph(), request.known_on());
  }
  for (const auto& parameter : request.parameters()) {
    said += '\n' + parameter.name() + '=' + parameter.value();
  }
  return fmt::format("release-{}-{}-{}", request.document_id(), request.released_date(),
                     eventstore::ToHex(merkle::Sha256(said)).substr(0, kHashDigits));
}

}  // namespace

int RunRelease(const Connection& connection, const ReleaseOptions& options) {
  ReleaseReportRequest request;
  request.set_name(options.report.name);
  for (const auto& [name, value] : options.report.parameters) {
    auto* parameter = request.add_parameters();
    parameter->set_name(name);
    parameter->set_value(value);
  }
  request.set_protection(ProtectionOf(options.report));
  request.set_document_id(options.document_id);
  request.set_released_date(options.date);
  if (options.report.audience == "partnership") {
    request.set_audience(reports::v1::AUDIENCE_PARTNERSHIP);
  }
  request.set_exempt_paragraph(options.exempt_paragraph);
  request.set_known_on(options.report.known_on);
  request.mutable_head()->set_request_id(RequestIdOf(request));
  auto stub = reports::v1::ReportService::NewStub(connection.channel);
  grpc::ClientContext context;
  Prepare(context, connection, connection.agency, std::chrono::seconds(60));
  ReleaseReportResponse response;
  const grpc::Status status = stub->ReleaseReport(&context, request, &response);
  if (!status.ok()) return Report("release " + options.report.name, status, connection);
  if (response.receipt().duplicate()) {
    fmt::print("This was released before, at position {}; nothing was recorded now.\n",
               response.receipt().position());
    return kDone;
  }
  reports::v1::RenderReportResponse tables;
  tables.mutable_tables()->Swap(response.mutable_tables());
  *tables.mutable_truth() = response.truth();
  const int printed = PrintReport(tables, options.report);
  if (response.figures() > 0) {
    // Beside the report, for that may go into a file or another program.
    PrintError(
        "References of its figures: {0}.1 to {0}.{1}. `daybook figure {0}.0` lists "
        "them.\n",
        response.receipt().position(), response.figures());
  }
  return printed;
}

}  // namespace daybook::cli
