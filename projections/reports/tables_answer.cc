#include "projections/reports/tables_answer.h"

#include <algorithm>
#include <utility>

#include "projections/reports/report_error.h"
#include "projections/views/register_view.h"
#include "projections/views/row_key.h"

namespace daybook::reports {

TablesAnswer FinishTables(std::vector<TableBuilder> tables, const AnswerContext& context,
                          std::uint64_t back_loaded, std::string_view nothing) {
  const bool none = std::all_of(tables.begin(), tables.end(),
                                [](const TableBuilder& table) { return table.rows() == 0; });
  if (none && !context.truth.known_on) tables.front().Note(nothing);
  TablesAnswer answer;
  for (TableBuilder& table : tables) answer.tables.push_back(table.Take());
  AddKnownNotes(context, none, back_loaded, answer.tables.front().mutable_notes());
  answer.truth = TruthOf(context, back_loaded);
  return answer;
}

TablesAnswer FinishTable(TableBuilder table, const AnswerContext& context,
                         std::uint64_t back_loaded, std::string_view nothing) {
  std::vector<TableBuilder> tables;
  tables.push_back(std::move(table));
  return FinishTables(std::move(tables), context, back_loaded, nothing);
}

absl::Status CheckPartnership(const views::RegisterView& names, std::string_view partnership_id) {
  if (partnership_id.empty() ||
      names.partnerships().Find(views::RowKey({partnership_id})) != nullptr) {
    return absl::OkStatus();
  }
  return NotFound("csp", "partnership", "UNKNOWN_PARTNERSHIP");
}

}  // namespace daybook::reports
