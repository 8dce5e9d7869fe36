#include "projections/reports/cube.h"

#include <utility>

#include "projections/reports/figure.h"
#include "projections/reports/series.h"

namespace daybook::reports {

using values::Decimal;

void Cube::Add(const views::v1::ObservationRow& row) {
  Categories categories(dimensions_.size());
  for (const auto& value : row.fact().dimensions()) {
    for (std::size_t i = 0; i < dimensions_.size(); ++i) {
      if (dimensions_[i]->dimension_id() == value.dimension_id()) {
        categories[i] = value.category_id();
      }
    }
  }
  returned_[categories] = &row;
  known_.clear();
}

const Cube::Value& Cube::At(const Categories& categories) const {
  if (const auto known = known_.find(categories); known != known_.end()) return known->second;
  Value value;
  if (const auto row = returned_.find(categories); row != returned_.end()) {
    const auto& fact = row->second->fact();
    value.number = IsPlanned(fact) ? std::nullopt : CountedNumber(fact);
    value.words = value.number ? value.number->ToString() : Words(FigureOf(fact));
    value.positions.push_back(row->second->origin().position());
  } else {
    for (std::size_t i = 0; i < dimensions_.size() && value.words.empty(); ++i) {
      if (!categories[i].empty() || !dimensions_[i]->complete()) continue;
      if (auto sum = SumOver(categories, i)) value = *std::move(sum);
    }
  }
  return known_.emplace(categories, std::move(value)).first->second;
}

std::optional<Cube::Value> Cube::SumOver(const Categories& categories, std::size_t over) const {
  Value sum{Decimal(0), "", true, {}};
  Categories part = categories;
  for (const auto& category : dimensions_[over]->categories()) {
    part[over] = category.category_id();
    const Value& value = At(part);
    if (!value.number) return std::nullopt;
    *sum.number += *value.number;
    sum.positions.insert(sum.positions.end(), value.positions.begin(), value.positions.end());
  }
  sum.words = sum.number->ToString();
  return sum;
}

std::vector<Cube::Disagreement> Cube::Disagreements() const {
  std::vector<Disagreement> found;
  for (const auto& [categories, row] : returned_) {
    const auto& total = At(categories).number;
    if (!total) continue;
    for (std::size_t i = 0; i < dimensions_.size(); ++i) {
      if (!categories[i].empty()) continue;
      const auto sum = SumOver(categories, i);
      if (!sum) continue;
      const bool agrees =
          dimensions_[i]->complete() ? *sum->number == *total : *sum->number <= *total;
      if (!agrees) found.push_back({categories, i, *sum->number});
    }
  }
  return found;
}

}  // namespace daybook::reports
