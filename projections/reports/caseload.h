// A service's cases from period to period: what is open, what came, what was closed, and the share
// of the wider area.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "projections/reports/dates.h"
#include "projections/reports/incident_tables.h"
#include "projections/reports/report_views.h"

namespace daybook::reports {

// One table: a row for each period, source and extract of which the cases that came (`fresh`) or
// are open are held. Beside them, computed:
//   closed       open in the period before + new - open; of the first period of a plan year from
//   the
//                caseload that it began with, where `active` implies one;
//   new to date  the new ones of the plan year so far; [x] where a period of it is missing;
//   began with   active - new to date: the caseload on 1 April that the returned active cases
//   imply.
// A note says whether every period implies the same, and names those that do not. Shares are of
// parts that were returned. Periods that do not follow on one another are not computed across.
//
// For release active cases are left out: from one period to the next they grow by the new ones, so
// they would give away what is hidden of those.
//
// MISSING_FIELD, UNKNOWN_MEASURE, UNKNOWN_AREA.
struct CaseloadRequest {
  std::string area_id;
  std::string open_id;    // measure: cases open at the end
  std::string fresh_id;   // measure: cases that came in the period
  std::string active_id;  // measure: cases active since 1 April; empty: none
  std::optional<Period> within;
};
absl::StatusOr<TablesAnswer> Caseload(const ReportViews& views, const CaseloadRequest& request,
                                      const AnswerContext& context);

}  // namespace daybook::reports
