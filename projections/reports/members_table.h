// Who takes part in a partnership, and since when.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "projections/reports/dates.h"
#include "projections/reports/report_views.h"
#include "projections/reports/tables_answer.h"

namespace daybook::reports {

// One table, by role and name: a row for each spell of membership that has a day in common with
// `within` (empty: all), with its first day and the first day without it where they are known, and
// into whom an organisation went over. UNKNOWN_PARTNERSHIP.
struct MembersRequest {
  std::string partnership_id;
  std::optional<Period> within;
};
absl::StatusOr<TablesAnswer> Members(const ReportViews& views, const MembersRequest& request,
                                     const AnswerContext& context);

}  // namespace daybook::reports
