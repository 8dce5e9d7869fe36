#include "projections/reports/base_cells.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>

namespace daybook::reports {

using values::Decimal;

namespace {

// What a dimension's categories leave out, where a total tells that there is something.
constexpr std::string_view kRest = "*";

}  // namespace

std::optional<std::int64_t> WholeCount(const std::optional<Decimal>& number) {
  if (!number || number->IsNegative() || !number->IsWhole()) return std::nullopt;
  const std::string digits = number->RoundHalfUp(0).ToString();
  std::int64_t count = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  return read.ec == std::errc() ? std::optional(count) : std::nullopt;
}

BaseCells::BaseCells(const Cube& cube, std::vector<std::size_t> used)
    : cube_(cube), used_(std::move(used)) {
  Enumerate(0, Cube::Categories(cube.dimensions().size()));
  const bool has_rest = std::any_of(cells_.begin(), cells_.end(), [](const Cell& cell) {
    return cell.is_rest && cell.count.value_or(1) != 0;
  });
  // Where nothing is left out a reader who takes the bands for everything is right.
  if (!has_rest) std::erase_if(cells_, [](const Cell& cell) { return cell.is_rest; });
}

bool BaseCells::AllKnown() const {
  return std::all_of(cells_.begin(), cells_.end(),
                     [](const Cell& cell) { return cell.count.has_value(); });
}

std::vector<std::int64_t> BaseCells::Counts() const {
  std::vector<std::int64_t> counts;
  for (const Cell& cell : cells_) counts.push_back(*cell.count);
  return counts;
}

stats::Sum BaseCells::SumOf(const Cube::Categories& categories) const {
  stats::Sum sum;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const bool within = std::all_of(used_.begin(), used_.end(), [&](std::size_t dimension) {
      return categories[dimension].empty() ||
             categories[dimension] == cells_[i].categories[dimension];
    });
    if (within) sum.cells.push_back(i);
  }
  return sum;
}

void BaseCells::ForEachMargin(const std::function<void(const Cube::Categories&)>& visit) const {
  Margins(0, Cube::Categories(cube_.dimensions().size()), visit);
}

void BaseCells::Enumerate(std::size_t next, Cube::Categories categories) {
  if (cells_.size() > stats::kCellsMax) return;
  if (next == used_.size()) {
    const bool is_rest = std::find(categories.begin(), categories.end(), kRest) != categories.end();
    cells_.push_back({categories, Count(categories), is_rest});
    return;
  }
  const Dimension& dimension = *cube_.dimensions()[used_[next]];
  for (const auto& category : dimension.categories()) {
    categories[used_[next]] = category.category_id();
    Enumerate(next + 1, categories);
  }
  if (dimension.complete()) return;
  categories[used_[next]] = kRest;
  Enumerate(next + 1, std::move(categories));
}

std::optional<std::int64_t> BaseCells::Count(const Cube::Categories& categories) const {
  const auto rest = std::find(categories.begin(), categories.end(), kRest);
  if (rest == categories.end()) return WholeCount(cube_.At(categories).number);
  Cube::Categories of = categories;
  const auto i = static_cast<std::size_t>(rest - categories.begin());
  of[i].clear();
  auto left = Count(of);
  if (!left) return 0;
  for (const auto& category : cube_.dimensions()[i]->categories()) {
    of[i] = category.category_id();
    const auto count = Count(of);
    if (!count) return std::nullopt;
    *left -= *count;
  }
  return *left < 0 ? std::nullopt : left;
}

void BaseCells::Margins(std::size_t next, Cube::Categories categories,
                        const std::function<void(const Cube::Categories&)>& visit) const {
  if (next == used_.size()) {
    visit(categories);
    return;
  }
  Margins(next + 1, categories, visit);
  for (const auto& category : cube_.dimensions()[used_[next]]->categories()) {
    categories[used_[next]] = category.category_id();
    Margins(next + 1, categories, visit);
  }
}

}  // namespace daybook::reports
