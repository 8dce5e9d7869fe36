// XmR charts (individuals and moving range): has a series changed, or does it only vary as it
// always does? Rules are those of NHS England's "Making data count", as its R package
// NHSRplotthedots computes them; the limits are proto/values/xmr_limits.h. Exact: nothing is
// rounded. Pure, any thread; linear in the series.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "proto/values/decimal.h"
#include "proto/values/xmr_limits.h"

namespace daybook::stats {

using values::Decimal;
using values::MovingRange;
using values::Ratio;
using values::XmrLimits;

struct XmrPoint {
  int side = 0;               // of the mean: -1, 0, 1
  bool outside = false;       // beyond a limit
  bool shift = false;         // one of seven or more in a row on one side of the mean
  bool trend = false;         // one of seven or more in a row that only rise, or only fall
  bool two_of_three = false;  // between near limit and limit, as another of three on one side is
  bool Signals() const { return outside || shift || trend || two_of_three; }
  friend bool operator==(const XmrPoint&, const XmrPoint&) = default;
};

// Points that limits are computed from and held against together.
struct XmrPhase {
  std::size_t first = 0;
  std::size_t end = 0;              // exclusive
  std::optional<XmrLimits> limits;  // nullopt with fewer than two neighbouring points
};

struct XmrChart {
  std::vector<XmrPhase> phases;  // in order, the whole series
  std::vector<XmrPoint> points;  // one each; of a missing one nothing is said
};

struct XmrOptions {
  MovingRange ranges = MovingRange::kScreened;
  // Where a phase begins anew, ascending: at a declared break, or where somebody decided so.
  std::vector<std::size_t> rebase_at = {};
  // How many points of a phase, counted without missing ones, fix its limits; 0: all of them.
  std::size_t baseline_points = 0;
};

// A missing point (nullopt) is no zero: there is no range over it, and no run goes across it. Not
// for sums over periods that overlap, such as rolling twelve months: neighbours share most of what
// they count, and every run would look like a trend.
XmrChart MakeXmr(const std::vector<std::optional<Decimal>>& series, const XmrOptions& options = {});

enum class Wanted : std::uint8_t { kNothing, kMore, kLess };
enum class Assurance : std::uint8_t { kPasses, kFails, kEither };

// Whether the series as it is will meet a target: kPasses and kFails when it does so whatever the
// usual variation, kEither when that decides. kEither where nothing is wanted.
Assurance AssuranceOf(const XmrLimits& limits, const Decimal& target, Wanted wanted);

}  // namespace daybook::stats
