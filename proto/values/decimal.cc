#include "proto/values/decimal.h"

#include <algorithm>
#include <cassert>

namespace daybook::values {
namespace {

using boost::multiprecision::cpp_int;

cpp_int PowerOfTen(int exponent) {
  assert(exponent >= 0);
  return boost::multiprecision::pow(cpp_int(10), static_cast<unsigned>(exponent));
}

// numerator / denominator to the nearest whole, away from zero at the half; denominator > 0.
cpp_int DivideHalfUp(const cpp_int& numerator, const cpp_int& denominator) {
  const bool negative = numerator.sign() < 0;
  const cpp_int magnitude = negative ? cpp_int(-numerator) : numerator;
  const cpp_int quotient = (2 * magnitude + denominator) / (2 * denominator);
  return negative ? cpp_int(-quotient) : quotient;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::weak_ordering ByCompare(int comparison) {
  return comparison < 0   ? std::weak_ordering::less
         : comparison > 0 ? std::weak_ordering::greater
                          : std::weak_ordering::equivalent;
}

}  // namespace

std::optional<Decimal> Decimal::Parse(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction =
      point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  const bool has_point = point != std::string_view::npos;
  if (whole.empty() || (has_point && fraction.empty()) || fraction.size() > kDecimalsMax ||
      whole.size() + fraction.size() > kDigitsMax || !std::ranges::all_of(whole, IsDigit) ||
      !std::ranges::all_of(fraction, IsDigit)) {
    return std::nullopt;
  }
  std::int64_t unscaled = 0;  // 18 digits fit
  for (const char c : whole) unscaled = unscaled * 10 + (c - '0');
  for (const char c : fraction) unscaled = unscaled * 10 + (c - '0');
  return Decimal(Int(negative ? -unscaled : unscaled), static_cast<int>(fraction.size()));
}

Decimal::Int Decimal::UnscaledAt(int decimals) const {
  if (decimals == decimals_) return unscaled_;
  return unscaled_ * PowerOfTen(decimals - decimals_);
}

bool Decimal::IsWhole() const { return unscaled_ % PowerOfTen(decimals_) == 0; }

Decimal Decimal::RoundHalfUp(int decimals) const {
  assert(decimals >= 0);
  if (decimals >= decimals_) return Decimal(UnscaledAt(decimals), decimals);
  return Decimal(DivideHalfUp(unscaled_, PowerOfTen(decimals_ - decimals)), decimals);
}

Decimal Decimal::Trimmed() const {
  Decimal trimmed = *this;
  while (trimmed.decimals_ > 0 && trimmed.unscaled_ % 10 == 0) {
    trimmed.unscaled_ /= 10;
    --trimmed.decimals_;
  }
  return trimmed;
}

std::string Decimal::ToString() const {
  const Int magnitude = boost::multiprecision::abs(unscaled_);
  std::string text = magnitude.str();
  const auto decimals = static_cast<std::size_t>(decimals_);
  if (text.size() <= decimals) text.insert(0, decimals + 1 - text.size(), '0');
  if (decimals > 0) text.insert(text.size() - decimals, ".");
  if (IsNegative()) text.insert(0, "-");
  return text;
}

std::string Decimal::ToSignedString() const {
  return unscaled_.sign() > 0 ? "+" + ToString() : ToString();
}

Decimal Decimal::operator-() const { return Decimal(Int(-unscaled_), decimals_); }

Decimal operator+(const Decimal& a, const Decimal& b) {
  const int decimals = std::max(a.decimals_, b.decimals_);
  return Decimal(Decimal::Int(a.UnscaledAt(decimals) + b.UnscaledAt(decimals)), decimals);
}

Decimal operator-(const Decimal& a, const Decimal& b) { return a + -b; }

Decimal operator*(const Decimal& a, const Decimal& b) {
  return Decimal(Decimal::Int(a.unscaled_ * b.unscaled_), a.decimals_ + b.decimals_);
}

std::weak_ordering operator<=>(const Decimal& a, const Decimal& b) {
  const int decimals = std::max(a.decimals_, b.decimals_);
  return ByCompare(a.UnscaledAt(decimals).compare(b.UnscaledAt(decimals)));
}

Ratio::Ratio(const Decimal& number) : value_(number.unscaled_, PowerOfTen(number.decimals_)) {}

std::optional<Ratio> Ratio::Of(const Decimal& numerator, const Decimal& denominator) {
  if (denominator.IsZero()) return std::nullopt;
  const int decimals = std::max(numerator.decimals_, denominator.decimals_);
  // The library throws at a negative denominator: the sign goes to the numerator.
  const int sign = denominator.IsNegative() ? -1 : 1;
  return Ratio(Rational(cpp_int(sign * numerator.UnscaledAt(decimals)),
                        cpp_int(sign * denominator.UnscaledAt(decimals))));
}

Decimal Ratio::RoundHalfUp(int decimals) const {
  assert(decimals >= 0);
  const cpp_int numerator = boost::multiprecision::numerator(value_) * PowerOfTen(decimals);
  return Decimal(DivideHalfUp(numerator, boost::multiprecision::denominator(value_)), decimals);
}

Ratio operator+(const Ratio& a, const Ratio& b) {
  return Ratio(Ratio::Rational(a.value_ + b.value_));
}

Ratio operator-(const Ratio& a, const Ratio& b) {
  return Ratio(Ratio::Rational(a.value_ - b.value_));
}

Ratio operator*(const Ratio& a, const Ratio& b) {
  return Ratio(Ratio::Rational(a.value_ * b.value_));
}

std::strong_ordering operator<=>(const Ratio& a, const Ratio& b) {
  const int comparison = a.value_.compare(b.value_);
  return comparison < 0   ? std::strong_ordering::less
         : comparison > 0 ? std::strong_ordering::greater
                          : std::strong_ordering::equal;
}

std::optional<Ratio> PercentRatio(const Decimal& part, const Decimal& whole) {
  return Ratio::Of(part * Decimal(100), whole);
}

std::optional<Decimal> Percent(const Decimal& part, const Decimal& whole, int decimals) {
  const std::optional<Ratio> ratio = PercentRatio(part, whole);
  if (!ratio) return std::nullopt;
  return ratio->RoundHalfUp(decimals);
}

std::optional<Decimal> ChangePercent(const Decimal& before, const Decimal& after, int decimals) {
  return Percent(after - before, before.IsNegative() ? -before : before, decimals);
}

}  // namespace daybook::values
