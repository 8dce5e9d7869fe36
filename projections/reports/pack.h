// What belongs into a partnership's pack for a plan year: which reports, with which parameters.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "projections/reports/incident_tables.h"
#include "projections/reports/report_views.h"

namespace daybook::reports {

// One table with a row for each report of the pack: `file` (a name for it, unique in the pack),
// `report`, and `parameters` as "name=value; name=value", which Render takes. Every plan of the
// partnership for that year by quarter and as a whole, who was silent, and for each of its areas
// incidents, control charts, referrals, several years beside each other, the benchmark of the
// assessment year that ended in it, every figure returned, and those printed against them. Says in
// a note when there is no plan for the year. MISSING_FIELD, INVALID_FIELD (year),
// UNKNOWN_PARTNERSHIP.
struct PackRequest {
  std::string partnership_id;
  std::string year;  // "2023-24"
};
absl::StatusOr<TablesAnswer> Pack(const ReportViews& views, const PackRequest& request,
                                  const AnswerContext& context);

}  // namespace daybook::reports
