// The limits of the usual variation of a series (XmR chart: individuals and moving range).
// Constants are those of NHS England's "Making data count", as its R package NHSRplotthedots
// computes them:
//   mean, and mean of the ranges between neighbours (amr);
//   limits: mean -/+ 2.66 amr; near limits: two thirds of the way to them.
// Here and not beside the charts because the door asks by the same formula. Exact: nothing is
// rounded. Pure, any thread; linear in the series.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "proto/values/decimal.h"

namespace daybook::values {

// Which ranges the limits rest on. The two can disagree about a point, so whoever shows a chart
// says which it is.
enum class MovingRange : std::uint8_t {
  kScreened,    // ranges of 3.267 amr and more are left out, and amr is taken again, once
  kUnscreened,  // all of them, as in the spreadsheet of "Making data count"
};

struct XmrLimits {
  Ratio mean;
  Ratio amr;
  Ratio lower;  // may be below zero, also for a count
  Ratio upper;
  Ratio near_lower;
  Ratio near_upper;
  std::size_t points = 0;  // that they rest on
  // Under twelve points they are trial limits: they move with every new one.
  static constexpr std::size_t kPointsWanted = 12;
  bool IsTrial() const { return points < kPointsWanted; }
};

struct LimitsOptions {
  MovingRange ranges = MovingRange::kScreened;
  // How many points from the first, counted without missing ones, fix the limits; 0: all of them.
  std::size_t baseline_points = 0;
};

// A missing point (nullopt) is no zero: there is no range over it. nullopt with fewer than two
// neighbouring points.
std::optional<XmrLimits> LimitsOf(std::span<const std::optional<Decimal>> points,
                                  const LimitsOptions& options);

}  // namespace daybook::values
