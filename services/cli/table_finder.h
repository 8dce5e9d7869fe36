// Finds the table in what an office sends: the header under title lines, the rows, and the totals
// below them. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/cli/csv_reader.h"
#include "services/cli/dataset.h"

namespace daybook::cli {

struct FoundTable {
  const Dataset* dataset = nullptr;  // lives for ever
  CsvTable table;                    // columns under the dataset's own names
  std::vector<std::string>
      unknown;                     // columns that the dataset does not have; in the table's header
  std::size_t first_line = 0;      // that of table.rows[0] among the lines
  std::vector<std::string> notes;  // what was read over, for a person
};

using Lines = std::vector<std::vector<std::string>>;

// Looks for the header in the first lines: the first that has all required columns of the dataset
// named, or of exactly one; a dataset that knows every column of it goes before one that does not.
// Columns are known whatever their case, with spaces, hyphens and underscores alike. nullopt when
// there is none. The example row of the template and totals below the rows (last rows that begin
// with the word and lack a required cell) are left out and noted.
std::optional<FoundTable> FindTable(Lines& lines, std::string_view dataset);

// Adds a finding for each cell of the dataset's columns that holds what a program writes in the
// place of a value it does not have: "#N/A", "#REF!", "nan".
void FindErrorTexts(FoundTable& found);

// Whether the two name the same column.
bool SameColumn(std::string_view a, std::string_view b);

}  // namespace daybook::cli
