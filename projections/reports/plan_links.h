// What links plans to each other, to other plans' themes, and to money: lineage of headings,
// coverage of headings and themes by projects, and the ledger of funds.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "projections/reports/dates.h"
#include "projections/reports/report_views.h"
#include "projections/reports/tables_answer.h"

namespace daybook::reports {

// A row for each heading of each plan of the partnership, in the order of the plan years and of the
// plan: which earlier headings it goes on from, which later ones go on from it, and what that says:
// new, carried on, dropped (no heading of the plan of the year after goes on from it), or that the
// plan before or after is not held, so that nobody can tell. Cross-cutting headings are left out.
// Errors: MISSING_FIELD, UNKNOWN_PARTNERSHIP.
absl::StatusOr<TablesAnswer> PriorityLineage(const ReportViews& views,
                                             const std::string& partnership_id,
                                             const AnswerContext& context);

// Two tables of one plan. Projects: which headings and themes each serves. Coverage: a row for each
// theme of the dimension that the projects name, a column for each heading, the number of projects
// that serve both; headings and themes that no project serves are noted. Errors: MISSING_FIELD,
// UNKNOWN_PLAN.
absl::StatusOr<TablesAnswer> CoverageMatrix(const ReportViews& views, const std::string& plan_id,
                                            const AnswerContext& context);

struct LedgerRequest {
  std::string partnership_id;
  std::optional<Period> year;  // nullopt = all that are held
};

// Two tables. Pots: what was given before the top slice, the slice, what was left of it, what was
// carried in, committed, spent and carried forward, and what is neither committed nor carried
// forward. Where only the slice's percentage p and the sum after it are known,
//   before = after / (1 - p/100), rounded half up to the penny; slice = before - after,
// and the other way round from the sum before; such sums are marked [e]. Entries: everything that
// became of the money, by day. What exceeds a pot is noted. Errors: MISSING_FIELD,
// UNKNOWN_PARTNERSHIP.
absl::StatusOr<TablesAnswer> FundingLedger(const ReportViews& views, const LedgerRequest& request,
                                           const AnswerContext& context);

}  // namespace daybook::reports
