// What looks unlikely about a figure that is of its form. Asked, never refused: the unlikely
// happens, and then it matters most. For services/measures/domain only.
#pragma once

#include "services/commands/door.h"
#include "services/measures/domain/measure_register.h"
#include "services/measures/domain/series_state.h"

namespace daybook::measures {

// Questions about `event`, which is not in `series` yet. Only of exact numbers (of a share its
// part) of what was done:
//   TOTAL_NOT_SUM   with it, a total and all the figures that it is made of are held, and they do
//   not
//                   add up - or, where the categories leave something out, are more than the total;
//   OUTSIDE_LIMITS  twelve or more figures of its series and kind of period are held before it
//   since
//                   the last break, and it lies outside their XmR limits (domain: "Making data
//                   count");
//   FAR_FROM_LAST   fewer are held, and it is more than half off the last one.
// Linear in the figures of the series, and in the products of the dimensions' categories.
commands::Problems Questions(const events::v1::ObservationRecorded& event,
                             const MeasureRegister::Measure& measure,
                             const MeasureRegister& register_of_dimensions,
                             const SeriesState& series);

}  // namespace daybook::measures
