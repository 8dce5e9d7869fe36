// Rows and columns of a printed table that are computed from others: totals, changes, percentages,
// ranks. They are checked and not stored. Pure; exact decimals, rounded half up.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "services/ingest/layout.h"
#include "services/ingest/question.h"
#include "services/ingest/table.h"

namespace daybook::ingest {

// Of rows and columns whose words say that they are computed: asks about those whose figures say
// otherwise, in every line that could be checked, and about those that nothing in the table
// computes. A total that is stored loses the cells of the heading above it where it is the sum of
// all columns.
void AskAboutComputed(const Lines& lines, Layout& layout, Inquiry& inquiry);

// A computed figure that is not what the figures make that it is computed from.
struct Disagreement {
  bool is_column = false;         // the computed one is a column of the layout, else a row
  std::size_t computed = 0;       // which
  std::size_t at = 0;             // in which row, or column, it does not agree
  std::vector<std::size_t> from;  // the columns, or rows, that it is computed from
  std::string what;               // with both figures, row and column
};
std::vector<Disagreement> DisagreementsOf(const Lines& lines, const Layout& layout);

}  // namespace daybook::ingest
