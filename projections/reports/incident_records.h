// Incidents counted from records: which months of a force are held, and the counts of an area.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daybook/views/v1/rows.pb.h"
#include "projections/reports/period_value.h"
#include "projections/reports/report_views.h"
#include "projections/views/incident_trend_view.h"
#include "projections/views/register_view.h"
#include "proto/registry/crime_types.h"

namespace daybook::reports {

using registry::kAntiSocialBehaviour;

// One source of records. Sources are never added.
struct RecordSource {
  std::string dataset;
  std::string force_id;
  friend auto operator<=>(const RecordSource&, const RecordSource&) = default;
};

// Which records an area has.
struct RecordArea {
  // Districts as files name them; a record without a place belongs to none.
  std::set<std::string> districts;
  // For an area of kind "force": that force's records, wherever they happened.
  std::optional<std::string> whole_force;

  bool Has(const views::v1::IncidentCellRow& cell) const {
    return whole_force ? cell.force_id() == *whole_force : districts.contains(cell.district());
  }
};

RecordArea RecordAreaOf(const views::RegisterView& names, std::string_view area_id);

// Months of each source of crimes that hold any record, or of which a file said that there was
// none: such a month is complete as far as anybody knows, every other one is missing, and missing
// is never zero.
using MonthsOfSources = std::map<RecordSource, std::set<std::string>>;
MonthsOfSources HeldMonths(const ReportViews& views);
// The same of the sources of prescribed information, whose records are no crimes of others.
MonthsOfSources HeldPrescribedMonths(const ReportViews& views);

// The records of one source in one month, read as one run of keys. `cells`: those of the view by
// type, by sub-group or by flag.
using IncidentCells = views::IncidentTrendView::Cells;
std::vector<const views::v1::IncidentCellRow*> CellsOfMonth(const IncidentCells& cells,
                                                            const RecordSource& source,
                                                            std::string_view month);

// Counts by type.
struct TypeCounts {
  std::map<std::string, std::uint64_t> of_type;
  std::uint64_t back_loaded = 0;
  std::string first_month;  // of the months counted; empty where there is none
  std::string last_month;

  std::uint64_t Total() const;
  std::uint64_t TotalWithoutAsb() const;
  std::uint64_t Of(const std::string& type) const;
  // As a value of the period: no figure where months are missing, broken where the categories
  // changed within it so that the type was not in use or counted something else.
  PeriodValue ValueOf(const std::string& type, std::vector<std::string> missing) const;
};

// Whether a change of a type from the months of `earlier` to those of `later` makes no sense: its
// category began, ended or was redefined between them.
bool CategoryChanges(std::string_view type, const TypeCounts& earlier, const TypeCounts& later);

// Of an area over the months, added; months that are not held add nothing (ask HeldMonths first).
TypeCounts CountTypes(const IncidentCells& cells, const RecordSource& source,
                      const RecordArea& area, const std::vector<std::string>& months);
inline TypeCounts CountTypes(const views::IncidentTrendView& view, const RecordSource& source,
                             const RecordArea& area, const std::vector<std::string>& months) {
  return CountTypes(view.cells(), source, area, months);
}

}  // namespace daybook::reports
