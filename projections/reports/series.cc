#include "projections/reports/series.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "projections/reports/figure.h"
#include "projections/reports/names.h"

namespace daybook::reports {
namespace {

using measures::events::v1::ObservationRecorded;
using views::v1::ObservationRow;

}  // namespace

std::vector<Series> SeriesOf(const views::SeriesBook& book) {
  std::map<std::tuple<std::string, std::string, std::string, std::string, Basis>, Series> by_key;
  for (const auto& [row_key, row] : book.observations().rows()) {
    const ObservationRecorded& fact = row.fact();
    const auto key = std::tuple(fact.measure_id(), fact.area_id(), fact.source_id(), fact.extract(),
                                BasisOf(fact));
    Series& series = by_key[key];
    std::tie(series.measure_id, series.area_id, series.source_id, series.extract, series.basis) =
        key;
    series.points.push_back(&row);
  }
  std::vector<Series> all;
  for (auto& [key, series] : by_key) {
    std::sort(series.points.begin(), series.points.end(),
              [](const ObservationRow* a, const ObservationRow* b) {
                const auto order = [](const ObservationRow* row) {
                  const types::v1::Period& period = row->fact().period();
                  return std::tuple(period.end_date(), period.start_date(), period.kind());
                };
                return order(a) < order(b);
              });
    all.push_back(std::move(series));
  }
  return all;
}

std::string BasisWord(Basis basis) {
  switch (basis) {
    case ObservationRecorded::BASIS_TO_DATE:
      return "to-date";
    case ObservationRecorded::BASIS_AT_DATE:
      return "at-date";
    case ObservationRecorded::BASIS_MONTHLY_MEAN:
      return "monthly-mean";
    default:
      return "in-period";
  }
}

Basis BasisOf(const ObservationRecorded& fact) {
  return fact.basis() == ObservationRecorded::BASIS_UNSPECIFIED
             ? ObservationRecorded::BASIS_IN_PERIOD
             : fact.basis();
}

bool IsPlanned(const ObservationRecorded& fact) {
  return fact.stage() == ObservationRecorded::STAGE_BOOKED ||
         fact.stage() == ObservationRecorded::STAGE_PLANNED;
}

std::optional<values::Decimal> CountedNumber(const ObservationRecorded& fact) {
  const Figure figure = FigureOf(fact);
  return figure.form == Figure::Form::kShare ? NumberOf(figure.share.numerator())
                                             : ExactNumber(figure);
}

bool IsBroken(const views::RegisterView& names, std::string_view measure_id,
              const types::v1::Period& earlier, const types::v1::Period& later) {
  const views::v1::MeasureRow* measure = FindMeasure(names, measure_id);
  if (measure == nullptr) return false;
  return std::any_of(measure->breaks().begin(), measure->breaks().end(), [&](const auto& declared) {
    const std::string& latest =
        declared.latest_date().empty() ? declared.date() : declared.latest_date();
    return earlier.start_date() < latest && declared.date() <= later.end_date();
  });
}

}  // namespace daybook::reports
