#include "proto/values/precision.h"

#include "proto/values/quantity.h"

namespace daybook::values {
namespace {

using types::v1::Precision;
using types::v1::Quantity;

// What the figure may be: between the ends that are known, an open end not included.
struct Bounds {
  std::optional<Ratio> low;
  std::optional<Ratio> high;
  bool low_open = false;
  bool high_open = false;
};

Bounds BoundsOf(const Decimal& value, const std::optional<Decimal>& upper, Precision precision) {
  Bounds bounds;
  const Ratio ratio(value);
  switch (precision) {
    case types::v1::PRECISION_MORE_THAN:
    case types::v1::PRECISION_AT_LEAST:
      bounds.low = ratio;
      bounds.low_open = precision == types::v1::PRECISION_MORE_THAN;
      break;
    case types::v1::PRECISION_LESS_THAN:
    case types::v1::PRECISION_AT_MOST:
      bounds.high = ratio;
      bounds.high_open = precision == types::v1::PRECISION_LESS_THAN;
      break;
    case types::v1::PRECISION_UNSPECIFIED:
    case types::v1::PRECISION_EXACT:
    case types::v1::PRECISION_COUNTED:
      bounds.low = ratio;
      bounds.high = Ratio(upper.value_or(value));
      break;
    default:  // about, and words of a later release
      break;
  }
  return bounds;
}

Answer AtLeast(const Bounds& bounds, const Ratio& threshold) {
  if (bounds.low && *bounds.low >= threshold) return Answer::kYes;
  if (bounds.high &&
      (*bounds.high < threshold || (*bounds.high == threshold && bounds.high_open))) {
    return Answer::kNo;
  }
  return Answer::kCannotTell;
}

Answer MoreThan(const Bounds& bounds, const Ratio& threshold) {
  if (bounds.low && (*bounds.low > threshold || (*bounds.low == threshold && bounds.low_open))) {
    return Answer::kYes;
  }
  return bounds.high && *bounds.high <= threshold ? Answer::kNo : Answer::kCannotTell;
}

Answer Not(Answer answer) {
  return answer == Answer::kYes  ? Answer::kNo
         : answer == Answer::kNo ? Answer::kYes
                                 : Answer::kCannotTell;
}

Answer Equal(const Bounds& bounds, const Ratio& threshold) {
  if (AtLeast(bounds, threshold) == Answer::kNo || MoreThan(bounds, threshold) == Answer::kYes) {
    return Answer::kNo;
  }
  const bool one_number = bounds.low && bounds.high && *bounds.low == *bounds.high;
  return one_number ? Answer::kYes : Answer::kCannotTell;
}

Answer Compare(const Bounds& bounds, Comparator comparator, const Ratio& threshold) {
  switch (comparator) {
    case Comparator::kAtLeast:
      return AtLeast(bounds, threshold);
    case Comparator::kAtMost:
      return Not(MoreThan(bounds, threshold));
    case Comparator::kEqual:
      return Equal(bounds, threshold);
    case Comparator::kMoreThan:
      return MoreThan(bounds, threshold);
    case Comparator::kLessThan:
      return Not(AtLeast(bounds, threshold));
  }
  return Answer::kCannotTell;
}

}  // namespace

Answer Satisfies(const Quantity& quantity, Comparator comparator, const Decimal& threshold) {
  const std::optional<Decimal> value = Decimal::Parse(quantity.value());
  if (!value) return Answer::kCannotTell;
  if (quantity.absence() == Quantity::ABSENCE_SUPPRESSED_BELOW) {
    Bounds bounds;
    bounds.low = Ratio();
    bounds.high = Ratio(*value - Decimal(1));
    return Compare(bounds, comparator, Ratio(threshold));
  }
  if (quantity.absence() != Quantity::ABSENCE_UNSPECIFIED) return Answer::kCannotTell;
  std::optional<Decimal> upper;
  if (!quantity.upper().empty()) {
    upper = Decimal::Parse(quantity.upper());
    if (!upper) return Answer::kCannotTell;
  }
  return Compare(BoundsOf(*value, upper, quantity.precision()), comparator, Ratio(threshold));
}

Answer Satisfies(const types::v1::PrintedPercent& printed, Comparator comparator,
                 const Decimal& threshold) {
  const std::optional<Decimal> percent = Decimal::Parse(printed.percent());
  if (!percent) return Answer::kCannotTell;
  return Compare(BoundsOf(*percent, std::nullopt, printed.precision()), comparator,
                 Ratio(threshold));
}

Answer Satisfies(const types::v1::Share& share, Comparator comparator, const Decimal& threshold) {
  const std::optional<Ratio> percent = ShareRatio(share);
  if (!percent) return Answer::kCannotTell;
  Bounds bounds;
  bounds.low = percent;
  bounds.high = percent;
  return Compare(bounds, comparator, Ratio(threshold));
}

}  // namespace daybook::values
