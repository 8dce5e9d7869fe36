// What a computed row or column of a printed table may be computed from, by its meaning. For
// computed_cells.cc only. Pure.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proto/values/decimal.h"
#include "services/ingest/layout.h"
#include "services/ingest/table.h"

namespace daybook::ingest {

struct PrintedNumber {
  values::Decimal value;
  bool has_sign = false;  // a plus or minus
};

// The figures of the table along its rows or its columns, so that both are checked alike: "along"
// is the direction in which a computed one has its operands. Refers to what it is given.
class Figures {
 public:
  Figures(const Lines& lines, const Layout& layout, bool columns)
      : lines_(lines), layout_(layout), columns_(columns) {}

  const std::vector<Slot>& along() const { return columns_ ? layout_.columns : layout_.rows; }
  const std::vector<Slot>& across() const { return columns_ ? layout_.rows : layout_.columns; }
  bool ArePeriods() const {
    return columns_ ? layout_.columns_are_periods : layout_.rows_are_periods;
  }

  std::string_view Text(std::size_t along, std::size_t across) const;
  // nullopt where no number stands there.
  std::optional<PrintedNumber> At(std::size_t along, std::size_t across) const;

 private:
  const Lines& lines_;
  const Layout& layout_;
  const bool columns_;
};

// One reading of a computed figure: what it is computed from, and what it is in each line.
struct Candidate {
  std::vector<std::size_t> from;  // along
  // nullopt in a line that lacks a figure.
  std::function<std::optional<values::Ratio>(std::size_t across)> expected;
  std::string words;  // "the figures make"
};

// Refer to `figures`, which must outlive them. The likelier ones first.
std::vector<Candidate> CandidatesFor(const Figures& figures, std::size_t computed);

// The slots of figures in [first, last), without computed ones.
std::vector<std::size_t> FiguresIn(const std::vector<Slot>& slots, std::size_t first,
                                   std::size_t last);
// Those of them that stand under one heading.
std::vector<std::size_t> OfGroup(const std::vector<Slot>& slots,
                                 const std::vector<std::size_t>& indices, const std::string& group);

}  // namespace daybook::ingest
