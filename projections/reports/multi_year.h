// Incidents of an area over several periods of one kind, side by side.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "projections/reports/dates.h"
#include "projections/reports/incident_tables.h"
#include "projections/reports/report_views.h"

namespace daybook::reports {

// Two tables: "multi-year" has the figures, a row for each series (measure, source, extract; of
// records dataset, force and type) and a column for each of `periods` periods that ends with
// `last`; "multi-year-change" has the change of each on the period before and of the last on the
// first, in percent. Series without a figure in any of them are left out. [b] marks the first
// figure after a break, and the changes across one are withheld; [x] is not held, and the months
// that a sum would want are named. MISSING_FIELD, INVALID_FIELD, UNKNOWN_AREA.
struct MultiYearRequest {
  static constexpr int kPeriodsMin = 2;
  static constexpr int kPeriodsMax = 12;
  std::string area_id;
  Period last;
  int periods = 6;
};
absl::StatusOr<TablesAnswer> MultiYear(const ReportViews& views, const MultiYearRequest& request,
                                       const AnswerContext& context);

}  // namespace daybook::reports
