// Finds the table in what an office sends: the header under title lines, the rows, and the totals
// below them. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "services/ingest/dataset_spec.h"
#include "services/ingest/stated_lines.h"
#include "services/ingest/table.h"

namespace daybook::ingest {

struct FoundTable {
  const DatasetSpec* dataset = nullptr;  // one of those that were looked for
  Table table;                           // columns under the dataset's own names
  std::vector<std::string>
      unknown;                 // columns that the dataset does not have; in the table's header
  std::size_t first_line = 0;  // that of table.rows[0] among the lines
  // Headings that are another word for a column, in words: "Borough" is read as "district".
  std::vector<std::string> renamed;
  std::vector<std::string> notes;      // what was ignored, for a person
  std::vector<StatedLine> above = {};  // lines before the header
  std::vector<StatedLine> below = {};  // and behind the rows, where they are known for such
  std::string sheet = {};              // of a workbook; "" where its name says nothing
  bool is_printed = false;             // a table of figures (printed_reader.h)
  // Of a printed table, as they stand there.
  std::vector<std::string> headings = {};
  std::vector<std::string> row_labels = {};
};

// Looks for the header in the first lines: the first that has all required columns of exactly one
// of the datasets; one that knows every column of it goes before one that does not. Columns are
// known whatever their case, with spaces, hyphens and underscores alike, by the dataset's own name
// and, where that is not there, by other words for it; by its own goes before by others. nullopt
// when there is none. The example row of the template and totals below the rows (last rows that
// begin with the word and lack a required cell) are left out and noted. A line with a fault is a
// row with a finding. Takes the cells of `lines` where it finds a table.
std::optional<FoundTable> FindTable(Lines& lines, DatasetSpecs datasets);

// Whether a line has so much of a dataset's header that it is meant for one, and lacks something.
bool IsNearlyFound(const Lines& lines, DatasetSpecs datasets);

// Why FindTable found none in these lines (not empty), with the nearest dataset and what the header
// lacks of it. INVALID_ARGUMENT: MISSING_FIELD where the one dataset lacks a column, else
// UNKNOWN_VALUE.
absl::Status NoTable(const Lines& lines, DatasetSpecs datasets);

// Whether the two name the same column.
bool SameColumn(std::string_view a, std::string_view b);

}  // namespace daybook::ingest
