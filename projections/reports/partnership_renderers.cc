#include "projections/reports/partnership_renderers.h"

#include <optional>
#include <utility>

#include "eventstore/core/error.h"
#include "projections/reports/activity_tables.h"
#include "projections/reports/dates.h"
#include "projections/reports/enforcement_tables.h"
#include "projections/reports/members_table.h"
#include "projections/reports/names.h"
#include "projections/reports/pack.h"
#include "projections/reports/plan_links.h"
#include "projections/reports/plan_report.h"
#include "projections/reports/plan_tables.h"
#include "projections/reports/quarter_return.h"
#include "projections/reports/register_lists.h"
#include "projections/reports/released_reports.h"
#include "projections/reports/report_error.h"
#include "projections/reports/scrutiny_tables.h"
#include "projections/reports/submission_calendar.h"
#include "proto/values/civil.h"

namespace daybook::reports {

namespace {

absl::StatusOr<PlanAnswer> AskPlan(const Parameters& parameters, const ReportViews& views,
                                   const AnswerContext& context) {
  v1::GetPlanPerformanceRequest request;
  request.set_plan_id(Parameter(parameters, "plan"));
  DAYBOOK_ASSIGN_OR_RETURN(*request.mutable_period(), PlanPeriodParameter(parameters, "period"));
  return PlanPerformance(views, request, context);
}

}  // namespace

absl::StatusOr<RenderedReport> RenderPlan(const Parameters& parameters, const ReportViews& views,
                                          const AnswerContext& context) {
  DAYBOOK_ASSIGN_OR_RETURN(const PlanAnswer answer, AskPlan(parameters, views, context));
  PlanTables made = TablesOfPlan(answer);
  RenderedReport rendered;
  for (v1::Table& table : made.tables) *rendered.response.add_tables() = std::move(table);
  *rendered.response.mutable_truth() = answer.response.truth();
  rendered.texts = std::move(made.texts);
  return rendered;
}

absl::StatusOr<RenderedReport> RenderSilence(const Parameters& parameters, const ReportViews& views,
                                             const AnswerContext& context) {
  DAYBOOK_ASSIGN_OR_RETURN(const PlanAnswer answer, AskPlan(parameters, views, context));
  return FromTable(SilenceTable(answer), answer.response.truth());
}

absl::StatusOr<RenderedReport> RenderPack(const Parameters& parameters, const ReportViews& views,
                                          const AnswerContext& context) {
  return FromTables(
      Pack(views, {Parameter(parameters, "csp"), Parameter(parameters, "year")}, context));
}

absl::StatusOr<RenderedReport> RenderActivities(const Parameters& parameters,
                                                const ReportViews& views,
                                                const AnswerContext& context) {
  ActivitiesRequest request{Parameter(parameters, "csp"), std::nullopt,
                            Parameter(parameters, "kind")};
  DAYBOOK_ASSIGN_OR_RETURN(request.within, GivenPeriod(parameters, "within"));
  return FromTables(Activities(views, request, context));
}

absl::StatusOr<RenderedReport> RenderMembers(const Parameters& parameters, const ReportViews& views,
                                             const AnswerContext& context) {
  MembersRequest request{Parameter(parameters, "csp"), std::nullopt};
  DAYBOOK_ASSIGN_OR_RETURN(request.within, GivenPeriod(parameters, "within"));
  return FromTables(Members(views, request, context));
}

absl::StatusOr<RenderedReport> RenderRegister(const Parameters& parameters,
                                              const ReportViews& views,
                                              const AnswerContext& context) {
  return FromTables(RegisterList(views, Parameter(parameters, "of"), context));
}

absl::StatusOr<RenderedReport> RenderReleasedReports(const Parameters& parameters,
                                                     const ReportViews& views,
                                                     const AnswerContext& context) {
  return FromTables(ReleasedReports(views, Parameter(parameters, "document"), context));
}

absl::StatusOr<RenderedReport> RenderChecklist(const Parameters& parameters,
                                               const ReportViews& views,
                                               const AnswerContext& context) {
  return FromTables(AssessmentChecklist(views, {Parameter(parameters, "csp")}, context));
}

absl::StatusOr<RenderedReport> RenderRiskMovement(const Parameters& parameters,
                                                  const ReportViews& views,
                                                  const AnswerContext& context) {
  return FromTables(RiskMovement(views, {Parameter(parameters, "csp")}, context));
}

absl::StatusOr<RenderedReport> RenderTracker(const Parameters& parameters, const ReportViews& views,
                                             const AnswerContext& context) {
  return FromTables(ScrutinyTracker(views, {Parameter(parameters, "csp")}, context));
}

absl::StatusOr<RenderedReport> RenderOrders(const Parameters& parameters, const ReportViews& views,
                                            const AnswerContext& context) {
  return FromTables(OrderRegister(views, Parameter(parameters, "csp"), context));
}

absl::StatusOr<RenderedReport> RenderEnforcement(const Parameters& parameters,
                                                 const ReportViews& views,
                                                 const AnswerContext& context) {
  const auto since = values::ParseDay(Parameter(parameters, "since"));
  if (!since) return InvalidParameter("since", "a day YYYY-MM-DD");
  return FromTables(EnforcementSince(views, Parameter(parameters, "csp"), *since, context));
}

absl::StatusOr<RenderedReport> RenderLadder(const Parameters& parameters, const ReportViews& views,
                                            const AnswerContext& context) {
  for (const char* name : {"from", "to"}) {
    if (const auto month = Given(parameters, name); month && !IsMonth(*month)) {
      return InvalidParameter(name, "a month YYYY-MM");
    }
  }
  return FromTables(InjunctionLadder(
      views,
      {Parameter(parameters, "order"), Parameter(parameters, "from"), Parameter(parameters, "to")},
      context));
}

absl::StatusOr<RenderedReport> RenderLineage(const Parameters& parameters, const ReportViews& views,
                                             const AnswerContext& context) {
  return FromTables(PriorityLineage(views, Parameter(parameters, "csp"), context));
}

absl::StatusOr<RenderedReport> RenderCoverage(const Parameters& parameters,
                                              const ReportViews& views,
                                              const AnswerContext& context) {
  return FromTables(CoverageMatrix(views, Parameter(parameters, "plan"), context));
}

absl::StatusOr<RenderedReport> RenderFunding(const Parameters& parameters, const ReportViews& views,
                                             const AnswerContext& context) {
  LedgerRequest request{Parameter(parameters, "csp"), std::nullopt};
  if (Given(parameters, "year")) {
    DAYBOOK_ASSIGN_OR_RETURN(request.year, PlanPeriodParameter(parameters, "year"));
  }
  return FromTables(FundingLedger(views, request, context));
}

absl::StatusOr<RenderedReport> RenderQuarterReturn(const Parameters& parameters,
                                                   const ReportViews& views,
                                                   const AnswerContext& context) {
  ReturnRequest request;
  request.plan_id = Parameter(parameters, "plan");
  DAYBOOK_ASSIGN_OR_RETURN(request.period, PlanPeriodParameter(parameters, "period"));
  request.lead = Parameter(parameters, "lead");
  return QuarterReturn(views, request, context);
}

absl::StatusOr<RenderedReport> RenderCalendar(const Parameters& parameters,
                                              const ReportViews& views,
                                              const AnswerContext& context) {
  CalendarRequest request;
  DAYBOOK_ASSIGN_OR_RETURN(request.period, PlanPeriodParameter(parameters, "period"));
  if (const auto source = Given(parameters, "source")) {
    const auto* sender = FindOrganisation(*views.names, *source);
    if (sender == nullptr) return NotFound("source", "organisation", "UNKNOWN_ORGANISATION");
    request.source_id = sender->organisation_id();
  }
  return FromTables(SubmissionCalendar(views, request, context));
}

absl::StatusOr<RenderedReport> RenderReminders(const Parameters& parameters,
                                               const ReportViews& views,
                                               const AnswerContext& context) {
  ReminderRequest request;
  request.plan_id = Parameter(parameters, "plan");
  DAYBOOK_ASSIGN_OR_RETURN(request.period, PlanPeriodParameter(parameters, "period"));
  request.due_date = Parameter(parameters, "due");
  if (!request.due_date.empty() && !values::ParseDay(request.due_date)) {
    return InvalidParameter("due", "a day YYYY-MM-DD");
  }
  return Reminders(views, request, context);
}

}  // namespace daybook::reports
