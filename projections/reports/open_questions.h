// Figures about which something was asked when they came, and that were not sent again with a
// reason since.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "projections/reports/incident_tables.h"
#include "projections/reports/report_views.h"

namespace daybook::reports {

// One table: a row for each question. UNKNOWN_AREA, UNKNOWN_ORGANISATION.
struct OpenQuestionsRequest {
  std::string area_id;    // empty: all
  std::string source_id;  // empty: all
};
absl::StatusOr<TablesAnswer> OpenQuestions(const ReportViews& views,
                                           const OpenQuestionsRequest& request,
                                           const AnswerContext& context);

}  // namespace daybook::reports
