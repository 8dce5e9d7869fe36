// Report tables as a workbook of office programs.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "daybook/reports/v1/reports_service.pb.h"

namespace daybook::cli {

// A sheet for each table: numbers as numbers, everything else as text (so nothing becomes a formula
// or a date); beside the rows a column with the notes of each and one with the day as known on; the
// table's notes on the sheet "notes". Written beside and renamed: a failure leaves what was there.
// UNAVAILABLE when the file cannot be written; OUT_OF_RANGE when a table has more rows than a
// sheet, or a text is longer than a cell holds (32,767 characters).
absl::Status WriteWorkbook(const std::string& path,
                           const reports::v1::RenderReportResponse& response);

}  // namespace daybook::cli
