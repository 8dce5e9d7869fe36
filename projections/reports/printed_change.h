// A printed change against the figures that it is of: whether it agrees, and which other figure
// would make it true. Pure, exact.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "daybook/types/v1/types.pb.h"
#include "proto/values/decimal.h"

namespace daybook::reports {

using values::Decimal;

class PrintedChange {
 public:
  // At least one of the two was checked at the door.
  explicit PrintedChange(const types::v1::PrintedChange& printed);

  const std::optional<Decimal>& absolute() const { return absolute_; }
  const std::optional<Decimal>& percent() const { return percent_; }

  // Whether the change from one to the other is the printed one: both where both were printed, the
  // percentage rounded half up to its own decimals. False for a `before` of 0 with a percentage.
  bool IsOf(const Decimal& before, const Decimal& after) const;

  // Printed less actual, in numbers where they were printed, else in percentage points at the
  // printed decimals; nullopt for a `before` of 0.
  std::optional<Decimal> LessActual(const Decimal& before, const Decimal& after) const;

  // The figure before, or after, that makes the printed change true with the other one as it is.
  // Wants the absolute change; nullopt without it, or where the percentage does not fit.
  std::optional<Decimal> BeforeThatFits(const Decimal& after) const;
  std::optional<Decimal> AfterThatFits(const Decimal& before) const;

  // The least and the greatest whole number before that give the printed percentage; nullopt where
  // none does, or none was printed. `after` is whole and above 0. A hundred steps at most.
  std::optional<std::pair<Decimal, Decimal>> BeforesThatGive(const Decimal& after) const;

 private:
  std::optional<Decimal> PercentOf(const Decimal& before, const Decimal& after) const;

  std::optional<Decimal> absolute_;
  std::optional<Decimal> percent_;
};

}  // namespace daybook::reports
