#include "proto/values/money.h"

#include "proto/values/decimal.h"

namespace daybook::values {

std::optional<std::uint64_t> ParsePounds(std::string_view text) {
  const auto pounds = Decimal::Parse(text);
  if (!pounds || pounds->IsNegative() || text.front() == '-' || pounds->decimals() > 2) {
    return std::nullopt;
  }
  // Of at most 18 digits, so that the pence fit.
  constexpr std::int64_t kPence = 100;
  const std::string pence = (*pounds * Decimal(kPence)).RoundHalfUp(0).ToString();
  constexpr std::size_t kDigitsMax = 18;
  if (pence.size() > kDigitsMax) return std::nullopt;
  return std::stoull(pence);
}

std::string PoundsOf(std::int64_t pence) { return Decimal::FromUnscaled(pence, 2).ToString(); }

}  // namespace daybook::values
