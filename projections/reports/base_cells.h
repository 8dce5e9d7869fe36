// The counts that nothing in a cube divides further, and which of them a figure is the sum of. For
// projections/reports/release.cc only.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "projections/reports/cube.h"
#include "projections/stats/disclosure.h"

namespace daybook::reports {

// A count: a whole number of at least 0.
std::optional<std::int64_t> WholeCount(const std::optional<values::Decimal>& number);

// Refers to the cube. Of more than stats::kCellsMax only one more than that is made.
class BaseCells {
 public:
  // By the dimensions at the indices `used`; the others are summed over.
  BaseCells(const Cube& cube, std::vector<std::size_t> used);

  // Whether every one of them is held, or follows from what is held.
  bool AllKnown() const;
  std::size_t size() const { return cells_.size(); }
  // Only where all are known.
  std::vector<std::int64_t> Counts() const;

  stats::Sum SumOf(const Cube::Categories& categories) const;

  // Every choice of categories, each dimension named or summed over.
  void ForEachMargin(const std::function<void(const Cube::Categories&)>& visit) const;

 private:
  struct Cell {
    Cube::Categories categories;
    std::optional<std::int64_t> count;
    bool is_rest = false;
  };

  void Enumerate(std::size_t next, Cube::Categories categories);
  // Of what is left out: the total without all that is named. 0 where no total is held: then nobody
  // prints one either.
  std::optional<std::int64_t> Count(const Cube::Categories& categories) const;
  void Margins(std::size_t next, Cube::Categories categories,
               const std::function<void(const Cube::Categories&)>& visit) const;

  const Cube& cube_;
  const std::vector<std::size_t> used_;
  std::vector<Cell> cells_;
};

}  // namespace daybook::reports
