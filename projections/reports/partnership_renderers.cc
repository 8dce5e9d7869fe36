#include "projections/reports/partnership_renderers.h"

#include <optional>
#include <utility>

#include "eventstore/core/error.h"
#include "projections/reports/dates.h"
#include "projections/reports/enforcement_tables.h"
#include "projections/reports/plan_links.h"
#include "projections/reports/quarter_return.h"
#include "projections/reports/report_error.h"
#include "projections/reports/submission_calendar.h"
#include "proto/values/civil.h"

namespace daybook::reports {

absl::StatusOr<RenderedReport> RenderOrders(const Parameters& parameters, const ReportViews& views,
                                            const AnswerContext& context) {
  DAYBOOK_ASSIGN_OR_RETURN(TablesAnswer answer,
                           OrderRegister(views, Parameter(parameters, "csp"), context));
  return FromTables(std::move(answer));
}

absl::StatusOr<RenderedReport> RenderEnforcement(const Parameters& parameters,
                                                 const ReportViews& views,
                                                 const AnswerContext& context) {
  const auto since = values::ParseDay(Parameter(parameters, "since"));
  if (!since) return InvalidParameter("since", "a day YYYY-MM-DD");
  DAYBOOK_ASSIGN_OR_RETURN(TablesAnswer answer,
                           EnforcementSince(views, Parameter(parameters, "csp"), *since, context));
  return FromTables(std::move(answer));
}

absl::StatusOr<RenderedReport> RenderLadder(const Parameters& parameters, const ReportViews& views,
                                            const AnswerContext& context) {
  for (const char* name : {"from", "to"}) {
    if (const auto month = Given(parameters, name); month && !IsMonth(*month)) {
      return InvalidParameter(name, "a month YYYY-MM");
    }
  }
  DAYBOOK_ASSIGN_OR_RETURN(TablesAnswer answer, InjunctionLadder(views,
                                                                 {Parameter(parameters, "order"),
                                                                  Parameter(parameters, "from"),
                                                                  Parameter(parameters, "to")},
                                                                 context));
  return FromTables(std::move(answer));
}

absl::StatusOr<RenderedReport> RenderLineage(const Parameters& parameters, const ReportViews& views,
                                             const AnswerContext& context) {
  DAYBOOK_ASSIGN_OR_RETURN(TablesAnswer answer,
                           PriorityLineage(views, Parameter(parameters, "csp"), context));
  return FromTables(std::move(answer));
}

absl::StatusOr<RenderedReport> RenderCoverage(const Parameters& parameters,
                                              const ReportViews& views,
                                              const AnswerContext& context) {
  DAYBOOK_ASSIGN_OR_RETURN(TablesAnswer answer,
                           CoverageMatrix(views, Parameter(parameters, "plan"), context));
  return FromTables(std::move(answer));
}

absl::StatusOr<RenderedReport> RenderFunding(const Parameters& parameters, const ReportViews& views,
                                             const AnswerContext& context) {
  LedgerRequest request{Parameter(parameters, "csp"), std::nullopt};
  if (Given(parameters, "year")) {
    DAYBOOK_ASSIGN_OR_RETURN(request.year, PlanPeriodParameter(parameters, "year"));
  }
  DAYBOOK_ASSIGN_OR_RETURN(TablesAnswer answer, FundingLedger(views, request, context));
  return FromTables(std::move(answer));
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
  request.source_id = Parameter(parameters, "source");
  DAYBOOK_ASSIGN_OR_RETURN(TablesAnswer answer, SubmissionCalendar(views, request, context));
  return FromTables(std::move(answer));
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
