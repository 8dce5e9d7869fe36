// Incidents of an area in one period against the period before, by measure and series.
#pragma once

#include "absl/status/statusor.h"
#include "daybook/reports/v1/reports_service.pb.h"
#include "projections/reports/report_views.h"

namespace daybook::reports {

// request.as_of is not looked at: the views and the context are already as of it. MISSING_FIELD,
// INVALID_FIELD (period), UNKNOWN_AREA.
//
// * A row of origin "return" is one series (measure, area, source, extract): the figure of exactly
// the
//   period, or the sum of its monthly figures where every month is held.
// * A row of origin "records" counts the records of one dataset and force by crime type, only where
//   every month is held; a month is held when it has any record of that dataset and force.
//   `extract` is then the dataset.
// * A row of origin "published" is a figure that a document printed on a measure without a return.
// * What is missing stays empty; nothing is filled with zeros, sources are never added, and a
// change
//   across a declared break or another version of the definition is withheld.
absl::StatusOr<v1::GetIncidentTrendResponse> IncidentTrend(
    const ReportViews& views, const v1::GetIncidentTrendRequest& request,
    const AnswerContext& context);

}  // namespace daybook::reports
