// Prints report tables for people (table) and spreadsheets (csv). Pure.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "daybook/reports/v1/reports_service.pb.h"

namespace daybook::cli {

// UTF-8 text with aligned columns that fits `width`, notes and what the answer rests on. `columns`:
// keys of the columns to show; empty: all.
std::string ToText(const reports::v1::RenderReportResponse& response,
                   const std::vector<std::string>& columns, std::size_t width);
// Every table in turn with all its columns, each with its header; markers in square brackets;
// without notes. A text that a spreadsheet would take for a formula begins with an apostrophe.
std::string ToCsv(const reports::v1::RenderReportResponse& response);

// Those of `columns` that no table of the answer has.
std::vector<std::string> UnknownColumns(const reports::v1::RenderReportResponse& response,
                                        const std::vector<std::string>& columns);

}  // namespace daybook::cli
