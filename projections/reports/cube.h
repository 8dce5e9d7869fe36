// The figures of one series and period by the categories that they count, and what follows from
// them: a total over a dimension whose categories leave nothing out is the sum of its parts.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "daybook/measures/events/v1/events.pb.h"
#include "daybook/views/v1/rows.pb.h"
#include "proto/values/decimal.h"

namespace daybook::reports {

using Dimension = measures::events::v1::DimensionDefined;

// Refers to dimensions and rows, which must outlive it. Not thread-safe.
class Cube {
 public:
  // A category of each dimension in their order; "" where it is not broken down by it.
  using Categories = std::vector<std::string>;

  explicit Cube(std::vector<const Dimension*> dimensions) : dimensions_(std::move(dimensions)) {}

  void Add(const views::v1::ObservationRow& row);

  struct Value {
    std::optional<values::Decimal> number;  // where it is one exact number
    std::string words;                      // empty: neither returned nor to be computed
    bool computed = false;
    std::vector<std::uint64_t> positions;
  };
  // As it was returned, else as the sum of what is returned of it. Linear in the categories below.
  const Value& At(const Categories& categories) const;

  // Returned figures that are not the sum of their returned parts over one dimension (or, where its
  // categories leave something out, less than it), each with the sum.
  struct Disagreement {
    Categories total;
    std::size_t over = 0;  // index of the dimension
    values::Decimal sum;
  };
  std::vector<Disagreement> Disagreements() const;

  const std::vector<const Dimension*>& dimensions() const { return dimensions_; }

 private:
  // The sum over dimension `over`; nullopt where a part is no exact number.
  std::optional<Value> SumOver(const Categories& categories, std::size_t over) const;

  const std::vector<const Dimension*> dimensions_;
  std::map<Categories, const views::v1::ObservationRow*> returned_;
  mutable std::map<Categories, Value> known_;
};

}  // namespace daybook::reports
