#include "projections/reports/figure_renderers.h"

#include <utility>

#include "projections/reports/benchmark.h"
#include "projections/reports/breakdown.h"
#include "projections/reports/caseload.h"
#include "projections/reports/divergence.h"
#include "projections/reports/figure_matrix.h"
#include "projections/reports/figure_relation.h"
#include "projections/reports/figures_table.h"
#include "projections/reports/harm_index.h"
#include "projections/reports/measure_chart.h"
#include "projections/reports/multi_year.h"
#include "projections/reports/names.h"
#include "projections/reports/open_questions.h"
#include "projections/reports/published_figures.h"
#include "projections/reports/report_error.h"

namespace daybook::reports {

absl::StatusOr<RenderedReport> RenderBenchmark(const Parameters& parameters,
                                               const ReportViews& views,
                                               const AnswerContext& context) {
  BenchmarkRequest request;
  request.area_id = AreaIdOf(*views.names, Parameter(parameters, "area"));
  request.measure_id = Parameter(parameters, "measure");
  DAYBOOK_ASSIGN_OR_RETURN(request.period, PeriodParameter(parameters, "period"));
  DAYBOOK_ASSIGN_OR_RETURN(const auto among, ListParameter(parameters, "among"));
  for (const std::string& area : among) {
    request.among.push_back(AreaIdOf(*views.names, area));
  }
  if (const auto per = Given(parameters, "per")) request.per = *per;
  return FromTables(Benchmark(views, request, context));
}

absl::StatusOr<RenderedReport> RenderBreakdown(const Parameters& parameters,
                                               const ReportViews& views,
                                               const AnswerContext& context) {
  BreakdownRequest request;
  request.measure_id = Parameter(parameters, "measure");
  request.area_id = AreaIdOf(*views.names, Parameter(parameters, "area"));
  request.rows = Parameter(parameters, "by");
  DAYBOOK_ASSIGN_OR_RETURN(request.columns, ListParameter(parameters, "across"));
  request.source_id = Parameter(parameters, "source");
  DAYBOOK_ASSIGN_OR_RETURN(request.within, GivenPeriod(parameters, "within"));
  return Breakdown(views, request, context);
}

absl::StatusOr<RenderedReport> RenderHarmIndex(const Parameters& parameters,
                                               const ReportViews& views,
                                               const AnswerContext& context) {
  HarmIndexRequest request;
  request.area_id = AreaIdOf(*views.names, Parameter(parameters, "area"));
  DAYBOOK_ASSIGN_OR_RETURN(request.period, PeriodParameter(parameters, "period"));
  request.index_id = Parameter(parameters, "index");
  if (const auto per = Given(parameters, "per")) request.per = *per;
  return FromTables(HarmIndex(views, request, context));
}

absl::StatusOr<RenderedReport> RenderDivergence(const Parameters& parameters,
                                                const ReportViews& views,
                                                const AnswerContext& context) {
  DivergenceRequest request{Parameter(parameters, "a"), Parameter(parameters, "b"),
                            AreaIdOf(*views.names, Parameter(parameters, "area")), std::nullopt};
  DAYBOOK_ASSIGN_OR_RETURN(request.within, GivenPeriod(parameters, "within"));
  return FromTables(Divergence(views, request, context));
}

absl::StatusOr<RenderedReport> RenderCaseload(const Parameters& parameters,
                                              const ReportViews& views,
                                              const AnswerContext& context) {
  CaseloadRequest request{AreaIdOf(*views.names, Parameter(parameters, "area")),
                          Parameter(parameters, "open"), Parameter(parameters, "new"),
                          Parameter(parameters, "active"), std::nullopt};
  DAYBOOK_ASSIGN_OR_RETURN(request.within, GivenPeriod(parameters, "within"));
  return FromTables(Caseload(views, request, context));
}

absl::StatusOr<RenderedReport> RenderFigureRelation(const Parameters& parameters,
                                                    const ReportViews& views,
                                                    const AnswerContext& context) {
  const FigureRelationRequest request{Parameter(parameters, "of"), Parameter(parameters, "per"),
                                      AreaIdOf(*views.names, Parameter(parameters, "area")),
                                      Parameter(parameters, "plan")};
  return FromTables(FigureRelation(views, request, context));
}

absl::StatusOr<RenderedReport> RenderMeasureChart(const Parameters& parameters,
                                                  const ReportViews& views,
                                                  const AnswerContext& context) {
  MeasureChartRequest request{Parameter(parameters, "measure"),
                              AreaIdOf(*views.names, Parameter(parameters, "area")),
                              Parameter(parameters, "source"),
                              {}};
  DAYBOOK_ASSIGN_OR_RETURN(request.options, ChartParameters(parameters));
  return FromTables(MeasureChart(views, request, context));
}

absl::StatusOr<RenderedReport> RenderFigureMatrix(const Parameters& parameters,
                                                  const ReportViews& views,
                                                  const AnswerContext& context) {
  FigureMatrixRequest request;
  DAYBOOK_ASSIGN_OR_RETURN(request.measure_ids, ListParameter(parameters, "measures"));
  request.area_id = AreaIdOf(*views.names, Parameter(parameters, "area"));
  request.share_id = Parameter(parameters, "share");
  const std::string changes = Parameter(parameters, "changes");
  if (!changes.empty() && changes != "yes" && changes != "no") {
    return InvalidParameter("changes", "yes or no");
  }
  request.changes = changes == "yes";
  DAYBOOK_ASSIGN_OR_RETURN(request.within, GivenPeriod(parameters, "within"));
  return FromTables(FigureMatrix(views, request, context));
}

absl::StatusOr<RenderedReport> RenderFigures(const Parameters& parameters, const ReportViews& views,
                                             const AnswerContext& context) {
  FiguresRequest request{Parameter(parameters, "measure"),
                         AreaIdOf(*views.names, Parameter(parameters, "area")),
                         Parameter(parameters, "source"), std::nullopt};
  DAYBOOK_ASSIGN_OR_RETURN(request.within, GivenPeriod(parameters, "within"));
  return FromTables(Figures(views, request, context));
}

absl::StatusOr<RenderedReport> RenderMultiYear(const Parameters& parameters,
                                               const ReportViews& views,
                                               const AnswerContext& context) {
  MultiYearRequest request;
  request.area_id = AreaIdOf(*views.names, Parameter(parameters, "area"));
  DAYBOOK_ASSIGN_OR_RETURN(request.last, PeriodParameter(parameters, "period"));
  DAYBOOK_ASSIGN_OR_RETURN(request.periods,
                           NumberParameter(parameters, "periods", request.periods));
  return FromTables(MultiYear(views, request, context));
}

absl::StatusOr<RenderedReport> RenderOpenQuestions(const Parameters& parameters,
                                                   const ReportViews& views,
                                                   const AnswerContext& context) {
  return FromTables(OpenQuestions(
      views,
      {AreaIdOf(*views.names, Parameter(parameters, "area")), Parameter(parameters, "source")},
      context));
}

absl::StatusOr<RenderedReport> RenderPublishedFigures(const Parameters& parameters,
                                                      const ReportViews& views,
                                                      const AnswerContext& context) {
  PublishedFiguresRequest request{
      Parameter(parameters, "document"), Parameter(parameters, "measure"),
      AreaIdOf(*views.names, Parameter(parameters, "area")), std::nullopt};
  if (Given(parameters, "ref")) {
    DAYBOOK_ASSIGN_OR_RETURN(request.ref, PositionParameter(parameters, "ref"));
  }
  return FromTables(PublishedFigures(views, request, context));
}

}  // namespace daybook::reports
