// Incidents weighed by the harm that they do: a count times what one weighs, over the types of an
// area.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "projections/reports/dates.h"
#include "projections/reports/report_views.h"
#include "projections/reports/tables_answer.h"

namespace daybook::reports {

// One table: for each source and extract that holds the period a row for each measure that the
// index weighs, with count, weight, their product ("harm"), its share of all harm, and the harm of
// the period before; then the total, with harm for each 1,000 of the denominator where one is held.
//
// A weight holds from its first day on; that of the period's first day counts. Counts are returned
// figures, or records of the crime type that a measure counts. Measures that overlap others are
// shown and never added. The total is [x] where a measure that is weighed has no exact count, and
// the note names it; what is held and not weighed is named, too. Weights: see `daybook import` of
// harm-weights; the index says which source they are of.
//
// MISSING_FIELD, INVALID_FIELD, UNKNOWN_AREA, UNKNOWN_INDEX (NOT_FOUND).
struct HarmIndexRequest {
  std::string area_id;
  Period period;
  std::string index_id;
  std::string per = "population";  // measure of the denominator
};
absl::StatusOr<TablesAnswer> HarmIndex(const ReportViews& views, const HarmIndexRequest& request,
                                       const AnswerContext& context);

}  // namespace daybook::reports
