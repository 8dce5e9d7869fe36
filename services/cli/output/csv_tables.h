// Report tables as CSV, and what CSV on the Web says about such a file.
#pragma once

#include <string>
#include <string_view>

#include "daybook/reports/v1/reports_service.pb.h"

namespace daybook::cli {

// A cell as CSV wants it, quoted where it must be.
std::string CsvCell(std::string_view text);

// One table with all its columns, under their keys; markers in square brackets; without notes. A
// text that a spreadsheet would take for a formula begins with an apostrophe.
std::string ToCsv(const reports::v1::Table& table);
// Every table in turn, an empty line between them.
std::string ToCsv(const reports::v1::RenderReportResponse& response);

// Metadata of the file `url` that holds the table (https://www.w3.org/TR/tabular-metadata/): title,
// columns with their types, markers as missing values, notes, and what the answer rests on. JSON.
// It belongs beside the file, as `url`-metadata.json.
std::string CsvMetadata(const std::string& url, const reports::v1::Table& table,
                        const reports::v1::Truth& truth);

// True when every cell of the column is a decimal number or nothing but a marker.
bool IsNumbers(const reports::v1::Table& table, int column);

}  // namespace daybook::cli
