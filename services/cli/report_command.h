// `daybook report NAME`: one report, on the screen or into files.
#pragma once

#include "services/cli/connection.h"
#include "services/cli/report_files.h"

namespace daybook::cli {

// With `out` nothing is printed but the names of the files.
int RunReport(const Connection& connection, const ReportOptions& options);

// A report that was answered, likewise.
int PrintReport(const reports::v1::RenderReportResponse& response, const ReportOptions& options);

}  // namespace daybook::cli
