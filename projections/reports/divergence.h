// Two series that should tell the same story side by side: what agencies count differently.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "projections/reports/dates.h"
#include "projections/reports/report_views.h"
#include "projections/reports/tables_answer.h"

namespace daybook::reports {

struct DivergenceRequest {
  std::string measure_a;
  std::string measure_b;
  std::string area_id;
  std::optional<Period> within;
};

// For each two series of the measures in the area, a row for each period that both have a figure
// of: both figures, each as an index (its first figure = 100, to one decimal, half up), and the gap
// between the indices in points. Across a break of either the indices begin anew at 100 in the
// period after it, marked [b]: what the change of definition did is not a divergence. Notes name
// what is declared of the two that can account for a gap: other units, other senders, breaks with
// their causes, several definitions. What share each has is not known to anybody and is not said.
// Errors: MISSING_FIELD, UNKNOWN_MEASURE, UNKNOWN_AREA.
absl::StatusOr<TablesAnswer> Divergence(const ReportViews& views, const DivergenceRequest& request,
                                        const AnswerContext& context);

}  // namespace daybook::reports
