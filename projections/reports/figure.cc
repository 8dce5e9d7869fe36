#include "projections/reports/figure.h"

#include <algorithm>

#include "proto/values/quantity.h"

namespace daybook::reports {
namespace {

using actions::events::v1::TargetSet;
using types::v1::Quantity;

constexpr std::size_t kGroup = 3;
constexpr std::string_view kPercentSign = "%";

std::optional<values::Comparator> ComparatorOf(TargetSet::Comparator comparator) {
  switch (comparator) {
    case TargetSet::COMPARATOR_AT_LEAST:
      return values::Comparator::kAtLeast;
    case TargetSet::COMPARATOR_AT_MOST:
      return values::Comparator::kAtMost;
    case TargetSet::COMPARATOR_EQUAL:
      return values::Comparator::kEqual;
    default:
      return std::nullopt;
  }
}

// A printed percentage has the words of a number.
Quantity AsQuantity(const types::v1::PrintedPercent& printed) {
  Quantity quantity;
  quantity.set_value(printed.percent());
  quantity.set_precision(printed.precision());
  return quantity;
}

bool IsPercentUnit(std::string_view unit) { return unit == "percent" || unit == kPercentSign; }

}  // namespace

std::optional<Decimal> NumberOf(std::string_view text) { return Decimal::Parse(text); }

std::optional<Decimal> ExactNumber(const Figure& figure) {
  return figure.form == Figure::Form::kNumber ? values::ExactNumber(figure.number) : std::nullopt;
}

std::string Words(const Figure& figure) {
  switch (figure.form) {
    case Figure::Form::kNumber:
      return values::QuantityText(figure.number);
    case Figure::Form::kShare:
      return figure.share.numerator() + " of " + figure.share.denominator();
    case Figure::Form::kPrintedPercent:
      return values::QuantityText(AsQuantity(figure.printed));
    case Figure::Form::kNone:
      break;
  }
  return "";
}

std::string WordsWithUnit(const Figure& figure, std::string_view unit) {
  std::string words = Words(figure);
  if (figure.form == Figure::Form::kPrintedPercent) {
    words += " percent";
    if (!unit.empty() && !IsPercentUnit(unit)) words += " of " + std::string(unit);
    return words;
  }
  const bool absent = figure.form == Figure::Form::kNumber &&
                      figure.number.absence() != Quantity::ABSENCE_UNSPECIFIED;
  if (!unit.empty() && !absent) words += " " + std::string(unit);
  if (figure.form == Figure::Form::kShare) {
    const auto part = NumberOf(figure.share.numerator());
    const auto whole = NumberOf(figure.share.denominator());
    if (part && whole) words += " (" + PercentText(*part, *whole) + " percent)";
  }
  return words;
}

Answer Satisfies(const Figure& figure, TargetSet::Comparator comparator, const Decimal& threshold) {
  const std::optional<values::Comparator> meant = ComparatorOf(comparator);
  if (!meant) return Answer::kCannotTell;
  switch (figure.form) {
    case Figure::Form::kNumber:
      return values::Satisfies(figure.number, *meant, threshold);
    case Figure::Form::kShare:
      return values::Satisfies(figure.share, *meant, threshold);
    case Figure::Form::kPrintedPercent:
      return values::Satisfies(figure.printed, *meant, threshold);
    case Figure::Form::kNone:
      break;
  }
  return Answer::kCannotTell;
}

std::string PercentText(const Decimal& part, const Decimal& whole) {
  if (whole <= Decimal(0)) return "";
  const std::optional<Decimal> percent = values::Percent(part, whole, 1);
  return percent ? percent->ToString() : "";
}

std::string ChangePercentText(const Decimal& previous, const Decimal& current) {
  if (previous <= Decimal(0)) return "";
  const std::optional<Decimal> change = values::ChangePercent(previous, current, 1);
  return change ? change->ToSignedString() : "";
}

std::string SignedText(const Decimal& difference) { return difference.ToSignedString(); }

std::string Grouped(std::string_view decimal) {
  const std::size_t first = decimal.starts_with('-') ? 1 : 0;
  const std::size_t point = std::min(decimal.find('.'), decimal.size());
  std::string grouped(decimal.substr(0, first));
  for (std::size_t i = first; i < point; ++i) {
    if (i > first && (point - i) % kGroup == 0) grouped.push_back(',');
    grouped.push_back(decimal[i]);
  }
  return grouped.append(decimal.substr(point));
}

}  // namespace daybook::reports
