// The figures of one measure broken down by its dimensions, with their totals.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "projections/reports/dates.h"
#include "projections/reports/rendered_report.h"
#include "projections/reports/report_views.h"

namespace daybook::reports {

// One table: for each period, source, extract and basis of which figures are held a row for each
// category of `rows` and one for all of them, a column for each combination of the categories of
// `columns` and one for all of them. A figure that was returned is shown as it was; one that was
// not is the sum of its parts where those are all held, exact, and leave nothing out, else [x]. A
// total that is not the sum of its parts is shown as returned, and a note says so. What the
// categories leave out is said in a note as well.
//
// It can be released: what is needed for that is added for each period (release.h).
//
// MISSING_FIELD, INVALID_FIELD (a dimension twice, too many combinations), UNKNOWN_MEASURE,
// UNKNOWN_AREA, UNKNOWN_DIMENSION (not one of the measure's).
struct BreakdownRequest {
  static constexpr std::size_t kColumnsMax = 60;
  std::string measure_id;
  std::string area_id;
  std::string rows;                  // dimension; empty: the measure's first
  std::vector<std::string> columns;  // dimensions; empty: only the total
  std::optional<Period> within;
  std::string source_id;  // empty: all
};
absl::StatusOr<RenderedReport> Breakdown(const ReportViews& views, const BreakdownRequest& request,
                                         const AnswerContext& context);

}  // namespace daybook::reports
