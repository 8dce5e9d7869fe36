// `daybook release NAME`: renders a report for the public and records that it left the partnership.
#pragma once

#include <string>

#include "services/cli/connection.h"
#include "services/cli/report_files.h"

namespace daybook::cli {

struct ReleaseOptions {
  ReportOptions
      report;  // name, parameters, protection; format, columns, width and out as of report
  std::string document_id;
  std::string date;  // ISO 8601
};

// The same release again is answered as the first one was and prints nothing but that.
int RunRelease(const Connection& connection, const ReleaseOptions& options);

}  // namespace daybook::cli
