// What offices call the columns of records. For services/cli/dataset.cc only.
#pragma once

#include "services/cli/dataset.h"

namespace daybook::cli {

// Fills ColumnSpec::headings of the datasets of records.
void AddHeadings(Dataset& dataset);

}  // namespace daybook::cli
