#include "services/cli/dataset_columns.h"

#include <map>
#include <string>

namespace daybook::cli {
namespace {

// Columns of one name have one kind of cells in all datasets.
ingest::CellKind KindOf(std::string_view name) {
  static const auto& kinds = *new std::map<std::string_view, ingest::CellKind>{
      {"source_key", ingest::CellKind::kKey},
      {"Crime ID", ingest::CellKind::kKey},
      {"persistent_id", ingest::CellKind::kKey},
      {"referral_id", ingest::CellKind::kPersonKey},
      {"subject_ref", ingest::CellKind::kPersonKey},
      {"person", ingest::CellKind::kPersonKey},
      {"breach_id", ingest::CellKind::kPersonKey},
      {"penalty_id", ingest::CellKind::kKey},
      {"task_id", ingest::CellKind::kKey},
      {"age", ingest::CellKind::kAge},

      {"absence", ingest::CellKind::kWord},
      {"basis", ingest::CellKind::kWord},
      {"cause", ingest::CellKind::kWord},
      {"change_cause", ingest::CellKind::kWord},
      {"comparator", ingest::CellKind::kWord},
      {"content", ingest::CellKind::kWord},
      {"disposition", ingest::CellKind::kWord},
      {"how", ingest::CellKind::kWord},
      {"kind", ingest::CellKind::kWord},
      {"missing", ingest::CellKind::kWord},
      {"role", ingest::CellKind::kWord},
      {"stage", ingest::CellKind::kWord},
      {"state", ingest::CellKind::kWord},
      {"status", ingest::CellKind::kWord},
      {"step", ingest::CellKind::kWord},
      {"subject", ingest::CellKind::kWord},
      {"what", ingest::CellKind::kWord},

      {"month", ingest::CellKind::kMonth},
      {"Month", ingest::CellKind::kMonth},
      {"date", ingest::CellKind::kDay},
      {"published", ingest::CellKind::kDay},
      {"passed", ingest::CellKind::kDay},
      {"due", ingest::CellKind::kDay},
      {"answered", ingest::CellKind::kDay},
      {"delivered", ingest::CellKind::kDay},
      {"approved", ingest::CellKind::kDay},
      {"forum", ingest::CellKind::kDay},
      {"made", ingest::CellKind::kDay},
      {"expires", ingest::CellKind::kDay},
      {"reviewed", ingest::CellKind::kDay},
      {"occurred", ingest::CellKind::kDay},
      {"taken", ingest::CellKind::kDay},
      {"raised", ingest::CellKind::kDay},
      {"actioned", ingest::CellKind::kDay},
      {"issued", ingest::CellKind::kDay},
      {"settled", ingest::CellKind::kDay},
      {"agreed", ingest::CellKind::kDay},
      {"retired", ingest::CellKind::kDay},
      {"change_from", ingest::CellKind::kDay},
      {"latest", ingest::CellKind::kDay},
      {"from", ingest::CellKind::kDay},
      {"year", ingest::CellKind::kYear},
      {"period", ingest::CellKind::kPeriod},
      {"compared_with", ingest::CellKind::kPeriod},
      {"own_period", ingest::CellKind::kPeriod},
      {"amount", ingest::CellKind::kMoney},
      {"score", ingest::CellKind::kNumber},
      {"weight", ingest::CellKind::kNumber},
      {"recorded", ingest::CellKind::kMoment},
      {"committed_from", ingest::CellKind::kMoment},
      {"committed_to", ingest::CellKind::kMoment},
      {"time", ingest::CellKind::kTime},
      {"received", ingest::CellKind::kDayOrMonth},
      {"deadline", ingest::CellKind::kDayOrMonth},
      {"known", ingest::CellKind::kDayOrMonth},
      {"value", ingest::CellKind::kValue},
      {"upper", ingest::CellKind::kNumber},
      {"threshold", ingest::CellKind::kNumber},
      {"numerator", ingest::CellKind::kNumber},
      {"denominator", ingest::CellKind::kNumber},
      {"percent", ingest::CellKind::kPercent},
      {"printed_percent", ingest::CellKind::kPercent},
      {"change_percent", ingest::CellKind::kPercent},
      {"change_absolute", ingest::CellKind::kNumber}};
  const auto it = kinds.find(name);
  return it == kinds.end() ? ingest::CellKind::kText : it->second;
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
