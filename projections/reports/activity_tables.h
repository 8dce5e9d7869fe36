// What partners did together in a time, and what it reached.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "projections/reports/dates.h"
#include "projections/reports/report_views.h"
#include "projections/reports/tables_answer.h"

namespace daybook::reports {

// Two tables: "activities", one row each, by kind and beginning; "reach", a row for each activity
// and thing counted in each period, as it was reported, and below for each kind and thing the sum
// where there are several and all are exact. An activity belongs to the period with which it has a
// day in common (empty: all). UNKNOWN_PARTNERSHIP, UNKNOWN_VALUE (kind).
struct ActivitiesRequest {
  std::string partnership_id;
  std::optional<Period> within;
  std::string kind;  // "operation", …; empty: all
};
absl::StatusOr<TablesAnswer> Activities(const ReportViews& views, const ActivitiesRequest& request,
                                        const AnswerContext& context);

}  // namespace daybook::reports
