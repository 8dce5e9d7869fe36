// The reports on figures that agencies return, asked for by parameters.
#pragma once

#include "absl/status/statusor.h"
#include "projections/reports/rendered_report.h"
#include "projections/reports/report_parameters.h"
#include "projections/reports/report_views.h"

namespace daybook::reports {

// "benchmark", "breakdown", "caseload", "control-chart", "divergence", "figure-matrix",
// "figure-relation", "figures", "multi-year", "open-questions", "published-figures". Errors: those
// of the report, and INVALID_FIELD for a parameter that is malformed.
absl::StatusOr<RenderedReport> RenderBenchmark(const Parameters& parameters,
                                               const ReportViews& views,
                                               const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderBreakdown(const Parameters& parameters,
                                               const ReportViews& views,
                                               const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderCaseload(const Parameters& parameters,
                                              const ReportViews& views,
                                              const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderHarmIndex(const Parameters& parameters,
                                               const ReportViews& views,
                                               const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderDivergence(const Parameters& parameters,
                                                const ReportViews& views,
                                                const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderFigureRelation(const Parameters& parameters,
                                                    const ReportViews& views,
                                                    const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderMeasureChart(const Parameters& parameters,
                                                  const ReportViews& views,
                                                  const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderFigureMatrix(const Parameters& parameters,
                                                  const ReportViews& views,
                                                  const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderFigures(const Parameters& parameters, const ReportViews& views,
                                             const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderMultiYear(const Parameters& parameters,
                                               const ReportViews& views,
                                               const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderOpenQuestions(const Parameters& parameters,
                                                   const ReportViews& views,
                                                   const AnswerContext& context);
absl::StatusOr<RenderedReport> RenderPublishedFigures(const Parameters& parameters,
                                                      const ReportViews& views,
                                                      const AnswerContext& context);

}  // namespace daybook::reports
