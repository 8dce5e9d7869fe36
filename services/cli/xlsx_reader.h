// The first sheet of an Excel workbook as lines of cells (liborcus).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace daybook::cli {

// Whether the bytes are those of an XLSX file: a ZIP archive.
bool IsXlsx(std::string_view bytes);

// Cells as text: numbers in their shortest form, dates as Excel's number of the day, formulas as
// their last result. Wholly empty lines are left out. INVALID_ARGUMENT: INVALID_FIELD (no workbook,
// no sheet, or texts that stand in the cells themselves, which the library cannot read), TOO_LARGE
// (more than 64 MiB, or 20 million cells in it).
absl::StatusOr<std::vector<std::vector<std::string>>> ReadXlsx(std::string_view bytes);

}  // namespace daybook::cli
