// A report as tables, on its way to whoever asked.
#pragma once

#include <vector>

#include "daybook/reports/v1/reports_service.pb.h"
#include "projections/reports/incident_tables.h"
#include "projections/reports/plan_tables.h"

namespace daybook::reports {

struct RenderedReport {
  v1::RenderReportResponse response;
  std::vector<TextCell> texts;  // not opened yet
};

RenderedReport FromTables(TablesAnswer answer);

}  // namespace daybook::reports
