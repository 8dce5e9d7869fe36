#include "services/cli/dataset_columns.h"

#include <map>
#include <string>

namespace daybook::cli {
namespace {

// Columns of one name have one kind of cells in all datasets.
CellKind KindOf(std::string_view name) {
  static const auto& kinds =
      *new std::map<std::string_view, CellKind>{{"month", CellKind::kMonth},
                                                {"Month", CellKind::kMonth},
                                                {"date", CellKind::kDay},
                                                {"published", CellKind::kDay},
                                                {"passed", CellKind::kDay},
                                                {"due", CellKind::kDay},
                                                {"answered", CellKind::kDay},
                                                {"delivered", CellKind::kDay},
                                                {"approved", CellKind::kDay},
                                                {"forum", CellKind::kDay},
                                                {"made", CellKind::kDay},
                                                {"expires", CellKind::kDay},
                                                {"reviewed", CellKind::kDay},
                                                {"occurred", CellKind::kDay},
                                                {"taken", CellKind::kDay},
                                                {"raised", CellKind::kDay},
                                                {"actioned", CellKind::kDay},
                                                {"issued", CellKind::kDay},
                                                {"settled", CellKind::kDay},
                                                {"agreed", CellKind::kDay},
                                                {"retired", CellKind::kDay},
                                                {"change_from", CellKind::kDay},
                                                {"latest", CellKind::kDay},
                                                {"from", CellKind::kDay},
                                                {"period", CellKind::kPeriod},
                                                {"compared_with", CellKind::kPeriod},
                                                {"own_period", CellKind::kPeriod},
                                                {"amount", CellKind::kNumber},
                                                {"score", CellKind::kNumber},
                                                {"weight", CellKind::kNumber},
                                                {"received", CellKind::kDayOrMonth},
                                                {"deadline", CellKind::kDayOrMonth},
                                                {"known", CellKind::kDayOrMonth},
                                                {"value", CellKind::kValue},
                                                {"upper", CellKind::kNumber},
                                                {"threshold", CellKind::kNumber},
                                                {"numerator", CellKind::kNumber},
                                                {"denominator", CellKind::kNumber},
                                                {"percent", CellKind::kNumber},
                                                {"printed_percent", CellKind::kNumber},
                                                {"change_percent", CellKind::kNumber},
                                                {"change_absolute", CellKind::kNumber}};
  const auto it = kinds.find(name);
  return it == kinds.end() ? CellKind::kText : it->second;
}

}  // namespace

std::vector<Column> Columns(
    std::initializer_list<std::pair<std::string_view, std::string_view>> words) {
  std::vector<Column> columns;
  for (auto [name, meaning] : words) {
    const bool required = name.back() == '!';
    if (required) name.remove_suffix(1);
    columns.push_back({std::string(name), required, std::string(meaning), KindOf(name)});
  }
  return columns;
}

}  // namespace daybook::cli
