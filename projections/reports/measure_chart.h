// Control charts of the figures that agencies return.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "projections/reports/control_chart.h"
#include "projections/reports/incident_tables.h"
#include "projections/reports/report_views.h"

namespace daybook::reports {

// Figures of a measure, a chart for each series (area, source, extract, basis) and kind of period.
// Only periods that follow each other without overlap are charted: months, quarters and years, and
// no figures that grow from return to return; what is left out is counted in a note. Of a share its
// part is charted; a figure that is not one exact number ("about 300") is [x]. A declared break and
// another version of the definition begin a new phase. MISSING_FIELD, UNKNOWN_MEASURE,
// UNKNOWN_AREA.
struct MeasureChartRequest {
  std::string measure_id;
  std::string area_id;    // empty: every area
  std::string source_id;  // empty: every source
  ChartOptions options;
};
absl::StatusOr<TablesAnswer> MeasureChart(const ReportViews& views,
                                          const MeasureChartRequest& request,
                                          const AnswerContext& context);

}  // namespace daybook::reports
