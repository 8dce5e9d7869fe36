#include "projections/views/series_book.h"

#include <string>

#include "projections/views/fact.h"
#include "projections/views/row_key.h"

namespace daybook::views {
namespace {

namespace measures_events = daybook::measures::events::v1;

std::string FigureKey(const measures_events::FigurePublished& figure) {
  return RowKey({figure.measure_id(), figure.area_id(), PeriodPart(figure.period()),
                 PeriodPart(figure.compared_with()), figure.document_id(), figure.section(),
                 std::to_string(static_cast<int>(figure.printed_case()))});
}

// In the order of the log.
std::string PositionPart(const projections::ViewEvent& event) {
  constexpr std::size_t kDigits = 20;
  const std::string digits = std::to_string(event.recorded->position.value);
  return std::string(kDigits - digits.size(), '0') + digits;
}

}  // namespace

bool SeriesBook::IsOurs(std::string_view measure_id) const {
  const v1::MeasureSubjectRow* row = subjects_.Find(RowKey({measure_id}));
  return row != nullptr && row->subject() == subject_;
}

v1::ObservationRow& SeriesBook::RowOf(const measures_events::ObservationRecorded& observed) {
  std::string key = RowKey({observed.measure_id(), observed.area_id(), observed.source_id(),
                            observed.extract(), PeriodPart(observed.period())});
  if (observed.dimensions().empty()) return observations_.Mutable(key);
  return cells_.Mutable(key + RowKey({CategoriesPart(observed.dimensions())}));
}

bool SeriesBook::Apply(const projections::ViewEvent& event) {
  if (const auto* observed = AsFact<measures_events::ObservationRecorded>(event)) {
    if (!IsOurs(observed->measure_id())) return true;
    v1::ObservationRow& row = RowOf(*observed);
    if (row.has_fact()) row.set_replaced(row.replaced() + 1);
    if (KeepLatest(event, *observed, row)) {
      row.mutable_fact()->clear_submission_id();
      row.mutable_fact()->clear_row();
    }
  } else if (const auto* figure = AsFact<measures_events::FigurePublished>(event)) {
    if (IsOurs(figure->measure_id()))
      KeepLatest(event, *figure, figures_.Mutable(FigureKey(*figure)));
  } else if (const auto* released = AsFact<measures_events::TableReleased>(event)) {
    if (!IsOurs(released->measure_id())) return true;
    releases_.Mutable(RowKey({released->measure_id(), released->area_id(), released->source_id(),
                              released->extract(), PeriodPart(released->period()),
                              PositionPart(event)})) = *released;
  } else if (const auto* defined = AsFact<measures_events::MeasureDefined>(event)) {
    subjects_.Mutable(RowKey({defined->measure_id()})).set_subject(defined->subject());
  } else {
    return false;
  }
  return true;
}

}  // namespace daybook::views
