// One figure by another: so many children a case, so many of 74, what a percentage is of.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "projections/reports/dates.h"
#include "projections/reports/incident_tables.h"
#include "projections/reports/report_views.h"

namespace daybook::reports {

// One table: a row for each period and source that returned both figures - as observations of the
// measures, or as measurements of one update of a plan's action - with what follows from the two:
//   both numbers            of / per (2 decimals); where they count the same thing (have one unit)
//                           also of - per, and of as a percentage of per, else those are [z];
//   of printed percentages  the part that it is of the number beside it;
//   per printed percentage  the whole of which the number would be that part (smallest to largest
//   by
//                           how the percentage was rounded).
// What was "about" or "more than" stays so: then the result is marked [e]. Nothing is computed from
// a whole of 0.
//
// UNKNOWN_MEASURE where nobody ever returned a figure of that name, UNKNOWN_AREA.
struct FigureRelationRequest {
  std::string of;
  std::string per;
  std::string area_id;  // of observations; empty: all
  std::string plan_id;  // of updates; empty: all
};
absl::StatusOr<TablesAnswer> FigureRelation(const ReportViews& views,
                                            const FigureRelationRequest& request,
                                            const AnswerContext& context);

}  // namespace daybook::reports
