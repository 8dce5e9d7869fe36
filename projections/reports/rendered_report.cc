#include "projections/reports/rendered_report.h"

#include <utility>

namespace daybook::reports {

RenderedReport FromTables(TablesAnswer answer) {
  RenderedReport rendered;
  for (v1::Table& table : answer.tables) *rendered.response.add_tables() = std::move(table);
  *rendered.response.mutable_truth() = std::move(answer.truth);
  return rendered;
}

}  // namespace daybook::reports
