// The rows of a table as plain text.
#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "daybook/reports/v1/reports_service.pb.h"

namespace daybook::reports::testing {

using Rows = std::vector<std::vector<std::string>>;

// A cell without text stands as its marker.
inline Rows RowsOf(const v1::Table& table) {
  Rows rows;
  for (const v1::Row& row : table.rows()) {
    std::vector<std::string> cells;
    for (const v1::Cell& cell : row.cells()) {
      cells.push_back(cell.text().empty() && !cell.marker().empty() ? "[" + cell.marker() + "]"
                                                                    : cell.text());
    }
    rows.push_back(std::move(cells));
  }
  return rows;
}

}  // namespace daybook::reports::testing
