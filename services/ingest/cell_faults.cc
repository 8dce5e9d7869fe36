#include "services/ingest/cell_faults.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "fmt/format.h"
#include "proto/values/text.h"

namespace daybook::ingest {
namespace {

// What Excel, LibreOffice and pandas write for a value that they do not have.
bool IsErrorText(std::string_view cell) {
  static constexpr std::array<std::string_view, 18> kErrors = {
      "#N/A",    "#REF!",     "#NAME?",    "#NAME",   "#DIV/0!", "#VALUE!",
      "#VALUE",  "#NUM!",     "#NULL!",    "#SPILL!", "#CALC!",  "#GETTING_DATA",
      "#FIELD!", "#BLOCKED!", "#CONNECT!", "nan",     "NaN",     "NaT"};
  if (std::ranges::find(kErrors, cell) != kErrors.end()) return true;
  constexpr std::string_view kOfCalc = "Err:";
  return cell.starts_with(kOfCalc) && cell.size() == kOfCalc.size() + 3 &&
         values::IsDigits(cell.substr(kOfCalc.size()));
}

// The signs that a spreadsheet shows of a value that is wider than its column.
bool IsTooNarrow(std::string_view cell) {
  return cell.size() >= 2 && cell.find_first_not_of('#') == std::string_view::npos;
}

}  // namespace

void FindErrorTexts(FoundTable& found) {
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < found.table.header.size(); ++i) {
    if (found.dataset->Find(found.table.header[i]) != nullptr) columns.push_back(i);
  }
  for (std::size_t row = 0; row < found.table.rows.size(); ++row) {
    const auto& cells = found.table.rows[row];
    for (const std::size_t column : columns) {
      if (column >= cells.size()) continue;
      if (IsTooNarrow(cells[column])) {
        found.table.AddFinding(
            row, {.column = column,
                  .what = "shows only # signs: its column was too narrow when the file was made",
                  .remedy = "Make the column wider in the spreadsheet and save the file again."});
      }
      if (!IsErrorText(cells[column])) continue;
      found.table.AddFinding(
          row, {.column = column,
                .what = fmt::format("the cell holds {} instead of a value", cells[column]),
                .remedy = "Correct the formula or the export, or type the value; an unknown one is "
                          "left empty."});
    }
  }
}

void FindLongCells(FoundTable& found) {
  constexpr std::size_t kCellBytesMax = 64U << 10;  // more than any text may have
  for (std::size_t row = 0; row < found.table.rows.size(); ++row) {
    const auto& cells = found.table.rows[row];
    for (std::size_t column = 0; column < std::min(cells.size(), found.table.header.size());
         ++column) {
      if (cells[column].size() <= kCellBytesMax) continue;
      if (found.dataset->Find(found.table.header[column]) == nullptr) continue;
      found.table.AddFinding(
          row, {.column = column,
                .what = fmt::format("holds {} KiB of text", cells[column].size() >> 10),
                .remedy = "Shorten it: a cell has at most 64 KiB, most columns far less. If many "
                          "rows are in it, a quotation mark is missing before them."});
    }
  }
}

}  // namespace daybook::ingest
