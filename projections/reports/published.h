// Figures as documents printed them, for reading: shown beside what the events give, never mixed
// in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "daybook/views/v1/rows.pb.h"
#include "projections/views/register_view.h"
#include "projections/views/series_book.h"

namespace daybook::reports {

// Of one measure, area and period, by document. Pointers live as long as the view stands still.
std::vector<const views::v1::FigureRow*> PublishedOn(const views::SeriesBook& book,
                                                     std::string_view measure_id,
                                                     std::string_view area_id,
                                                     const types::v1::Period& period);

// What was printed, for example `1,620 fewer, 8.7%`.
std::string PrintedWords(const views::v1::FigureRow& row);

// The same and where, for example `1,620 fewer, 8.7% (csp-report-2024-03, 5.14)`.
std::string PublishedWords(const views::v1::FigureRow& row);

}  // namespace daybook::reports
