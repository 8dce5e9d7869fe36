// A report as tables, on its way to whoever asked.
#pragma once

#include <vector>

#include "daybook/reports/v1/reports_service.pb.h"
#include "projections/reports/incident_tables.h"
#include "projections/reports/plan_tables.h"
#include "projections/reports/release.h"

namespace daybook::reports {

struct RenderedReport {
  v1::RenderReportResponse response;
  std::vector<TextCell> texts;        // not opened yet
  std::vector<CubeRelease> releases;  // what may leave the partnership; empty: nothing
  std::uint64_t releases_seen = 0;    // how many the views knew, where it is for release
};

RenderedReport FromTables(TablesAnswer answer);

}  // namespace daybook::reports
