// From parameters to the reports of what a partnership plans, decides, enforces and asks for. For
// the catalogue only.
#pragma once

#include "absl/status/statusor.h"
#include "projections/reports/rendered_report.h"
#include "projections/reports/report_parameters.h"
#include "projections/reports/report_views.h"

namespace daybook::reports {

absl::StatusOr<RenderedReport> RenderPlan(const Parameters& parameters, const ReportViews& views,
                                          const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderSilence(const Parameters& parameters, const ReportViews& views,
                                             const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderPack(const Parameters& parameters, const ReportViews& views,
                                          const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderActivities(const Parameters& parameters,
                                                const ReportViews& views,
                                                const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderMembers(const Parameters& parameters, const ReportViews& views,
                                             const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderRegister(const Parameters& parameters,
                                              const ReportViews& views,
                                              const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderReleasedReports(const Parameters& parameters,
                                                     const ReportViews& views,
                                                     const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderChecklist(const Parameters& parameters,
                                               const ReportViews& views,
                                               const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderRiskMovement(const Parameters& parameters,
                                                  const ReportViews& views,
                                                  const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderTracker(const Parameters& parameters, const ReportViews& views,
                                             const AnswerContext& context);
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
