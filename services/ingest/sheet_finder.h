// The table of a workbook: that of the one visible sheet with the header of a dataset.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/ingest/table_finder.h"
#include "services/ingest/workbook.h"

namespace daybook::ingest {

// `datasets` as FindTable takes them. `wanted`: the sheet that the sender named, hidden or not;
// empty: none. The notes say which sheet was read and what of the workbook was not.
// INVALID_ARGUMENT, reason UNKNOWN_VALUE with the names of the sheets: no sheet has such a header,
// several have, there is no sheet of that name. Cells that cannot be read are findings of the table
// where its dataset knows their column.
absl::StatusOr<FoundTable> FindSheet(const Workbook& workbook, DatasetSpecs datasets,
                                     const std::string& wanted);

}  // namespace daybook::ingest
