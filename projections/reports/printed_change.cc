#include "projections/reports/printed_change.h"

#include <cstdint>
#include <string_view>

namespace daybook::reports {
namespace {

std::optional<Decimal> Signed(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  return Decimal::Parse(text);
}

// The least number from 1 to `end` for which the condition, once true, stays true; `end` + 1 for
// none.
template <class Condition>
std::int64_t FirstThat(std::int64_t end, const Condition& holds) {
  std::int64_t low = 1;
  std::int64_t high = end + 1;
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    if (holds(Decimal(middle))) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

}  // namespace

PrintedChange::PrintedChange(const types::v1::PrintedChange& printed)
    : absolute_(Signed(printed.absolute())), percent_(Signed(printed.percent())) {}

std::optional<Decimal> PrintedChange::PercentOf(const Decimal& before, const Decimal& after) const {
  if (before <= Decimal(0)) return std::nullopt;
  return values::ChangePercent(before, after, percent_->decimals());
}

bool PrintedChange::IsOf(const Decimal& before, const Decimal& after) const {
  if (absolute_ && *absolute_ != after - before) return false;
  if (!percent_) return true;
  const std::optional<Decimal> percent = PercentOf(before, after);
  return percent && *percent == *percent_;
}

std::optional<Decimal> PrintedChange::LessActual(const Decimal& before,
                                                 const Decimal& after) const {
  if (absolute_ && *absolute_ != after - before) return *absolute_ - (after - before);
  if (!percent_) return std::nullopt;
  const std::optional<Decimal> percent = PercentOf(before, after);
  if (!percent) return std::nullopt;
  return *percent_ - *percent;
}

std::optional<Decimal> PrintedChange::BeforeThatFits(const Decimal& after) const {
  if (!absolute_) return std::nullopt;
  const Decimal before = after - *absolute_;
  return IsOf(before, after) ? std::optional(before) : std::nullopt;
}

std::optional<Decimal> PrintedChange::AfterThatFits(const Decimal& before) const {
  if (!absolute_) return std::nullopt;
  const Decimal after = before + *absolute_;
  return IsOf(before, after) ? std::optional(after) : std::nullopt;
}

std::optional<std::pair<Decimal, Decimal>> PrintedChange::BeforesThatGive(
    const Decimal& after) const {
  constexpr std::int64_t kMost = 1'000'000'000'000;
  if (!percent_ || !after.IsWhole() || after <= Decimal(0)) return std::nullopt;
  // The more there was before, the smaller the change.
  const std::int64_t least = FirstThat(
      kMost, [&](const Decimal& before) { return *PercentOf(before, after) <= *percent_; });
  const std::int64_t beyond = FirstThat(
      kMost, [&](const Decimal& before) { return *PercentOf(before, after) < *percent_; });
  if (least >= beyond || beyond > kMost) return std::nullopt;
  return std::pair(Decimal(least), Decimal(beyond - 1));
}

}  // namespace daybook::reports
