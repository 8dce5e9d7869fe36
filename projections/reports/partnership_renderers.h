// From parameters to the reports of what a partnership decided and enforces: orders, money,
// headings, projects. For the catalogue only.
#pragma once

#include "absl/status/statusor.h"
#include "projections/reports/rendered_report.h"
#include "projections/reports/report_parameters.h"
#include "projections/reports/report_views.h"

namespace daybook::reports {

absl::StatusOr<RenderedReport> RenderOrders(const Parameters& parameters, const ReportViews& views,
                                            const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderEnforcement(const Parameters& parameters,
                                                 const ReportViews& views,
                                                 const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderLadder(const Parameters& parameters, const ReportViews& views,
                                            const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderLineage(const Parameters& parameters, const ReportViews& views,
                                             const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderCoverage(const Parameters& parameters,
                                              const ReportViews& views,
                                              const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderFunding(const Parameters& parameters, const ReportViews& views,
                                             const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderQuarterReturn(const Parameters& parameters,
                                                   const ReportViews& views,
                                                   const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderCalendar(const Parameters& parameters,
                                              const ReportViews& views,
                                              const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderReminders(const Parameters& parameters,
                                               const ReportViews& views,
                                               const AnswerContext& context);

}  // namespace daybook::reports
