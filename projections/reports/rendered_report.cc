#include "projections/reports/rendered_report.h"

#include <utility>

namespace daybook::reports {

RenderedReport FromTables(TablesAnswer answer) {
  RenderedReport rendered;
  for (v1::Table& table : answer.tables) *rendered.response.add_tables() = std::move(table);
  *rendered.response.mutable_truth() = std::move(answer.truth);
  return rendered;
}

absl::StatusOr<RenderedReport> FromTables(absl::StatusOr<TablesAnswer> answer) {
  if (!answer.ok()) return answer.status();
  return FromTables(*std::move(answer));
}

RenderedReport FromTable(v1::Table table, v1::Truth truth) {
  RenderedReport rendered;
  *rendered.response.add_tables() = std::move(table);
  *rendered.response.mutable_truth() = std::move(truth);
  return rendered;
}

}  // namespace daybook::reports
