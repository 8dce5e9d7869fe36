// Finds the parts of a table of figures as offices print it: title lines, one or two header rows,
// labels, figures, and lines below. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/ingest/table.h"

namespace daybook::ingest {

// What stands above a column of figures.
struct Heading {
  std::size_t column = 0;
  std::string above = {};  // of the upper of two header rows; counts for the columns to its right
  std::string label = {};
  bool has_own_above = false;  // it stands above this very column
  // "Existing / Female"
  std::string Text() const { return above.empty() ? label : above + " / " + label; }
};

struct PrintedTable {
  std::size_t first_header = 0;   // index among the lines; those before it stand above
  std::size_t header = 0;         // of the last header row
  std::vector<Heading> headings;  // of the columns with figures
  // Columns of words to the left of the figures: what the rows are is in one of them.
  std::vector<std::size_t> label_columns;
  std::vector<std::size_t> word_columns;  // and those beside the figures
  std::vector<std::size_t> rows;          // lines with figures
  std::vector<std::size_t> between;       // lines among them with words only
  std::size_t end = 0;                    // the first line below
  // The line that looks like the header of another table below the first.
  std::optional<std::size_t> second_header;

  bool HasTwoHeaderRows() const { return first_header != header; }
};

// "" beyond the end of a line.
std::string_view CellAt(const Line& line, std::size_t column);

// nullopt where the lines hold no such table: fewer than two rows, no header above them, more
// columns of words than of figures beside the labels, or labels that say the same again and again,
// as in a list of records.
std::optional<PrintedTable> FindPrintedTable(const Lines& lines);

// "B" of 1, as a spreadsheet names its columns.
std::string ColumnLetters(std::size_t column);

}  // namespace daybook::ingest
