#include "projections/reports/incident_records.h"

#include <algorithm>
#include <utility>

#include "projections/reports/names.h"
#include "projections/reports/plan_reading.h"
#include "projections/views/row_key.h"
#include "projections/views/submissions_view.h"
#include "proto/registry/prescribed_items.h"

namespace daybook::reports {

using views::v1::IncidentCellRow;

RecordArea RecordAreaOf(const views::RegisterView& names, std::string_view area_id) {
  RecordArea area;
  for (std::string& district : DistrictsOf(names, area_id)) {
    area.districts.insert(std::move(district));
  }
  const views::v1::AreaRow* row = FindArea(names, area_id);
  if (row != nullptr) area.whole_force = ForceOfArea(names, *row);
  return area;
}

namespace {

bool IsOfIncidents(std::string_view dataset) {
  return dataset == "incidents" || dataset == "police-uk-street" || dataset == "police-uk-api";
}

// Months that an accepted file covers without a row of them: there was nothing, which is a count of
// 0. They are of the force or holder that sent the file: all of a file without rows, else those of
// one that has records of the sender in its other months.
void AddEmptyMonths(const ReportViews& views, bool prescribed, MonthsOfSources& held) {
  for (const auto& [key, row] : views.submissions->submissions().rows()) {
    const std::string& dataset = row.opened().dataset();
    const bool is_meant = prescribed ? registry::IsPrescribed(dataset) : IsOfIncidents(dataset);
    if (!row.has_accepted() || !is_meant) continue;
    const auto& months = row.accepted().months();
    const RecordSource source{dataset, row.agency()};
    const auto own = held.find(source);
    const bool has_own = own != held.end() &&
                         std::any_of(months.begin(), months.end(), [&](const std::string& month) {
                           return own->second.contains(month);
                         });
    const auto* sender = FindOrganisation(*views.names, row.agency());
    const bool is_holder =
        prescribed || own != held.end() || (sender != nullptr && sender->kind() == "police");
    if (!(row.accepted().counts().rows_read() == 0 ? is_holder : has_own)) continue;
    held[source].insert(months.begin(), months.end());
  }
}

MonthsOfSources MonthsHeld(const ReportViews& views, bool prescribed) {
  MonthsOfSources held;
  const auto& rows = views.incidents->cells().rows();
  // One look-up a month, not a walk over every cell: keys of a month are one run.
  for (auto it = rows.begin(); it != rows.end();) {
    const IncidentCellRow& cell = it->second;
    if (registry::IsPrescribed(cell.dataset()) == prescribed) {
      held[{cell.dataset(), cell.force_id()}].insert(cell.month());
    }
    std::string after = views::RowKey({cell.dataset(), cell.force_id(), cell.month()});
    after.back() = static_cast<char>(after.back() + 1);
    it = rows.lower_bound(after);
  }
  if (views.submissions != nullptr) AddEmptyMonths(views, prescribed, held);
  return held;
}

}  // namespace

MonthsOfSources HeldMonths(const ReportViews& views) { return MonthsHeld(views, false); }
MonthsOfSources HeldPrescribedMonths(const ReportViews& views) { return MonthsHeld(views, true); }

std::vector<const IncidentCellRow*> CellsOfMonth(const IncidentCells& cells,
                                                 const RecordSource& source,
                                                 std::string_view month) {
  return RowsUnder(cells, views::RowKey({source.dataset, source.force_id, month}));
}

std::uint64_t TypeCounts::Total() const {
  std::uint64_t total = 0;
  for (const auto& [type, count] : of_type) total += count;
  return total;
}

std::uint64_t TypeCounts::TotalWithoutAsb() const {
  return Total() - Of(std::string(kAntiSocialBehaviour));
}

std::uint64_t TypeCounts::Of(const std::string& type) const {
  const auto it = of_type.find(type);
  return it == of_type.end() ? 0 : it->second;
}

PeriodValue TypeCounts::ValueOf(const std::string& type, std::vector<std::string> missing) const {
  PeriodValue value = CountedValue(Of(type), std::move(missing));
  const registry::CrimeType* known = registry::CrimeTypeOf(type);
  if (known == nullptr || !value.missing.empty()) return value;
  if (known->IsInUse(first_month) && known->IsInUse(last_month) &&
      !registry::ChangesBetween(type, first_month, last_month)) {
    return value;
  }
  PeriodValue none;
  none.broken = true;
  return none;
}

bool CategoryChanges(std::string_view type, const TypeCounts& earlier, const TypeCounts& later) {
  return registry::ChangesBetween(type, earlier.first_month, later.last_month);
}

TypeCounts CountTypes(const IncidentCells& cells, const RecordSource& source,
                      const RecordArea& area, const std::vector<std::string>& months) {
  TypeCounts counts;
  if (!months.empty()) {
    counts.first_month = months.front();
    counts.last_month = months.back();
  }
  for (const std::string& month : months) {
    for (const IncidentCellRow* cell : CellsOfMonth(cells, source, month)) {
      if (!area.Has(*cell)) continue;
      counts.of_type[cell->type()] += cell->count();
      counts.back_loaded += cell->back_loaded();
    }
  }
  return counts;
}

}  // namespace daybook::reports
