// The plan's performance as tables.
#pragma once

#include <vector>

#include "daybook/reports/v1/reports_service.pb.h"
#include "projections/reports/plan_report.h"

namespace daybook::reports {

// A text that is still to be opened into a cell of a table.
struct TextCell {
  int table = 0;
  int row = 0;
  int column = 0;
  eventstore::Position position;
  std::string part;
};

struct PlanTables {
  std::vector<v1::Table> tables;
  std::vector<TextCell> texts;
};

// "plan-performance" (a row an action), "plan-targets" (a row a target) and, where the plan has
// cross-cutting headings, "plan-commitments". The answer's narratives are not opened yet.
PlanTables TablesOfPlan(const PlanAnswer& answer);

// "plan-silence": the actions without an update, by the lead from whom it is due, and those left to
// a partner; with how many other actions each of these agencies reported on.
v1::Table SilenceTable(const PlanAnswer& answer);

}  // namespace daybook::reports
