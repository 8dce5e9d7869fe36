#include "services/cli/report_command.h"

#include <cstdio>

#include "absl/strings/str_join.h"
#include "fmt/format.h"
#include "services/cli/error_output.h"
#include "services/cli/output/table_printer.h"

namespace daybook::cli {
namespace {

using reports::v1::RenderReportResponse;

bool HasColumns(const RenderReportResponse& response, const ReportOptions& options) {
  const auto unknown = UnknownColumns(response, options.columns);
  if (unknown.empty()) return true;
  std::vector<std::string> known;
  for (const auto& table : response.tables()) {
    for (const auto& column : table.columns()) known.push_back(column.key());
  }
  PrintError("error: report {}: there is no column {}\n       do      Choose from {}.\n",
             options.name, absl::StrJoin(unknown, ", "), absl::StrJoin(known, ", "));
  return false;
}

int WriteOut(const RenderReportResponse& response, const std::string& format,
             const ReportOptions& options) {
  std::vector<std::string> written;
  const absl::Status status = WriteReport(options.out, format, response, options, written);
  for (const std::string& path : written) fmt::print("{}\n", path);
  return status.ok() ? kDone : Report(status);
}

}  // namespace

int PrintReport(const RenderReportResponse& response, const ReportOptions& options) {
  const std::string format = FormatOf(options);
  if (!HasColumns(response, options)) return kUsage;
  if (!options.out.empty()) return WriteOut(response, format, options);
  const absl::StatusOr<std::string> text = TextOf(response, format, options);
  if (!text.ok()) return Report(text.status());
  fmt::print("{}", *text);
  return kDone;
}

int RunReport(const Connection& connection, const ReportOptions& options) {
  if (!options.directory.empty()) {
    PrintError(
        "error: {} is one report, no folder\n       do      Leave {} out, or name a "
        "file with --out.\n",
        options.name, options.directory);
    return kUsage;
  }
  if (FormatOf(options) == "xlsx" && options.out.empty()) {
    PrintError(
        "error: a workbook is no text\n       do      Say where it shall be: --out "
        "FILE.xlsx\n");
    return kUsage;
  }
  RenderReportResponse response;
  const grpc::Status status = AskReport(connection, options, response);
  if (!status.ok()) return Report("report " + options.name, status, connection);
  return PrintReport(response, options);
}

}  // namespace daybook::cli
