// Figures that documents printed, each held against what is held here.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "projections/reports/incident_tables.h"
#include "projections/reports/report_views.h"

namespace daybook::reports {

// One table, a row for each printed figure and each series that has something on it (one row where
// none has). `ref` is the position of the figure's event: it names the figure for ever. `verdict`:
//
// * "agrees": what was printed is what the series gives, a percentage at its own decimals, half up;
// * "differs": it is not. `difference` is printed less held, and `readings` has every other figure
//   that would make the printed ones true: with both a change and its percentage, those that fit
//   both ("before 18652", "after 17021"), and "none" where a single other figure does not do; with
//   a percentage alone, the whole numbers before that give it;
// * "cannot-tell": one of the figures is not a single exact number;
// * "not-comparable": a break or another definition lies between [b];
// * "not-held": the series lacks a period. Where the later figure is held, or printed in the same
//   document, and the percentage was printed, `readings` has the numbers before that give it.
//
// `records` is the count of records of the period where the measure counts one type and every month
// is held, else [x]. Where a figure differs and no records are held a note says that the cause is
// not known. UNKNOWN_MEASURE, UNKNOWN_AREA, UNKNOWN_FIGURE (no such ref).
struct PublishedFiguresRequest {
  std::string document_id;  // empty: every document
  std::string measure_id;   // empty: every measure
  std::string area_id;      // empty: every area
  std::optional<std::uint64_t> ref;
};
absl::StatusOr<TablesAnswer> PublishedFigures(const ReportViews& views,
                                              const PublishedFiguresRequest& request,
                                              const AnswerContext& context);

}  // namespace daybook::reports
