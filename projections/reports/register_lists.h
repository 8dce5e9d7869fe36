// What is registered, as lists to choose from: the ids and names that files and reports take.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "projections/reports/report_views.h"
#include "projections/reports/tables_answer.h"

namespace daybook::reports {

// One table, by id. `of`: areas, crime-types, dimensions, measures, partners, partnerships, plans
// or services. INVALID_FIELD for anything else.
absl::StatusOr<TablesAnswer> RegisterList(const ReportViews& views, const std::string& of,
                                          const AnswerContext& context);

}  // namespace daybook::reports
