// Several measures of an area beside each other, period by period, with their totals.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "projections/reports/dates.h"
#include "projections/reports/report_views.h"
#include "projections/reports/tables_answer.h"

namespace daybook::reports {

// One table: a row for each period, source, extract and basis of which any of the measures has a
// figure, a column for each measure in the order asked for, their total, and with `share` that
// measure as a percentage of the total. A last row adds the periods up, for figures counted in
// periods that do not overlap.
//
// A total is there only where it means something: the measures have one unit and none overlaps
// others (flags such as domestic abuse), else it is [z] and a note says why; and every figure is
// one exact number of what was done, else it is [x]. Periods are not added across a break or
// another definition, and a note says so.
//
// With `changes`, a second table has a row for each period that follows on the one before: each
// figure less the one before, [b] across a break or another definition, [x] where one of the two is
// missing.
//
// MISSING_FIELD, INVALID_FIELD (too many measures, or one twice), UNKNOWN_MEASURE, UNKNOWN_AREA.
struct FigureMatrixRequest {
  static constexpr std::size_t kMeasuresMax = 24;
  std::vector<std::string> measure_ids;
  std::string area_id;
  std::optional<Period> within;
  std::string share_id;  // a measure, beside those of the total; empty: none
  bool changes = false;  // a second table: each figure less that of the period before
};
absl::StatusOr<TablesAnswer> FigureMatrix(const ReportViews& views,
                                          const FigureMatrixRequest& request,
                                          const AnswerContext& context);

}  // namespace daybook::reports
