// What is due from whom for a period, what is in, and after how many days.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "projections/reports/dates.h"
#include "projections/reports/report_views.h"
#include "projections/reports/tables_answer.h"

namespace daybook::reports {

struct CalendarRequest {
  Period period;          // of whole months
  std::string source_id;  // empty: everybody
};

// Two tables. Returns: a row for each series of figures (sender, measure, area, length of its
// periods) that had a figure in the twelve months before the period: how many figures the period
// should have, how many are held, when the last of them was known, how many days after the end of
// its own period, and how many days that took before (the median of the last eight); and "in", "2
// of 3", "missing", or "not over yet". A series that never came is nobody's debt and is not listed;
// nor are series of single dates and of periods longer than the one asked for. Updates: a row for
// each plan and lead from whom updates of the period are due, with how many are in; left out where
// there are none. Errors:
// INVALID_FIELD (period).
absl::StatusOr<TablesAnswer> SubmissionCalendar(const ReportViews& views,
                                                const CalendarRequest& request,
                                                const AnswerContext& context);

}  // namespace daybook::reports
