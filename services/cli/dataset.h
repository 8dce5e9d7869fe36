// The files that `daybook import` takes: their columns, and what becomes of a row. The templates
// are described in services/cli/README.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace daybook::cli {

struct Column {
  std::string name;
  bool required =
      false;  // the column must be there; whether a cell may be empty is the server's rule
};

struct Dataset {
  std::string name;
  std::vector<Column> columns;
  std::string one_line;  // what a row is
};

// Every dataset, in the order of the manual.
const std::vector<Dataset>& Datasets();

// nullptr for a name that is none.
const Dataset* FindDataset(std::string_view name);

// The one dataset whose required columns are all in `header` and that knows every column of it;
// nullptr when none or several fit.
const Dataset* RecogniseDataset(const std::vector<std::string>& header);

}  // namespace daybook::cli
