#include "projections/reports/partnership_renderers.h"

#include <optional>
#include <utility>

#include "eventstore/core/error.h"
#include "projections/reports/dates.h"
#include "projections/reports/enforcement_tables.h"
#include "projections/reports/plan_links.h"
#include "projections/reports/report_error.h"
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

}  // namespace daybook::reports
