// Prints report tables for people. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "daybook/reports/v1/reports_service.pb.h"

namespace daybook::cli {

// UTF-8 text with aligned columns that fits `width`, notes, markers explained, and what the answer
// rests on. A table that has too many columns for it is shown as records, with a line that says how
// wide it would have to be. `columns`:
// keys of the columns to show; empty: all.
std::string ToText(const reports::v1::RenderReportResponse& response,
                   const std::vector<std::string>& columns, std::size_t width);
// Those of `columns` that no table of the answer has.
std::vector<std::string> UnknownColumns(const reports::v1::RenderReportResponse& response,
                                        const std::vector<std::string>& columns);

}  // namespace daybook::cli
