// What changed in a report between two times that it was true: figure by figure, with the facts
// that changed it.
#pragma once

#include "daybook/reports/v1/reports_service.pb.h"

namespace daybook::reports {

// One table "changes": a row for each figure that is another one in `after`, with both, their
// difference where both are numbers, and the positions of the facts that it rests on now and did
// not before. A row or column that only one of them has is there with all its figures, and [x] on
// the side that has none. Rows go by the columns that name them (Column.names_row; of equal names
// the first with the first), tables by name and title; columns that are aside are not compared. The
// answers are of one report and the same parameters.
v1::Table ChangesBetween(const v1::RenderReportResponse& before,
                         const v1::RenderReportResponse& after);

// The rows of the table "submissions" that only `after` has: files received since, whatever the day
// of their extract.
v1::Table SubmissionsSince(const v1::RenderReportResponse& before,
                           const v1::RenderReportResponse& after);

}  // namespace daybook::reports
