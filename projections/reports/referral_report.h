// Referrals over time: what agencies returned, series by series, and what their records count.
#pragma once

#include "absl/status/statusor.h"
#include "daybook/reports/v1/reports_service.pb.h"
#include "projections/reports/report_views.h"

namespace daybook::reports {

// request.as_of is not looked at: the views and the context are already as of it. INVALID_FIELD
// (within).
//
// * A series is (measure, area, source, extract, basis); sources are never added.
// * A percentage is computed where both parts were given; the printed one stands beside it, from
// the
//   return or from a published document.
// * Change is on the last earlier point of the series that can be compared: means of a month across
//   periods of any length, everything else only between periods of the same kind. Figures "to date"
//   grow by themselves and get none; across a declared break or another definition it is withheld.
// * Records are counted by month; a quarter or year only where every month of it holds a record of
//   that service and agency.
absl::StatusOr<v1::GetReferralTrendResponse> ReferralTrend(
    const ReportViews& views, const v1::GetReferralTrendRequest& request,
    const AnswerContext& context);

}  // namespace daybook::reports
