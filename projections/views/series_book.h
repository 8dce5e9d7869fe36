// The part that incident-trend and referral-trend share: figures that agencies returned for the
// measures of one subject, and figures that documents printed on them.
#pragma once

#include <string_view>
#include <vector>

#include "daybook/measures/events/v1/events.pb.h"
#include "daybook/views/v1/rows.pb.h"
#include "projections/core/table.h"
#include "projections/core/view.h"

namespace daybook::views {

// Not thread-safe. A figure of a measure that is not defined (yet) as being about the subject is
// left out: the services let none in.
class SeriesBook {
 public:
  using Subject = measures::events::v1::MeasureDefined::Subject;

  explicit SeriesBook(Subject subject) : subject_(subject) {}

  // True when the event is one of the measures context, whether it changed rows or not.
  bool Apply(const projections::ViewEvent& event);

  std::vector<projections::TableBase*> tables() {
    return {&subjects_, &observations_, &cells_, &figures_, &releases_};
  }

  using Subjects = projections::Table<v1::MeasureSubjectRow>;
  using Observations = projections::Table<v1::ObservationRow>;
  using Figures = projections::Table<v1::FigureRow>;

  // Keyed by RowKey(measure, area, source, extract, period): one series is one run of keys.
  const Observations& observations() const { return observations_; }
  // Figures that are broken down, keyed likewise and then by their categories: apart from the
  // others, for whoever adds observations up must not meet a part and its whole.
  const Observations& cells() const { return cells_; }
  // Tables that were released, keyed by RowKey(measure, area, source, extract, period, position).
  using Releases = projections::Table<measures::events::v1::TableReleased>;
  const Releases& releases() const { return releases_; }
  // Keyed by RowKey(measure, area, period, compared with, document, section, what was printed).
  const Figures& figures() const { return figures_; }

 private:
  bool IsOurs(std::string_view measure_id) const;
  v1::ObservationRow& RowOf(const measures::events::v1::ObservationRecorded& observed);

  Subject subject_;
  Subjects subjects_{"subjects"};
  Observations observations_{"observations"};
  Observations cells_{"figures-by-dimension"};
  Figures figures_{"figures"};
  Releases releases_{"releases"};
};

}  // namespace daybook::views
