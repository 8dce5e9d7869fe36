// `daybook template DATASET`: the empty file that a sender fills in, as CSV and as a workbook.
#pragma once

#include <string>
#include <vector>

#include "services/cli/dataset.h"

namespace daybook::cli {

// The row that becomes the dataset's `example`, from its name and columns. Imported as it stands it
// is ignored.
std::vector<std::string> ExampleRow(const Dataset& dataset);

// Writes DATASET.csv and DATASET.xlsx (headings, the example row, and a second sheet that explains
// the columns) into the folder; refuses to take the place of a file. Exit codes as in connection.h.
int RunTemplateFiles(const std::string& dataset, const std::string& directory);

}  // namespace daybook::cli
