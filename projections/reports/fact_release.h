// Tables of returned figures for the public, whatever report made them: what a number gives away
// follows from the facts that its cell rests on.
//
//   * A cell that rests on one returned count and says it is that count; so is the whole of a
//   share.
//   * A cell that rests on several counts, or says something else than its one count, follows from
//     them: it is shown where all of them stand in the report and are shown.
//   * Any other number is hidden: one without facts, a count of records, of parts of a dimension,
//     of figures that are not exact. So are words with digits outside the columns that name a row;
//     notes with digits are left out.
//
// Counts hang together by time and area: a year is its quarters and what is left, a county its
// districts and what is left, a whole its part and what is left. What is left is protected like any
// count, and so is the sum over a plan year. Tables that were released before are held against it;
// a count that was released broken down is hidden unless it was printed itself.
//
// Measures are taken to have nothing to do with each other. Where one is the total of others that
// are measures of their own, whoever releases them has to look at what their difference says; a
// measure with dimensions, and the report breakdown, knows.
#pragma once

#include <string_view>

#include "projections/reports/rendered_report.h"
#include "projections/reports/report_views.h"

namespace daybook::reports {

// Adds the release of all tables of the report, which must not have one, and takes out of the
// tables what is said above about words and notes. Linear in the figures that the views hold.
void AddFactRelease(std::string_view name, const ReportViews& views, RenderedReport& report);

}  // namespace daybook::reports
