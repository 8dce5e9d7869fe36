// How a table fits the width that there is. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "daybook/reports/v1/reports_service.pb.h"

namespace daybook::cli {

struct TableLayout {
  std::vector<int> columns;         // those shown, in order
  std::vector<std::size_t> widths;  // of each of them
  std::vector<std::string> empty;   // titles of columns left out because nothing stands in them
  std::vector<int> constant;        // said once above the table: every row has the same words there
  bool records = false;             // too many columns: one cell a line
};

// Shows the columns whose keys are in `keys` (all when none of them is a column of the table), but
// for those in which nothing stands. Text columns (but for ids in the first one) and
// titles of numbers give way, those first that
// pay least for it in lines, until the table fits `width`. Where that is not enough, columns of
// words that are the same in every row are said once, above it; where even that is not, it is shown
// as records.
TableLayout LayOut(const reports::v1::Table& table, const std::vector<std::string>& keys,
                   std::size_t width);

// A cell with its marker in square brackets, and the numbers of its notes where wanted.
std::string CellText(const reports::v1::Cell& cell, bool with_notes);

// Code points: close enough to columns for the names and labels of the field.
std::size_t TextWidth(std::string_view text);

// Lines of at most `width`, broken at spaces, and within a word (at a hyphen where it has one) only
// where it is longer than that.
std::vector<std::string> WrapText(std::string_view text, std::size_t width);

}  // namespace daybook::cli
