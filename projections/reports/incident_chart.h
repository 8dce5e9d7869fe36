// Control charts of incident records.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "projections/reports/control_chart.h"
#include "projections/reports/incident_tables.h"
#include "projections/reports/report_views.h"

namespace daybook::reports {

// Incidents of an area, a chart for each (dataset, force), over the months `from`..`to` (default:
// all that are held). `type` is a crime type, "all" or "all-excl-asb". A declared break of a
// measure that counts just that type begins a new phase. MISSING_FIELD, INVALID_FIELD,
// UNKNOWN_AREA.
struct IncidentChartRequest {
  std::string area_id;
  std::string type;
  std::optional<std::string> from;
  std::optional<std::string> to;
  ChartOptions options;
};
absl::StatusOr<TablesAnswer> IncidentChart(const ReportViews& views,
                                           const IncidentChartRequest& request,
                                           const AnswerContext& context);

}  // namespace daybook::reports
