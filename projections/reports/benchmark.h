// Areas beside each other: rates, places, and how much of a place is more than noise.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "projections/reports/dates.h"
#include "projections/reports/incident_tables.h"
#include "projections/reports/report_views.h"

namespace daybook::reports {

// Two tables: "benchmark", a row a measure and source, has the area's count, rate per 1,000, its
// place among the areas (1 = highest, on unrounded rates), the places that the noise of counts
// leaves open (stats::PlaceRanges) and the areas it cannot be told from; "benchmark-areas" has
// every area's count, denominator and rate.
//
// Compared are the figures of one measure, one source and one extract, counted in exactly the
// period or the sum of its months, by areas of the area's kind or those named. A rate wants a
// denominator of its own area: the newest figure of the measure `per`, counted on a day up to the
// period's end; without one it is [x], and the note says what to send. Another version of a
// definition is [b]; a figure that is not one exact whole number is [x].
//
// MISSING_FIELD, INVALID_FIELD, UNKNOWN_AREA, UNKNOWN_MEASURE.
struct BenchmarkRequest {
  std::string area_id;
  Period period;
  std::vector<std::string> among;  // area ids; empty: every area of the same kind
  std::string measure_id;          // empty: every measure of incidents
  std::string per = "population";  // measure of the denominators
};
absl::StatusOr<TablesAnswer> Benchmark(const ReportViews& views, const BenchmarkRequest& request,
                                       const AnswerContext& context);

}  // namespace daybook::reports
