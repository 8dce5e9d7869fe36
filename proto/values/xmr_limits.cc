#include "proto/values/xmr_limits.h"

#include <vector>

namespace daybook::values {
namespace {

const Decimal& ToLimit() {
  static const auto& factor = *new Decimal(Decimal::FromUnscaled(266, 2));
  return factor;
}
const Decimal& ToScreen() {
  static const auto& factor = *new Decimal(Decimal::FromUnscaled(3267, 3));
  return factor;
}

Decimal Distance(const Decimal& a, const Decimal& b) { return a < b ? b - a : a - b; }

std::optional<Ratio> MeanOf(const std::vector<Decimal>& values) {
  Decimal sum;
  for (const Decimal& value : values) sum += value;
  return Ratio::Of(sum, Decimal(static_cast<std::int64_t>(values.size())));
}

}  // namespace

std::optional<XmrLimits> LimitsOf(std::span<const std::optional<Decimal>> points,
                                  const LimitsOptions& options) {
  std::vector<Decimal> values;
  std::vector<Decimal> ranges;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!points[i]) continue;
    values.push_back(*points[i]);
    if (i > 0 && points[i - 1]) ranges.push_back(Distance(*points[i - 1], *points[i]));
    if (values.size() == options.baseline_points) break;
  }
  auto amr = MeanOf(ranges);
  if (!amr) return std::nullopt;
  if (options.ranges == MovingRange::kScreened) {
    const Ratio wide = *amr * ToScreen();
    std::erase_if(ranges,
                  [&](const Decimal& range) { return !range.IsZero() && Ratio(range) >= wide; });
    if (const auto again = MeanOf(ranges)) amr = again;
  }
  XmrLimits limits;
  limits.points = values.size();
  limits.mean = *MeanOf(values);
  limits.amr = *amr;
  const Ratio reach = *amr * ToLimit();
  const Ratio near = reach * *Ratio::Of(Decimal(2), Decimal(3));
  limits.lower = limits.mean - reach;
  limits.upper = limits.mean + reach;
  limits.near_lower = limits.mean - near;
  limits.near_upper = limits.mean + near;
  return limits;
}

}  // namespace daybook::values
