// Prints report tables for people (table), spreadsheets (csv) and programs (json).
#pragma once

#include <string>

#include "daybook/reports/v1/reports_service.pb.h"

namespace daybook::cli {

// UTF-8 text with aligned columns, notes and what the answer rests on.
std::string ToText(const reports::v1::RenderReportResponse& response);
// Every table in turn, each with its header; markers in square brackets; notes as comment lines are
// left out.
std::string ToCsv(const reports::v1::RenderReportResponse& response);

}  // namespace daybook::cli
