// The officer's quarter: who is asked for what, and a return for each of them that can be filled in
// and sent back as it is.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "projections/reports/dates.h"
#include "projections/reports/rendered_report.h"
#include "projections/reports/report_views.h"

namespace daybook::reports {

struct ReturnRequest {
  std::string plan_id;
  Period period;     // a quarter of the plan's year, or the year
  std::string lead;  // organisation: id, name or alias
};

// A table whose columns are those of the dataset "updates", with a row for each action whose update
// for the period is due from the lead and not in, and one for each target of it: filled are plan,
// action, period and organisation and, as asked_measure and asked_unit, what a figure in the row
// would measure; everything that is to be written is empty. Columns that begin with "info: " are
// for the reader: label, priority, target, and what was last reported, with its text. Nothing of
// them is read back. An action that is completed or cancelled, or left to a partner, is not asked
// for. Errors: UNKNOWN_PLAN, UNKNOWN_ORGANISATION, INVALID_FIELD (period).
absl::StatusOr<RenderedReport> QuarterReturn(const ReportViews& views, const ReturnRequest& request,
                                             const AnswerContext& context);

struct ReminderRequest {
  std::string plan_id;
  Period period;
  std::string due_date;  // ISO 8601; empty: the text names no day
};

// A row for each lead from whom updates for the period are due and not in, with their number, and a
// text that can be sent as it is: which actions are meant, since when, and how to fill in the
// return. Leads of whom nothing is due are not listed. Errors as QuarterReturn.
absl::StatusOr<RenderedReport> Reminders(const ReportViews& views, const ReminderRequest& request,
                                         const AnswerContext& context);

}  // namespace daybook::reports
