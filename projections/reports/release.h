// Tables for the public: which of their counts are hidden or rounded, and why.
//
// A renderer says of each table that may leave the partnership what its counts are sums of; what is
// to be hidden is decided after the views were let go, for it may take a while.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "daybook/measures/events/v1/events.pb.h"
#include "daybook/reports/v1/reports_service.pb.h"
#include "projections/reports/cube.h"
#include "projections/stats/disclosure.h"

namespace daybook::reports {

struct RenderedReport;
struct ReportViews;

// How many releases the views have seen.
std::uint64_t ReleasesIn(const ReportViews& views);

// Where a count stands.
struct PrintedCell {
  int row = 0;
  int column = 0;
};

// The counts of one cube that stand in one table.
struct CubeRelease {
  int table = 0;
  stats::DisclosureProblem problem;
  std::vector<PrintedCell> cells;  // one for each printed sum
  // What is recorded when it is released: all but document, day and what became of each sum.
  measures::events::v1::TableReleased record;
  std::string refusal;  // why it cannot be released; empty where it may be
};

// Of the cells of a table whose categories are `printed`. `used` are the indices of the dimensions
// that the table breaks down by; `before` are the releases of the same figures until now. Counts
// must be whole and exact; where one is not, there is a refusal. Earlier counts that say otherwise
// than is held today are of figures that were revised since and are not held against them; the
// record counts them.
CubeRelease MakeRelease(const Cube& cube, const std::vector<std::size_t>& used,
                        const std::vector<Cube::Categories>& printed,
                        const std::vector<const measures::events::v1::TableReleased*>& before);

// Replaces the counts of the report's tables by what the public may see, and takes out where facts
// stand in the log. Fills the records. NOT_RELEASABLE where the report has no counts that are known
// to be sums of others, or a table cannot be made safe.
absl::Status ProtectForPublic(v1::Protection protection, RenderedReport& report);

// Instead of the tables, for whoever prepares them: every hidden count with the reason and what a
// reader can say of it. Same errors.
absl::Status ExplainProtection(v1::Protection protection, RenderedReport& report);

}  // namespace daybook::reports
