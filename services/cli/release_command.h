// `daybook release NAME`: renders a report for a document and records its figures.
#pragma once

#include <cstdint>
#include <string>

#include "services/cli/connection.h"
#include "services/cli/report_files.h"

namespace daybook::cli {

struct ReleaseOptions {
  ReportOptions report;  // name, parameters, audience, protection, known_on; output as of report
  std::string document_id;
  std::string date;                    // ISO 8601
  std::uint32_t exempt_paragraph = 0;  // of Schedule 12A, for the partnership only; 0: none
};

// The same release again is answered as the first one was and prints nothing but that.
int RunRelease(const Connection& connection, const ReleaseOptions& options);

}  // namespace daybook::cli
