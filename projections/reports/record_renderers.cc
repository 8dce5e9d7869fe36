#include "projections/reports/record_renderers.h"

#include <utility>

#include "eventstore/core/error.h"
#include "projections/reports/incident_chart.h"
#include "projections/reports/incident_report.h"
#include "projections/reports/incident_tables.h"
#include "projections/reports/names.h"
#include "projections/reports/prescribed_report.h"
#include "projections/reports/referral_report.h"
#include "projections/reports/report_error.h"
#include "projections/reports/submission_tables.h"
#include "projections/reports/trend_tables.h"
#include "proto/values/civil.h"

namespace daybook::reports {

absl::StatusOr<RenderedReport> RenderReferrals(const Parameters& parameters,
                                               const ReportViews& views,
                                               const AnswerContext& context) {
  v1::GetReferralTrendRequest request;
  request.set_service_id(Parameter(parameters, "service"));
  request.set_area_id(AreaIdOf(*views.names, Parameter(parameters, "area")));
  if (Given(parameters, "within")) {
    DAYBOOK_ASSIGN_OR_RETURN(*request.mutable_within(), PeriodParameter(parameters, "within"));
  }
  DAYBOOK_ASSIGN_OR_RETURN(const v1::GetReferralTrendResponse trend,
                           ReferralTrend(views, request, context));
  return FromTable(ReferralTable(trend), trend.truth());
}

absl::StatusOr<RenderedReport> RenderIncidents(const Parameters& parameters,
                                               const ReportViews& views,
                                               const AnswerContext& context) {
  v1::GetIncidentTrendRequest request;
  request.set_area_id(AreaIdOf(*views.names, Parameter(parameters, "area")));
  DAYBOOK_ASSIGN_OR_RETURN(*request.mutable_period(), PeriodParameter(parameters, "period"));
  DAYBOOK_ASSIGN_OR_RETURN(const v1::GetIncidentTrendResponse trend,
                           IncidentTrend(views, request, context));
  return FromTable(IncidentTable(trend), trend.truth());
}

absl::StatusOr<RenderedReport> RenderMonths(const Parameters& parameters, const ReportViews& views,
                                            const AnswerContext& context) {
  IncidentMonthsRequest request{AreaIdOf(*views.names, Parameter(parameters, "area")),
                                Given(parameters, "from"), Given(parameters, "to"),
                                Parameter(parameters, "by")};
  return FromTables(IncidentMonths(views, request, context));
}

absl::StatusOr<RenderedReport> RenderPlaces(const Parameters& parameters, const ReportViews& views,
                                            const AnswerContext& context) {
  IncidentPlacesRequest request{Parameter(parameters, "force"), Parameter(parameters, "from"),
                                Parameter(parameters, "to")};
  return FromTables(IncidentPlaces(views, request, context));
}

absl::StatusOr<RenderedReport> RenderPrescribed(const Parameters& parameters,
                                                const ReportViews& views,
                                                const AnswerContext& context) {
  DAYBOOK_ASSIGN_OR_RETURN(const Period period, PeriodParameter(parameters, "period"));
  return FromTables(PrescribedInformation(views, period, context));
}

absl::StatusOr<RenderedReport> RenderSubmissions(const Parameters& parameters,
                                                 const ReportViews& views,
                                                 const AnswerContext& context) {
  const SubmissionsRequest request{Parameter(parameters, "sender"),
                                   Parameter(parameters, "dataset"),
                                   Parameter(parameters, "scope")};
  return FromTables(Submissions(views, request, context));
}

absl::StatusOr<RenderedReport> RenderRevisions(const Parameters& parameters,
                                               const ReportViews& views,
                                               const AnswerContext& context) {
  for (const char* name : {"from", "to"}) {
    const auto month = Given(parameters, name);
    if (month && !values::ParseMonth(*month))
      return InvalidParameter(name, "a month such as 2024-04");
  }
  const RevisionsRequest request{Parameter(parameters, "dataset"), Parameter(parameters, "scope"),
                                 Parameter(parameters, "from"), Parameter(parameters, "to")};
  return FromTables(Revisions(views, request, context));
}

absl::StatusOr<RenderedReport> RenderChart(const Parameters& parameters, const ReportViews& views,
                                           const AnswerContext& context) {
  IncidentChartRequest request{AreaIdOf(*views.names, Parameter(parameters, "area")),
                               Parameter(parameters, "type"),
                               Given(parameters, "from"),
                               Given(parameters, "to"),
                               {}};
  DAYBOOK_ASSIGN_OR_RETURN(request.options, ChartParameters(parameters));
  return FromTables(IncidentChart(views, request, context));
}

}  // namespace daybook::reports
