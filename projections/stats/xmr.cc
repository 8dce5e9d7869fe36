#include "projections/stats/xmr.h"

#include <algorithm>
#include <span>

namespace daybook::stats {
namespace {

using Series = std::vector<std::optional<Decimal>>;

constexpr std::size_t kRun = 7;
int Sign(std::strong_ordering order) {
  if (order == std::strong_ordering::equal) return 0;
  return order == std::strong_ordering::less ? -1 : 1;
}

// Marks every run of at least `length` equal signs other than 0; run(first, end) may widen it.
template <class Mark>
void ForEachRun(const std::vector<int>& signs, std::size_t length, const Mark& mark) {
  for (std::size_t first = 0; first < signs.size();) {
    std::size_t end = first + 1;
    while (end < signs.size() && signs[end] == signs[first]) ++end;
    if (signs[first] != 0 && end - first >= length) mark(first, end);
    first = end;
  }
}

class PhaseReader {
 public:
  PhaseReader(const Series& series, const XmrPhase& phase, std::vector<XmrPoint>& points)
      : series_(series), phase_(phase), limits_(*phase.limits), points_(points) {}

  void Read() {
    const std::size_t size = phase_.end - phase_.first;
    sides_.assign(size, 0);
    near_.assign(size, false);
    for (std::size_t i = 0; i < size; ++i) Place(i);
    ForEachRun(sides_, kRun, [&](std::size_t first, std::size_t end) {
      for (std::size_t i = first; i < end; ++i) At(i).shift = true;
    });
    // steps[i] is the step to point i + 1: a run of six steps has seven points.
    std::vector<int> steps;
    for (std::size_t i = 1; i < size; ++i) steps.push_back(StepTo(i));
    ForEachRun(steps, kRun - 1, [&](std::size_t first, std::size_t end) {
      for (std::size_t i = first; i <= end; ++i) At(i).trend = true;
    });
    for (std::size_t i = 0; i + 2 < size; ++i) ReadThree(i);
  }

 private:
  XmrPoint& At(std::size_t i) { return points_[phase_.first + i]; }
  const std::optional<Decimal>& Value(std::size_t i) const { return series_[phase_.first + i]; }

  void Place(std::size_t i) {
    if (!Value(i)) return;
    const Ratio value(*Value(i));
    sides_[i] = At(i).side = Sign(value <=> limits_.mean);
    At(i).outside = value < limits_.lower || limits_.upper < value;
    near_[i] = !At(i).outside && (value < limits_.near_lower || limits_.near_upper < value);
  }

  int StepTo(std::size_t i) const {
    if (!Value(i - 1) || !Value(i)) return 0;
    return Sign(Ratio(*Value(i)) <=> Ratio(*Value(i - 1)));
  }

  void ReadThree(std::size_t i) {
    const bool one_side =
        sides_[i] != 0 && sides_[i] == sides_[i + 1] && sides_[i] == sides_[i + 2];
    if (!one_side || near_[i] + near_[i + 1] + near_[i + 2] < 2) return;
    for (std::size_t j = i; j < i + 3; ++j) At(j).two_of_three |= near_[j];
  }

  const Series& series_;
  const XmrPhase& phase_;
  const XmrLimits& limits_;
  std::vector<XmrPoint>& points_;
  std::vector<int> sides_;
  std::vector<bool> near_;
};

}  // namespace

XmrChart MakeXmr(const Series& series, const XmrOptions& options) {
  XmrChart chart;
  chart.points.resize(series.size());
  std::size_t first = 0;
  const auto close = [&](std::size_t end) {
    if (end <= first) return;
    XmrPhase& phase = chart.phases.emplace_back(XmrPhase{first, end, {}});
    phase.limits =
        values::LimitsOf(std::span(series).subspan(first, end - first),
                         {.ranges = options.ranges, .baseline_points = options.baseline_points});
    if (phase.limits) PhaseReader(series, phase, chart.points).Read();
    first = end;
  };
  for (const std::size_t at : options.rebase_at) close(std::min(at, series.size()));
  close(series.size());
  return chart;
}

Assurance AssuranceOf(const XmrLimits& limits, const Decimal& target, Wanted wanted) {
  const Ratio aim(target);
  if (wanted == Wanted::kNothing) return Assurance::kEither;
  const bool more = wanted == Wanted::kMore;
  if (aim < limits.lower) return more ? Assurance::kPasses : Assurance::kFails;
  if (limits.upper < aim) return more ? Assurance::kFails : Assurance::kPasses;
  return Assurance::kEither;
}

}  // namespace daybook::stats
