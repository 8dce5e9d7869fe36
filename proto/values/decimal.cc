#include "proto/values/decimal.h"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <cassert>
#include <new>
#include <utility>

#include "proto/values/text.h"

namespace daybook::values {

using boost::multiprecision::cpp_int;
using boost::multiprecision::cpp_rational;

struct UnboundedInteger {
  cpp_int n = 0;
};
struct UnboundedRatio {
  cpp_rational n = 0;
};

template <class Number, std::size_t kBytes>
Opaque<Number, kBytes>::Opaque() : Opaque(Number()) {}

template <class Number, std::size_t kBytes>
Opaque<Number, kBytes>::Opaque(Number&& number) noexcept {
  static_assert(sizeof(Number) <= kBytes && alignof(Number) <= alignof(std::max_align_t));
  new (bytes_) Number(std::move(number));
}

template <class Number, std::size_t kBytes>
Opaque<Number, kBytes>::Opaque(const Opaque& other) : Opaque(Number{other->n}) {}

template <class Number, std::size_t kBytes>
Opaque<Number, kBytes>::Opaque(Opaque&& other) noexcept : Opaque(Number{std::move(other->n)}) {}

template <class Number, std::size_t kBytes>
Opaque<Number, kBytes>& Opaque<Number, kBytes>::operator=(const Opaque& other) {
  if (this != &other) (*this)->n = other->n;
  return *this;
}

template <class Number, std::size_t kBytes>
Opaque<Number, kBytes>& Opaque<Number, kBytes>::operator=(Opaque&& other) noexcept {
  if (this != &other) (*this)->n = std::move(other->n);
  return *this;
}

template <class Number, std::size_t kBytes>
Opaque<Number, kBytes>::~Opaque() {
  (*this)->~Number();
}

template <class Number, std::size_t kBytes>
Number* Opaque<Number, kBytes>::operator->() {
  return std::launder(reinterpret_cast<Number*>(bytes_));
}

template <class Number, std::size_t kBytes>
const Number* Opaque<Number, kBytes>::operator->() const {
  return std::launder(reinterpret_cast<const Number*>(bytes_));
}

template class Opaque<UnboundedInteger, 32>;
template class Opaque<UnboundedRatio, 64>;

namespace {

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

std::weak_ordering ByCompare(int comparison) {
  return comparison < 0   ? std::weak_ordering::less
         : comparison > 0 ? std::weak_ordering::greater
                          : std::weak_ordering::equivalent;
}

}  // namespace

Decimal::Decimal(std::int64_t whole) : unscaled_(UnboundedInteger{whole}) {}

Decimal::Decimal(UnboundedInteger&& unscaled, int decimals)
    : unscaled_(std::move(unscaled)), decimals_(decimals) {}

Decimal Decimal::FromUnscaled(std::int64_t unscaled, int decimals) {
  return Decimal({unscaled}, decimals);
}

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
  return FromUnscaled(negative ? -unscaled : unscaled, static_cast<int>(fraction.size()));
}

UnboundedInteger Decimal::UnscaledAt(int decimals) const {
  if (decimals == decimals_) return {unscaled_->n};
  return {unscaled_->n * PowerOfTen(decimals - decimals_)};
}

bool Decimal::IsZero() const { return unscaled_->n.is_zero(); }
bool Decimal::IsNegative() const { return unscaled_->n.sign() < 0; }
bool Decimal::IsWhole() const { return unscaled_->n % PowerOfTen(decimals_) == 0; }

Decimal Decimal::RoundHalfUp(int decimals) const {
  assert(decimals >= 0);
  if (decimals >= decimals_) return Decimal(UnscaledAt(decimals), decimals);
  return Decimal({DivideHalfUp(unscaled_->n, PowerOfTen(decimals_ - decimals))}, decimals);
}

Decimal Decimal::Trimmed() const {
  Decimal trimmed = *this;
  while (trimmed.decimals_ > 0 && trimmed.unscaled_->n % 10 == 0) {
    trimmed.unscaled_->n /= 10;
    --trimmed.decimals_;
  }
  return trimmed;
}

std::string Decimal::ToString() const {
  const cpp_int magnitude = boost::multiprecision::abs(unscaled_->n);
  std::string text = magnitude.str();
  const auto decimals = static_cast<std::size_t>(decimals_);
  if (text.size() <= decimals) text.insert(0, decimals + 1 - text.size(), '0');
  if (decimals > 0) text.insert(text.size() - decimals, ".");
  if (IsNegative()) text.insert(0, "-");
  return text;
}

std::string Decimal::ToSignedString() const {
  return unscaled_->n.sign() > 0 ? "+" + ToString() : ToString();
}

Decimal Decimal::operator-() const { return Decimal({-unscaled_->n}, decimals_); }

Decimal operator+(const Decimal& a, const Decimal& b) {
  const int decimals = std::max(a.decimals_, b.decimals_);
  return Decimal({a.UnscaledAt(decimals).n + b.UnscaledAt(decimals).n}, decimals);
}

Decimal operator-(const Decimal& a, const Decimal& b) { return a + -b; }

Decimal operator*(const Decimal& a, const Decimal& b) {
  return Decimal({a.unscaled_->n * b.unscaled_->n}, a.decimals_ + b.decimals_);
}

std::weak_ordering operator<=>(const Decimal& a, const Decimal& b) {
  const int decimals = std::max(a.decimals_, b.decimals_);
  return ByCompare(a.UnscaledAt(decimals).n.compare(b.UnscaledAt(decimals).n));
}

Ratio::Ratio(UnboundedRatio&& value) : value_(std::move(value)) {}

Ratio::Ratio(const Decimal& number)
    : Ratio({cpp_rational(number.unscaled_->n, PowerOfTen(number.decimals_))}) {}

bool Ratio::IsZero() const { return value_->n.is_zero(); }
bool Ratio::IsNegative() const { return value_->n.sign() < 0; }

std::optional<Ratio> Ratio::Of(const Decimal& numerator, const Decimal& denominator) {
  if (denominator.IsZero()) return std::nullopt;
  const int decimals = std::max(numerator.decimals_, denominator.decimals_);
  // The library throws at a negative denominator: the sign goes to the numerator.
  const int sign = denominator.IsNegative() ? -1 : 1;
  return Ratio({cpp_rational(cpp_int(sign * numerator.UnscaledAt(decimals).n),
                             cpp_int(sign * denominator.UnscaledAt(decimals).n))});
}

Decimal Ratio::RoundHalfUp(int decimals) const {
  assert(decimals >= 0);
  const cpp_int numerator = boost::multiprecision::numerator(value_->n) * PowerOfTen(decimals);
  return Decimal({DivideHalfUp(numerator, boost::multiprecision::denominator(value_->n))},
                 decimals);
}

Ratio operator+(const Ratio& a, const Ratio& b) { return Ratio({a.value_->n + b.value_->n}); }

Ratio operator-(const Ratio& a, const Ratio& b) { return Ratio({a.value_->n - b.value_->n}); }

Ratio operator*(const Ratio& a, const Ratio& b) { return Ratio({a.value_->n * b.value_->n}); }

bool operator==(const Ratio& a, const Ratio& b) { return a.value_->n == b.value_->n; }

std::strong_ordering operator<=>(const Ratio& a, const Ratio& b) {
  const int comparison = a.value_->n.compare(b.value_->n);
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
