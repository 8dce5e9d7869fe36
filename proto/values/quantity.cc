#include "proto/values/quantity.h"

#include <string>

namespace daybook::values {
namespace {

using types::v1::Quantity;

constexpr std::string_view kDecimalForm =
    "Not a decimal number: optional minus, at most 18 digits, at most 6 of them after the point, "
    "no "
    "grouping.";
constexpr std::string_view kDecimalRemedy = "Write it like 1620 or 23.4.";
constexpr std::string_view kUpgrade = "Use a registered value, or upgrade the server.";

std::optional<Decimal> ReadDecimal(std::string field, const std::string& text, Problems& problems) {
  std::optional<Decimal> number = Decimal::Parse(text);
  if (!number) {
    AddProblem(problems, reason::kInvalidField, std::move(field), kDecimalForm, kDecimalRemedy);
  }
  return number;
}

std::optional<Decimal> RequireDecimal(std::string field, const std::string& text,
                                      Problems& problems) {
  if (!text.empty()) return ReadDecimal(std::move(field), text, problems);
  AddProblem(problems, reason::kMissingField, std::move(field), "The number is missing.",
             "Give it as the source has it.");
  return std::nullopt;
}

void CheckPrecision(std::string_view field, types::v1::Precision precision, Problems& problems) {
  if (!types::v1::Precision_IsValid(precision)) {
    AddProblem(problems, reason::kUnknownValue, FieldPath(field, "precision"),
               "A precision that is not registered.", kUpgrade);
  }
}

void CheckBounds(std::string_view field, const Decimal& number, types::v1::Precision precision,
                 const NumberRules& rules, Problems& problems) {
  const Decimal hundred(100);
  if (number.IsNegative() && !rules.may_be_negative) {
    AddProblem(problems, reason::kNegativeCount, std::string(field), "The number is below zero.",
               "Correct it; a fall is a change, not a count.");
  } else if (rules.parts_of_whole &&
             (number > hundred ||
              (number == hundred && precision == types::v1::PRECISION_MORE_THAN))) {
    AddProblem(problems, reason::kPercentOver100, std::string(field),
               "Parts of a whole cannot be more than 100 percent of it.",
               "Give numerator and denominator, or correct the percentage.");
  }
}

bool RangeContradicts(types::v1::Precision precision) {
  return precision == types::v1::PRECISION_MORE_THAN ||
         precision == types::v1::PRECISION_AT_LEAST ||
         precision == types::v1::PRECISION_LESS_THAN || precision == types::v1::PRECISION_AT_MOST;
}

void CheckUpper(std::string_view field, const Quantity& quantity,
                const std::optional<Decimal>& value, const NumberRules& rules, Problems& problems) {
  if (quantity.upper().empty()) return;
  const std::string upper_field = FieldPath(field, "upper");
  const std::optional<Decimal> upper = ReadDecimal(upper_field, quantity.upper(), problems);
  if (!upper) return;
  if (value && *upper <= *value) {
    AddProblem(problems, reason::kInvalidField, upper_field,
               "The upper end of the range is not above its lower end.",
               "Give the lower end as value and the higher one as upper.");
    return;
  }
  CheckBounds(upper_field, *upper, quantity.precision(), rules, problems);
  if (RangeContradicts(quantity.precision())) {
    AddProblem(problems, reason::kInvalidField, FieldPath(field, "precision"),
               "A range already says how far the number goes; it is exact, counted or about.",
               "Leave out the precision or the upper end.");
  }
}

// No number at all: nothing may stand beside the reason.
void CheckAbsent(std::string_view field, const Quantity& quantity, Problems& problems) {
  const auto refuse = [&](std::string_view member) {
    AddProblem(problems, reason::kInvalidField, FieldPath(field, member),
               "There is a number although the figure is said to be absent.",
               "Leave out the number or the absence.");
  };
  if (!quantity.value().empty()) refuse("value");
  if (!quantity.upper().empty()) refuse("upper");
  if (quantity.precision() != types::v1::PRECISION_UNSPECIFIED) {
    AddProblem(problems, reason::kInvalidField, FieldPath(field, "precision"),
               "Precision words of a figure that is absent.", "Leave them out.");
  }
}

// "<5": the limit stands in `value`.
void CheckSuppressed(std::string_view field, const Quantity& quantity, Problems& problems) {
  const std::string value_field = FieldPath(field, "value");
  const std::optional<Decimal> limit = RequireDecimal(value_field, quantity.value(), problems);
  if (limit && (*limit <= Decimal(0) || !limit->IsWhole())) {
    AddProblem(problems, reason::kInvalidField, value_field,
               "The limit of a suppression is a whole number above zero.",
               "Give the limit of the source's rule, for example 5 for \"fewer than 5\".");
  }
  if (!quantity.upper().empty()) {
    AddProblem(problems, reason::kInvalidField, FieldPath(field, "upper"),
               "A suppressed figure has no upper end.", "Leave it out.");
  }
  if (quantity.precision() != types::v1::PRECISION_UNSPECIFIED) {
    AddProblem(problems, reason::kInvalidField, FieldPath(field, "precision"),
               "Precision words of a figure that is suppressed.", "Leave them out.");
  }
}

bool AllDigitsAgree(const Decimal& part, const Decimal& whole, const Decimal& printed) {
  return Percent(part, whole, printed.decimals()) == printed;
}

}  // namespace

void CheckQuantity(std::string_view field, const Quantity& quantity, const NumberRules& rules,
                   Problems& problems) {
  CheckPrecision(field, quantity.precision(), problems);
  if (!Quantity::Absence_IsValid(quantity.absence())) {
    AddProblem(problems, reason::kUnknownValue, FieldPath(field, "absence"),
               "A reason for the absence that is not registered.", kUpgrade);
    return;
  }
  if (quantity.absence() == Quantity::ABSENCE_SUPPRESSED_BELOW) {
    CheckSuppressed(field, quantity, problems);
    return;
  }
  if (quantity.absence() != Quantity::ABSENCE_UNSPECIFIED) {
    CheckAbsent(field, quantity, problems);
    return;
  }
  const std::string value_field = FieldPath(field, "value");
  if (quantity.value().empty()) {
    AddProblem(problems, reason::kMissingField, value_field, "The number is missing.",
               "Give it, or say with absence why there is none.");
    return;
  }
  const std::optional<Decimal> value = ReadDecimal(value_field, quantity.value(), problems);
  if (value) CheckBounds(value_field, *value, quantity.precision(), rules, problems);
  CheckUpper(field, quantity, value, rules, problems);
}

void CheckShare(std::string_view field, const types::v1::Share& share, Problems& problems) {
  const std::string part_field = FieldPath(field, "numerator");
  const std::string whole_field = FieldPath(field, "denominator");
  const std::string printed_field = FieldPath(field, "printed_percent");
  const std::optional<Decimal> part = RequireDecimal(part_field, share.numerator(), problems);
  const std::optional<Decimal> whole = RequireDecimal(whole_field, share.denominator(), problems);
  std::optional<Decimal> printed;
  if (!share.printed_percent().empty()) {
    printed = ReadDecimal(printed_field, share.printed_percent(), problems);
  }
  if (part && part->IsNegative()) {
    AddProblem(problems, reason::kNegativeCount, part_field, "The part is below zero.",
               "Correct it.");
    return;
  }
  if (whole && *whole <= Decimal(0)) {
    AddProblem(problems, reason::kInvalidField, whole_field, "The whole is not above zero.",
               "Correct it, or report a figure that is absent.");
    return;
  }
  if (!part || !whole) return;
  if (*part > *whole) {
    AddProblem(problems, reason::kShareDisagrees, part_field, "The part is larger than the whole.",
               "See that the two are not swapped and count the same thing.");
  } else if (printed && !AllDigitsAgree(*part, *whole, *printed)) {
    AddProblem(
        problems, reason::kShareDisagrees, printed_field,
        "The printed percentage is not the part divided by the whole, rounded half up at its "
        "own decimals.",
        "Correct the parts, or report the percentage alone as printed, parts not given.");
  }
}

void CheckPrintedPercent(std::string_view field, const types::v1::PrintedPercent& printed,
                         const NumberRules& rules, Problems& problems) {
  CheckPrecision(field, printed.precision(), problems);
  if (!types::v1::PrintedPercent::Missing_IsValid(printed.missing())) {
    AddProblem(problems, reason::kUnknownValue, FieldPath(field, "missing"),
               "A missing part that is not registered.", kUpgrade);
  }
  const std::string percent_field = FieldPath(field, "percent");
  const std::optional<Decimal> percent = RequireDecimal(percent_field, printed.percent(), problems);
  if (percent) CheckBounds(percent_field, *percent, printed.precision(), rules, problems);
}

void CheckPrintedChange(std::string_view field, const types::v1::PrintedChange& change,
                        Problems& problems) {
  const std::string percent_field = FieldPath(field, "percent");
  const std::string absolute_field = FieldPath(field, "absolute");
  if (change.percent().empty() && change.absolute().empty()) {
    AddProblem(problems, reason::kMissingField, percent_field, "The change is missing.",
               "Give the percentage, the absolute change, or both, as printed.");
    return;
  }
  std::optional<Decimal> percent;
  std::optional<Decimal> absolute;
  if (!change.percent().empty()) percent = ReadDecimal(percent_field, change.percent(), problems);
  if (!change.absolute().empty()) {
    absolute = ReadDecimal(absolute_field, change.absolute(), problems);
  }
  if (percent && *percent < Decimal(-100)) {
    AddProblem(problems, reason::kInvalidField, percent_field,
               "Nothing can fall by more than 100 percent.", "Correct the percentage.");
  }
  // A rounded 0 goes with either direction.
  if (percent && absolute && !percent->IsZero() && !absolute->IsZero() &&
      percent->IsNegative() != absolute->IsNegative()) {
    AddProblem(problems, reason::kInvalidField, absolute_field,
               "The two changes have opposite signs.",
               "Give a fall with a minus sign in both fields.");
  }
}

std::optional<Decimal> ExactNumber(const types::v1::Quantity& quantity) {
  using types::v1::Quantity;
  const bool is_exact = quantity.absence() == Quantity::ABSENCE_UNSPECIFIED &&
                        quantity.upper().empty() &&
                        (quantity.precision() == types::v1::PRECISION_UNSPECIFIED ||
                         quantity.precision() == types::v1::PRECISION_EXACT ||
                         quantity.precision() == types::v1::PRECISION_COUNTED);
  return is_exact ? Decimal::Parse(quantity.value()) : std::nullopt;
}

std::optional<Ratio> ShareRatio(const types::v1::Share& share) {
  const std::optional<Decimal> part = Decimal::Parse(share.numerator());
  const std::optional<Decimal> whole = Decimal::Parse(share.denominator());
  if (!part || !whole) return std::nullopt;
  return PercentRatio(*part, *whole);
}

}  // namespace daybook::values
