// Report tables as one page that prints: by the table conventions of GOV.UK (caption, headings with
// their scope, numbers to the right, notes and markers explained below). Nothing is loaded from
// elsewhere.
#pragma once

#include <string>

#include "daybook/reports/v1/reports_service.pb.h"

namespace daybook::cli {

// HTML 5, UTF-8. The first text column of a table heads its rows.
std::string ToHtml(const reports::v1::RenderReportResponse& response);

}  // namespace daybook::cli
