// Observations grouped into series, and what two of their figures may be compared for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daybook/measures/events/v1/events.pb.h"
#include "daybook/views/v1/rows.pb.h"
#include "projections/views/register_view.h"
#include "projections/views/series_book.h"
#include "proto/values/decimal.h"

namespace daybook::reports {

using Basis = measures::events::v1::ObservationRecorded::Basis;

// One series with its points in order of their periods' ends. Pointers live as long as the view
// stands still.
struct Series {
  std::string measure_id;
  std::string area_id;
  std::string source_id;
  std::string extract;
  Basis basis = measures::events::v1::ObservationRecorded::BASIS_IN_PERIOD;
  std::vector<const views::v1::ObservationRow*> points;
};

// Every series of the book, by measure, area, source, extract, basis.
std::vector<Series> SeriesOf(const views::SeriesBook& book);

// "in-period", "to-date", "at-date" or "monthly-mean".
std::string BasisWord(Basis basis);

// In what the source says: not stated reads as in the period.
Basis BasisOf(const measures::events::v1::ObservationRecorded& fact);

// Booked or intended, not done.
bool IsPlanned(const measures::events::v1::ObservationRecorded& fact);

// The number that changes from one figure to the next: the figure itself where it is one exact
// number, or the part of a share.
std::optional<values::Decimal> CountedNumber(const measures::events::v1::ObservationRecorded& fact);

// True when a break was declared of the measure between the two periods, suspected or confirmed: a
// day that can be its first one lies after the start of the earlier and not after the end of the
// later one.
bool IsBroken(const views::RegisterView& names, std::string_view measure_id,
              const types::v1::Period& earlier, const types::v1::Period& later);

}  // namespace daybook::reports
