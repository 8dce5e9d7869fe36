// A report as tables, on its way to whoever asked.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "daybook/reports/v1/reports_service.pb.h"
#include "projections/reports/plan_tables.h"
#include "projections/reports/release.h"
#include "projections/reports/tables_answer.h"

namespace daybook::reports {

struct RenderedReport {
  v1::RenderReportResponse response;
  std::vector<TextCell> texts;          // cells whose text is sealed in the log
  std::vector<CountsRelease> releases;  // where it is for release: what its counts give away
  std::uint64_t releases_seen = 0;      // how many the views knew, where it is for release
};

RenderedReport FromTables(TablesAnswer answer);
absl::StatusOr<RenderedReport> FromTables(absl::StatusOr<TablesAnswer> answer);
RenderedReport FromTable(v1::Table table, v1::Truth truth);

}  // namespace daybook::reports
