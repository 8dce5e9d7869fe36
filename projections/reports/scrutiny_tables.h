// What committees asked and were answered; what of an assessment is there; how risks moved.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "projections/reports/report_views.h"
#include "projections/reports/tables_answer.h"

namespace daybook::reports {

// Errors of all: UNKNOWN_PARTNERSHIP. An empty partnership: all of them.
struct ScrutinyRequest {
  std::string partnership_id;
};

// A row for each resolution and recommendation, by day: what became of it, where, and after how
// many days; of one that is open how many days it has been, and whether it is overdue today.
absl::StatusOr<TablesAnswer> ScrutinyTracker(const ReportViews& views,
                                             const ScrutinyRequest& request,
                                             const AnswerContext& context);

// A row for each of the six contents of each assessment, the latest assessment first: who delivered
// it when, or that none is held; and whether the assessment is approved.
absl::StatusOr<TablesAnswer> AssessmentChecklist(const ReportViews& views,
                                                 const ScrutinyRequest& request,
                                                 const AnswerContext& context);

// A row for each risk, a column for its place in each assessment in the order of their years, and
// how it moved from the last but one to the last: how many places up or down, "same", "new" where
// the earlier one did not rank it, "not ranked" where the last does not. Which risks share a place,
// and whether the places follow on densely (1, 2, 2, 3) or count those before (1, 2, 2, 4), is said
// in notes. MISSING_FIELD without a partnership.
absl::StatusOr<TablesAnswer> RiskMovement(const ReportViews& views, const ScrutinyRequest& request,
                                          const AnswerContext& context);

}  // namespace daybook::reports
