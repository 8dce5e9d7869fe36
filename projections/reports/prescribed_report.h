// Prescribed information (SI 2007/1831) of a quarter: what each holder shared, what is missing, and
// by when it is due.
#pragma once

#include "absl/status/statusor.h"
#include "projections/reports/dates.h"
#include "projections/reports/report_views.h"
#include "projections/reports/tables_answer.h"

namespace daybook::reports {

// Two tables. Items: a row for each item of each organisation that ever shared its dataset, with
// the counts of the three months, their total, the due day and the state ("in", "1 of 3 months",
// "missing", "overdue", "not over yet"); of a dataset that nobody shared one row. A month of which
// the organisation shared nothing of the dataset is [x] and no zero. Places: the counts of the
// quarter by item and place. INVALID_FIELD (period: not a quarter).
absl::StatusOr<TablesAnswer> PrescribedInformation(const ReportViews& views, const Period& period,
                                                   const AnswerContext& context);

}  // namespace daybook::reports
