// Every figure that agencies returned and documents printed, one by one.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "projections/reports/dates.h"
#include "projections/reports/incident_tables.h"
#include "projections/reports/report_views.h"

namespace daybook::reports {

// Two tables: "figures", a row a figure as returned - its words, its parts and their percentage,
// its basis and stage, its caveats, the day it was known on, how many figures it replaced; and
// "figures-published", a row a figure as a document printed it. By measure, area, source, extract
// and period. At most kRowsMax rows each; what is left out is counted in a note.
//
// UNKNOWN_MEASURE, UNKNOWN_AREA, UNKNOWN_ORGANISATION.
struct FiguresRequest {
  static constexpr int kRowsMax = 5000;
  std::string measure_id;  // empty: every measure
  std::string area_id;     // empty: every area
  std::string source_id;   // empty: every source; documents have none and are not limited by it
  std::optional<Period> within;
};
absl::StatusOr<TablesAnswer> Figures(const ReportViews& views, const FiguresRequest& request,
                                     const AnswerContext& context);

}  // namespace daybook::reports
