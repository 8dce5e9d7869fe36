// From parameters to the reports of what agencies sent record by record: incidents, referrals,
// files. For the catalogue only.
#pragma once

#include "absl/status/statusor.h"
#include "projections/reports/rendered_report.h"
#include "projections/reports/report_parameters.h"
#include "projections/reports/report_views.h"

namespace daybook::reports {

// Errors: those of the report, and INVALID_FIELD for a parameter that is malformed.
absl::StatusOr<RenderedReport> RenderReferrals(const Parameters& parameters,
                                               const ReportViews& views,
                                               const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderIncidents(const Parameters& parameters,
                                               const ReportViews& views,
                                               const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderMonths(const Parameters& parameters, const ReportViews& views,
                                            const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderPlaces(const Parameters& parameters, const ReportViews& views,
                                            const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderPrescribed(const Parameters& parameters,
                                                const ReportViews& views,
                                                const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderSubmissions(const Parameters& parameters,
                                                 const ReportViews& views,
                                                 const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderRevisions(const Parameters& parameters,
                                               const ReportViews& views,
                                               const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderChart(const Parameters& parameters, const ReportViews& views,
                                           const AnswerContext& context);

}  // namespace daybook::reports
