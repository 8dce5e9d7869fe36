// Rows of a dataset out of a table of figures as an office prints it: the figures of its rows and
// columns under the labels that stand beside and above them. Pure.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "services/ingest/dataset_spec.h"
#include "services/ingest/layout.h"
#include "services/ingest/question.h"
#include "services/ingest/table.h"
#include "services/ingest/table_finder.h"

namespace daybook::ingest {

// Lines of a file or sheet, with what is wrong with some of their cells.
struct Grid {
  Lines lines;
  // By line (its index) and column.
  std::map<std::pair<std::size_t, std::size_t>, CellFinding> faults = {};
};

// The one of the datasets that printed tables may hold; nullptr for none.
const DatasetSpec* PrintedDataset(DatasetSpecs datasets);

// nullopt where the lines hold no printed table (printed_table.h). `dataset` has a PrintedSpec. The
// table has no rows while the inquiry is open. Its findings are those of its cells, of computed
// figures that do not agree, and of figures that stand twice. INVALID_ARGUMENT, reason
// INVALID_FIELD: another table below the first.
absl::StatusOr<std::optional<FoundTable>> ReadPrintedTable(const Grid& grid,
                                                           const DatasetSpec& dataset,
                                                           TableContext context, Inquiry& inquiry);

}  // namespace daybook::ingest
