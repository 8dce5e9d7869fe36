// Precision words and figures as people write them.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "proto/values/precision.h"
#include "proto/values/text.h"

namespace daybook::values {
namespace {

using types::v1::Precision;
using types::v1::Quantity;

struct Words {
  std::string_view text;
  Precision precision;
};

constexpr Words kWords[] = {
    {"", types::v1::PRECISION_EXACT},
    {"exact", types::v1::PRECISION_EXACT},
    {"exactly", types::v1::PRECISION_EXACT},
    {"about", types::v1::PRECISION_ABOUT},
    {"approx", types::v1::PRECISION_ABOUT},
    {"approx.", types::v1::PRECISION_ABOUT},
    {"approximately", types::v1::PRECISION_ABOUT},
    {"around", types::v1::PRECISION_ABOUT},
    {"circa", types::v1::PRECISION_ABOUT},
    {"c.", types::v1::PRECISION_ABOUT},
    {"~", types::v1::PRECISION_ABOUT},
    {">", types::v1::PRECISION_MORE_THAN},
    {"over", types::v1::PRECISION_MORE_THAN},
    {"more than", types::v1::PRECISION_MORE_THAN},
    {"above", types::v1::PRECISION_MORE_THAN},
    {"greater than", types::v1::PRECISION_MORE_THAN},
    {">=", types::v1::PRECISION_AT_LEAST},
    {"at least", types::v1::PRECISION_AT_LEAST},
    {"minimum", types::v1::PRECISION_AT_LEAST},
    {"no fewer than", types::v1::PRECISION_AT_LEAST},
    {"+", types::v1::PRECISION_AT_LEAST},
    {"<", types::v1::PRECISION_LESS_THAN},
    {"fewer than", types::v1::PRECISION_LESS_THAN},
    {"less than", types::v1::PRECISION_LESS_THAN},
    {"under", types::v1::PRECISION_LESS_THAN},
    {"below", types::v1::PRECISION_LESS_THAN},
    {"<=", types::v1::PRECISION_AT_MOST},
    {"up to", types::v1::PRECISION_AT_MOST},
    {"at most", types::v1::PRECISION_AT_MOST},
    {"maximum", types::v1::PRECISION_AT_MOST},
    {"no more than", types::v1::PRECISION_AT_MOST},
    {"counted", types::v1::PRECISION_COUNTED},
};

struct AbsenceWords {
  std::string_view text;
  Quantity::Absence absence;
};

constexpr AbsenceWords kAbsences[] = {
    {"not collected", Quantity::ABSENCE_NOT_COLLECTED},
    {"not applicable", Quantity::ABSENCE_NOT_APPLICABLE},
    {"not yet due", Quantity::ABSENCE_NOT_YET_DUE},
};

constexpr std::string_view kSuppressed = "(suppressed)";
constexpr std::string_view kDigits = "0123456789";

// ASCII only: words of the field have no other letters.
std::string Lower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower;
}

// "1,620" -> "1620"; nullopt where a group has not three digits. Numbers without commas pass.
std::optional<std::string> Ungrouped(std::string_view number) {
  std::size_t comma = number.find(',');
  if (comma == std::string_view::npos) return std::string(number);
  const std::size_t sign = number.starts_with('-') ? 1 : 0;
  if (comma == sign || comma > sign + 3) return std::nullopt;
  std::string digits(number.substr(0, comma));
  while (comma < number.size() && number[comma] == ',') {
    const std::string_view group = number.substr(comma + 1, 3);
    if (group.size() != 3 || !std::ranges::all_of(group, IsDigit)) return std::nullopt;
    digits += group;
    comma += 4;
  }
  if (comma < number.size() && number[comma] != '.') return std::nullopt;
  return digits.append(number.substr(std::min(comma, number.size())));
}

// The number without grouping, if it is one of the strict form then.
std::optional<std::string> NumberText(std::string_view text) {
  const std::optional<std::string> number = Ungrouped(Trim(text));
  if (!number || !Decimal::Parse(*number)) return std::nullopt;
  return number;
}

// Where the number begins: its first digit, or the minus right before it.
std::size_t NumberStart(std::string_view text) {
  const std::size_t digit = text.find_first_of(kDigits);
  if (digit == std::string_view::npos || digit == 0) return digit;
  return text[digit - 1] == '-' ? digit - 1 : digit;
}

// "8" and "10" of "8 to 10" or "8-10".
struct Ends {
  std::string_view value;
  std::optional<std::string_view> upper;
};

Ends SplitRange(std::string_view number) {
  for (const std::string_view separator : {std::string_view(" to "), std::string_view("-")}) {
    const std::size_t at = number.find(separator, 1);  // 1: a minus in front is no separator
    if (at != std::string_view::npos) {
      return {number.substr(0, at), number.substr(at + separator.size())};
    }
  }
  return {number, std::nullopt};
}

}  // namespace

std::optional<Precision> PrecisionFromWords(std::string_view words) {
  const std::string lower = Lower(Trim(words));
  for (const Words& known : kWords) {
    if (known.text == lower) return known.precision;
  }
  return std::nullopt;
}

std::string_view PrecisionWords(Precision precision) {
  switch (precision) {
    case types::v1::PRECISION_ABOUT:
      return "about";
    case types::v1::PRECISION_MORE_THAN:
      return "more than";
    case types::v1::PRECISION_AT_LEAST:
      return "at least";
    case types::v1::PRECISION_LESS_THAN:
      return "fewer than";
    case types::v1::PRECISION_AT_MOST:
      return "up to";
    case types::v1::PRECISION_COUNTED:
      return "counted";
    default:
      return "";
  }
}

std::optional<Quantity> QuantityFromText(std::string_view text) {
  const std::string lower = Lower(Trim(text));
  Quantity quantity;
  for (const AbsenceWords& known : kAbsences) {
    if (known.text == lower) {
      quantity.set_absence(known.absence);
      return quantity;
    }
  }
  std::string_view rest = lower;
  const bool suppressed = rest.ends_with(kSuppressed);
  if (suppressed) rest = Trim(rest.substr(0, rest.size() - kSuppressed.size()));
  const std::size_t start = NumberStart(rest);
  if (start == std::string_view::npos) return std::nullopt;
  std::string_view words = Trim(rest.substr(0, start));
  rest.remove_prefix(start);
  if (words.empty() && rest.ends_with('+')) {
    words = "+";
    rest.remove_suffix(1);
  } else if (words == "+") {
    return std::nullopt;  // "+5" is a change, not "5 or more"
  }
  const std::optional<Precision> precision = PrecisionFromWords(words);
  const Ends ends = SplitRange(rest);
  const std::optional<std::string> value = NumberText(ends.value);
  if (!precision || !value) return std::nullopt;
  quantity.set_value(*value);
  if (suppressed) {
    if (*precision != types::v1::PRECISION_LESS_THAN || ends.upper) return std::nullopt;
    quantity.set_absence(Quantity::ABSENCE_SUPPRESSED_BELOW);
    return quantity;
  }
  quantity.set_precision(*precision);
  if (ends.upper) {
    const std::optional<std::string> upper = NumberText(*ends.upper);
    if (!upper) return std::nullopt;
    quantity.set_upper(*upper);
  }
  return quantity;
}

std::string QuantityText(const Quantity& quantity) {
  for (const AbsenceWords& known : kAbsences) {
    if (known.absence == quantity.absence()) return std::string(known.text);
  }
  if (quantity.absence() == Quantity::ABSENCE_SUPPRESSED_BELOW) {
    return "fewer than " + quantity.value() + " " + std::string(kSuppressed);
  }
  std::string text;
  if (quantity.precision() != types::v1::PRECISION_COUNTED) {
    text = PrecisionWords(quantity.precision());
  }
  if (!text.empty()) text += ' ';
  text += quantity.value();
  if (!quantity.upper().empty()) text += " to " + quantity.upper();
  return text;
}

}  // namespace daybook::values
