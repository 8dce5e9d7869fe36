// Orders of a partnership's area, what officers were told to do and issued since a day, and the
// ladder of an injunction.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "eventstore/core/ids.h"
#include "projections/reports/report_views.h"
#include "projections/reports/tables_answer.h"

namespace daybook::reports {

// A row for each order, by id: what it forbids, since when and until when, its last review, how
// many breaches are recorded, and how it stands today: a review is due in the last 90 days. An
// empty partnership: all of them. Errors: UNKNOWN_PARTNERSHIP.
absl::StatusOr<TablesAnswer> OrderRegister(const ReportViews& views,
                                           const std::string& partnership_id,
                                           const AnswerContext& context);

// Tasks by kind and fixed penalties by offence that were raised and issued from `since` to today,
// how many of them ended, with totals; a third table says how the orders stand. Errors:
// UNKNOWN_PARTNERSHIP.
absl::StatusOr<TablesAnswer> EnforcementSince(const ReportViews& views,
                                              const std::string& partnership_id,
                                              eventstore::CivilDay since,
                                              const AnswerContext& context);

struct LadderRequest {
  std::string order_id;
  std::string from_month;  // "YYYY-MM"; empty = from the first
  std::string to_month;    // empty = to the last
};

// Three tables of one injunction. Steps: for the first, second, third and later breach of a person,
// how many breaches there were and how many had each step. Months: breaches by the month in which
// they occurred, steps by the month in which they were taken, with a total. Exceptions: what is not
// as the order says, each until it is recorded: a step that is due and was not taken, a number that
// disagrees with the count, a breach outside the term or of what is not forbidden. The number of a
// breach is its place among the person's breaches by day, then position: a breach that becomes
// known late moves those after it. Errors: MISSING_FIELD, UNKNOWN_ORDER.
absl::StatusOr<TablesAnswer> InjunctionLadder(const ReportViews& views,
                                              const LadderRequest& request,
                                              const AnswerContext& context);

}  // namespace daybook::reports
