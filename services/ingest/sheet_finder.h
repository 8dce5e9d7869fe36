// The table of a workbook: that of the one visible sheet with the header of a dataset, else the one
// with a table of figures.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/ingest/table_finder.h"
#include "services/ingest/table_request.h"
#include "services/ingest/workbook.h"

namespace daybook::ingest {

// The notes say which sheet was read and what of the workbook was not. A sheet that the sender
// named may be hidden. INVALID_ARGUMENT, reason UNKNOWN_VALUE with the names of the sheets: no
// sheet has such a header, several have, there is no sheet of that name. Cells that cannot be read
// are findings of the table where its dataset knows their column.
absl::StatusOr<FoundTable> FindSheet(const Workbook& workbook, const TableRequest& request,
                                     Inquiry& inquiry);

}  // namespace daybook::ingest
