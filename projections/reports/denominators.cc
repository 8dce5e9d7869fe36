#include "projections/reports/denominators.h"

#include <tuple>
#include <utility>

#include "projections/reports/series.h"

namespace daybook::reports {
namespace {

using measures::events::v1::ObservationRecorded;

// The number itself, also where it is only about right.
std::optional<Decimal> PositiveNumber(const ObservationRecorded& fact) {
  const Figure figure = FigureOf(fact);
  if (figure.form != Figure::Form::kNumber) return std::nullopt;
  const bool is_about = figure.number.precision() == types::v1::PRECISION_ABOUT;
  const std::optional<Decimal> number =
      is_about ? NumberOf(figure.number.value()) : ExactNumber(figure);
  if (!number || number->IsNegative() || number->IsZero()) return std::nullopt;
  return number;
}

}  // namespace

Denominators::Denominators(const views::SeriesBook& book, std::string_view measure_id,
                           std::string_view day) {
  std::map<std::string, std::tuple<std::string, std::uint64_t>> order;  // of what holds
  for (const auto& [key, row] : book.observations().rows()) {
    const ObservationRecorded& fact = row.fact();
    if (fact.measure_id() != measure_id || IsPlanned(fact)) continue;
    if (BasisOf(fact) != ObservationRecorded::BASIS_AT_DATE) continue;
    const std::optional<Decimal> number = PositiveNumber(fact);
    if (!number) continue;
    const std::string& date = fact.period().end_date();
    if (date > day) {
      std::string& first = later_[fact.area_id()];
      if (first.empty() || date < first) first = date;
      continue;
    }
    const std::tuple<std::string, std::uint64_t> own(date, row.origin().position());
    const auto [it, is_first] = order.emplace(fact.area_id(), own);
    if (!is_first && own <= it->second) continue;
    it->second = own;
    of_.insert_or_assign(
        fact.area_id(),
        Denominator{*number, fact.quantity().precision() == types::v1::PRECISION_ABOUT,
                    fact.period(), fact.source_id(), fact.extract()});
  }
}

const Denominator* Denominators::Of(std::string_view area_id) const {
  const auto it = of_.find(area_id);
  return it == of_.end() ? nullptr : &it->second;
}

std::optional<std::string> Denominators::LaterDateOf(std::string_view area_id) const {
  const auto it = later_.find(area_id);
  if (it == later_.end() || of_.contains(area_id)) return std::nullopt;
  return it->second;
}

}  // namespace daybook::reports
