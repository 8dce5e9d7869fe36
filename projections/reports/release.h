// Tables for the public: which of their counts are hidden or rounded, and why.
//
// A renderer says of each table that may leave the partnership what its counts are sums of; what is
// to be hidden is decided after the views were let go, for it may take a while.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
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

// Where a number stands.
struct PrintedCell {
  int table = 0;
  int row = 0;
  int column = 0;
};

// A number that follows from counts: it is shown where all of them are.
struct DerivedCell {
  PrintedCell at;
  std::vector<std::size_t> of;  // indices of printed counts
};

// Counts of a report that are protected together.
struct CountsRelease {
  stats::DisclosureProblem problem;
  std::vector<std::vector<PrintedCell>> cells;  // of each printed sum, where it stands
  std::vector<DerivedCell> derived;
  std::vector<PrintedCell> withheld;  // nobody can say what they give away
  // What is recorded when it is released, but for document, day and what became of each sum; and
  // for each printed sum which of the records has it, and which of that one's sums it is.
  std::vector<measures::events::v1::TableReleased> records;
  std::vector<std::pair<int, int>> recorded;
  std::string refusal;  // why it cannot be released; empty where it may be
};

// The record of a release, without its sums.
measures::events::v1::TableReleased NewRecord();
// Counts from 1 to this less one are small.
std::int64_t SmallCountsEnd();
// What an earlier table says of a sum that is `today`; nullopt where it says otherwise than is held
// today: it was of figures that were revised since.
std::optional<stats::Span> SaidBefore(const measures::events::v1::TableReleased& released,
                                      const measures::events::v1::TableReleased::ReleasedSum& sum,
                                      std::int64_t today);

// Of the sums whose categories are `printed`, which stand at `cells` of table 0. `used` are the
// indices of the dimensions that the table breaks down by; `before` are the releases of the same
// figures until now. Counts must be whole and exact; where one is not, there is a refusal. Earlier
// counts that say otherwise than is held today are of figures that were revised since and are not
// held against them; the record counts them.
CountsRelease MakeRelease(const Cube& cube, const std::vector<std::size_t>& used,
                          const std::vector<Cube::Categories>& printed,
                          const std::vector<PrintedCell>& cells,
                          const std::vector<const measures::events::v1::TableReleased*>& before);

// Replaces the counts of the report's tables by what the public may see, and takes out where facts
// stand in the log. Fills the records. NOT_RELEASABLE where the report has no counts that are known
// to be sums of others, or a table cannot be made safe.
absl::Status ProtectForPublic(v1::Protection protection, RenderedReport& report);

// Instead of the tables, for whoever prepares them: every hidden count with the reason and what a
// reader can say of it. Same errors.
absl::Status ExplainProtection(v1::Protection protection, RenderedReport& report);

}  // namespace daybook::reports
