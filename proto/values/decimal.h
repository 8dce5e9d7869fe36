// Exact numbers: decimals as partners report them, and the ratios that reports make of them. No
// floating point anywhere; rounding is half up, away from zero, and happens only where it is asked
// for.
//
// Plain values: copyable, comparable, any thread. Numbers have no upper bound, so nothing
// overflows.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace daybook::values {

// Boost's numbers, defined in decimal.cc: their headers are four hundred, and half of the tree
// includes this one.
struct UnboundedInteger;
struct UnboundedRatio;

// A Number in place, without its type's definition. Moved from, it may only be assigned to or
// destroyed.
template <class Number, std::size_t kBytes>
class Opaque {
 public:
  Opaque();  // 0
  explicit Opaque(Number&& number) noexcept;
  Opaque(const Opaque& other);
  Opaque(Opaque&& other) noexcept;
  Opaque& operator=(const Opaque& other);
  Opaque& operator=(Opaque&& other) noexcept;
  ~Opaque();

  Number* operator->();
  const Number* operator->() const;

 private:
  alignas(std::max_align_t) std::byte bytes_[kBytes];
};
extern template class Opaque<UnboundedInteger, 32>;
extern template class Opaque<UnboundedRatio, 64>;

class Ratio;

// A number with a fixed count of digits after the point. The count is kept ("2.50" prints as
// "2.50") and plays no part in comparisons (2.50 == 2.5).
class Decimal {
 public:
  static constexpr int kDigitsMax = 18;   // of a parsed number, before and after the point together
  static constexpr int kDecimalsMax = 6;  // of a parsed number

  Decimal() = default;  // 0
  explicit Decimal(std::int64_t whole);

  // The strict form of the contracts: optional "-", at least one digit before the point, at least
  // one after it if there is one, at most 18 digits of which 6 after the point. No "+", grouping,
  // exponent or space. nullopt for anything else.
  static std::optional<Decimal> Parse(std::string_view text);

  // unscaled * 10^-decimals: FromUnscaled(25, 2) = 0.25. `decimals` >= 0.
  static Decimal FromUnscaled(std::int64_t unscaled, int decimals);

  // Digits after the point.
  int decimals() const { return decimals_; }
  bool IsZero() const;
  bool IsNegative() const;
  // No fraction, however it is written: 5.0 is whole.
  bool IsWhole() const;

  // Half up, away from zero at the half: 0.25 -> 0.3, -0.25 -> -0.3. Pads with zeros where it has
  // fewer. `decimals` >= 0.
  Decimal RoundHalfUp(int decimals) const;
  // The same number without zeros at the end of the fraction.
  Decimal Trimmed() const;

  // "-8.63", "0.5", "1620". Zero has no sign.
  std::string ToString() const;
  // "+10.6", "-8.6", "0.0".
  std::string ToSignedString() const;

  Decimal operator-() const;
  friend Decimal operator+(const Decimal& a, const Decimal& b);
  friend Decimal operator-(const Decimal& a, const Decimal& b);
  friend Decimal operator*(const Decimal& a, const Decimal& b);
  Decimal& operator+=(const Decimal& other) { return *this = *this + other; }
  Decimal& operator-=(const Decimal& other) { return *this = *this - other; }

  friend bool operator==(const Decimal& a, const Decimal& b) { return (a <=> b) == 0; }
  friend std::weak_ordering operator<=>(const Decimal& a, const Decimal& b);

 private:
  friend class Ratio;
  Decimal(UnboundedInteger&& unscaled, int decimals);
  // For decimals >= decimals_.
  UnboundedInteger UnscaledAt(int decimals) const;

  Opaque<UnboundedInteger, 32> unscaled_;
  int decimals_ = 0;
};

// The exact quotient of two decimals. What is ranked and compared is a Ratio; what is shown is its
// rounding.
class Ratio {
 public:
  Ratio() = default;  // 0
  explicit Ratio(const Decimal& number);
  // numerator / denominator; nullopt for a denominator of 0.
  static std::optional<Ratio> Of(const Decimal& numerator, const Decimal& denominator);

  bool IsZero() const;
  bool IsNegative() const;
  Decimal RoundHalfUp(int decimals) const;

  friend Ratio operator+(const Ratio& a, const Ratio& b);
  friend Ratio operator-(const Ratio& a, const Ratio& b);
  friend Ratio operator*(const Ratio& a, const Ratio& b);
  friend Ratio operator*(const Ratio& a, const Decimal& b) { return a * Ratio(b); }
  friend bool operator==(const Ratio& a, const Ratio& b);
  friend std::strong_ordering operator<=>(const Ratio& a, const Ratio& b);

 private:
  explicit Ratio(UnboundedRatio&& value);

  Opaque<UnboundedRatio, 64> value_;
};

// 100 * part / whole, unrounded; nullopt for a whole of 0.
std::optional<Ratio> PercentRatio(const Decimal& part, const Decimal& whole);
// 100 * part / whole, rounded half up: Percent(8, 74, 1) = 10.8. nullopt for a whole of 0.
std::optional<Decimal> Percent(const Decimal& part, const Decimal& whole, int decimals);
// 100 * (after - before) / |before|, rounded half up: ChangePercent(18641, 17032, 2) = -8.63.
// nullopt for a before of 0.
std::optional<Decimal> ChangePercent(const Decimal& before, const Decimal& after, int decimals);

}  // namespace daybook::values
