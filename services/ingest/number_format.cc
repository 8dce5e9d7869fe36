#include "services/ingest/number_format.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"

namespace daybook::ingest {
namespace {

// A section without its colours, conditions and locales, and what was read on the way.
struct Section {
  std::string codes;     // outside of quotes and brackets, in lower case
  std::string literals;  // what is shown as it is
  std::string sign;      // of [$£-809]
  bool has_condition = false;
  bool counts_hours = false;  // [h], [mm]
};

bool IsElapsed(std::string_view bracket) {
  return !bracket.empty() && (bracket.find_first_not_of("hH") == std::string_view::npos ||
                              bracket.find_first_not_of("mM") == std::string_view::npos ||
                              bracket.find_first_not_of("sS") == std::string_view::npos);
}

void TakeBracket(std::string_view bracket, Section& section) {
  if (bracket.starts_with('$')) {
    section.sign = bracket.substr(1, bracket.find('-') - 1);
  } else if (bracket.find_first_of("<>=") != std::string_view::npos) {
    section.has_condition = true;
  } else if (IsElapsed(bracket)) {
    section.counts_hours = true;
  }
}

// The letter at `at`, whatever its bytes.
std::string_view LetterAt(std::string_view code, std::size_t at) {
  std::size_t end = at + 1;
  while (end < code.size() && (static_cast<unsigned char>(code[end]) & 0xC0U) == 0x80U) ++end;
  return code.substr(at, end - at);
}

std::vector<Section> SectionsOf(std::string_view code) {
  std::vector<Section> sections(1);
  for (std::size_t i = 0; i < code.size(); ++i) {
    Section& section = sections.back();
    const char c = code[i];
    if (c == ';') {
      sections.emplace_back();
    } else if (c == '"') {
      const std::size_t end = std::min(code.find('"', i + 1), code.size());
      section.literals += code.substr(i + 1, end - i - 1);
      i = end;
    } else if (c == '\\' && i + 1 < code.size()) {
      const std::string_view letter = LetterAt(code, i + 1);
      section.literals += letter;
      i += letter.size();
    } else if ((c == '_' || c == '*') && i + 1 < code.size()) {
      i += LetterAt(code, i + 1).size();  // a gap as wide as the next letter, or filled with it
    } else if (c == '[') {
      const std::size_t end = std::min(code.find(']', i), code.size());
      TakeBracket(code.substr(i + 1, end - i - 1), section);
      i = end;
    } else {
      section.codes.push_back(absl::ascii_tolower(static_cast<unsigned char>(c)));
    }
  }
  return sections;
}

bool Has(std::string_view text, std::string_view any) {
  return text.find_first_of(any) != std::string_view::npos;
}

// Commas behind the last digit: each divides by a thousand.
bool DividesByThousands(std::string_view codes) {
  const std::size_t end = std::min(codes.find('.'), codes.size());
  const std::string_view whole = codes.substr(0, end);
  const std::size_t last_digit = whole.find_last_of("0#?");
  const std::size_t last_of_all = codes.find_last_of("0#?");
  const auto comma_behind = [&codes](std::size_t digit) {
    return digit != std::string_view::npos && digit + 1 < codes.size() && codes[digit + 1] == ',';
  };
  return comma_behind(last_digit) || comma_behind(last_of_all);
}

NumberFormat DateFormat(const Section& section) {
  const bool day = section.codes.find('d') != std::string_view::npos;
  const bool year = Has(section.codes, "ye");
  const bool time = section.counts_hours || Has(section.codes, "hs");
  if (time && !day && !year) return {.form = NumberForm::kTime, .sign = "", .width = 0};
  if (time) return {.form = NumberForm::kMoment, .sign = "", .width = 0};
  if (day) return {.form = NumberForm::kDay, .sign = "", .width = 0};
  // A month without a year, or a year without a month, hides what is needed.
  const bool month = section.codes.find('m') != std::string_view::npos;
  return {.form = month && year ? NumberForm::kMonth : NumberForm::kHidden, .sign = "", .width = 0};
}

std::string CurrencyIn(const Section& section) {
  if (!section.sign.empty()) return section.sign;
  for (const std::string_view sign : {"£", "€", "$"}) {
    if (section.codes.find(sign) != std::string::npos ||
        section.literals.find(sign) != std::string::npos) {
      return std::string(sign);
    }
  }
  return "";
}

// The dash of the accounting formats.
bool IsDashForZero(const Section& section, double value) {
  std::string_view shown = section.literals;
  while (shown.starts_with(' ')) shown.remove_prefix(1);
  while (shown.ends_with(' ')) shown.remove_suffix(1);
  return value == 0 && (shown == "-" || (shown.empty() && section.codes == "-"));
}

// "0000000" shows zeros before the number, which belong to a key. With anything between or before
// them it shows another text: NC-0012, 000-4321.
NumberFormat ZerosOf(const Section& section) {
  const std::size_t first = section.codes.find('0');
  const std::size_t last = section.codes.find_last_of('0');
  if (first == std::string::npos || section.codes.find_first_of("#?.,eg") != std::string::npos) {
    return {};
  }
  const std::string_view zeros = std::string_view(section.codes).substr(first, last - first + 1);
  const bool only_zeros = zeros.find_first_not_of('0') == std::string_view::npos;
  if (only_zeros && zeros.size() < 2) return {};
  const bool is_other_text =
      section.literals.find_first_not_of(' ') != std::string::npos ||
      (!only_zeros && zeros.find_first_not_of("0-/") == std::string_view::npos);
  if (is_other_text) return {.form = NumberForm::kHidden, .sign = "", .width = 0};
  return {.form = NumberForm::kPlain, .sign = "", .width = only_zeros ? zeros.size() : 0};
}

NumberFormat FormatOfSection(const Section& section, double value) {
  std::string codes = section.codes;
  const std::size_t general = codes.find("general");
  if (general != std::string_view::npos) codes.replace(general, 7, "0");
  const bool exponent =
      codes.find("e+") != std::string_view::npos || codes.find("e-") != std::string_view::npos;
  const bool digits = Has(codes, "0#?");
  if (codes.find('%') != std::string_view::npos)
    return {.form = NumberForm::kPercent, .sign = "", .width = 0};
  if (section.counts_hours || (!exponent && Has(codes, "dmyhs"))) return DateFormat(section);
  if (codes.find('@') != std::string_view::npos && !digits)
    return {.form = NumberForm::kText, .sign = "", .width = 0};
  if (IsDashForZero(section, value)) return {};
  if (!digits) return {.form = NumberForm::kHidden, .sign = "", .width = 0};
  if (DividesByThousands(codes)) return {.form = NumberForm::kScaled, .sign = "", .width = 0};
  if (Has(section.literals, "0123456789") || Has(codes, "123456789")) {
    return {.form = NumberForm::kHidden, .sign = "", .width = 0};
  }
  if (section.literals.find('%') != std::string_view::npos) {
    return {.form = NumberForm::kPlain, .sign = "%", .width = 0};
  }
  std::string currency = CurrencyIn(section);
  if (!currency.empty())
    return {.form = NumberForm::kCurrency, .sign = std::move(currency), .width = 0};
  return ZerosOf(section);
}

}  // namespace

NumberFormat FormatOf(std::string_view code, double value) {
  const std::vector<Section> sections = SectionsOf(code);
  const bool conditions = std::any_of(sections.begin(), sections.end(),
                                      [](const Section& one) { return one.has_condition; });
  if (!conditions) {
    std::size_t index = 0;
    if (value < 0 && sections.size() > 1) index = 1;
    if (value == 0 && sections.size() > 2) index = 2;
    return FormatOfSection(sections[index], value);
  }
  NumberFormat format = FormatOfSection(sections.front(), value);
  for (const Section& section : sections) {
    const NumberFormat other = FormatOfSection(section, value);
    if (other.form != format.form || other.sign != format.sign) format.form = NumberForm::kHidden;
  }
  return format;
}

std::string_view BuiltInCode(std::uint32_t id) {
  static constexpr std::array<std::pair<std::uint32_t, std::string_view>, 37> kCodes = {{
      {1, "0"},
      {2, "0.00"},
      {3, "#,##0"},
      {4, "#,##0.00"},
      {5, "[$£]#,##0;-[$£]#,##0"},  // the currency of the sender's machine
      {6, "[$£]#,##0;-[$£]#,##0"},
      {7, "[$£]#,##0.00;-[$£]#,##0.00"},
      {8, "[$£]#,##0.00;-[$£]#,##0.00"},
      {9, "0%"},
      {10, "0.00%"},
      {11, "0.00E+00"},
      {12, "# ?/?"},
      {13, "# ?/?"},
      {14, "dd/mm/yyyy"},
      {15, "d-mmm-yy"},
      {16, "d-mmm"},
      {17, "mmm-yy"},
      {18, "h:mm AM/PM"},
      {19, "h:mm:ss AM/PM"},
      {20, "h:mm"},
      {21, "h:mm:ss"},
      {22, "dd/mm/yyyy h:mm"},
      {27, "dd/mm/yyyy"},
      {30, "dd/mm/yyyy"},
      {36, "dd/mm/yyyy"},
      {37, "#,##0;-#,##0"},
      {38, "#,##0;-#,##0"},
      {39, "#,##0.00;-#,##0.00"},
      {40, "#,##0.00;-#,##0.00"},
      {41, "#,##0;-#,##0;\"-\""},
      {42, "[$£]#,##0;-[$£]#,##0;\"-\""},
      {43, "#,##0.00;-#,##0.00;\"-\""},
      {44, "[$£]#,##0.00;-[$£]#,##0.00;\"-\""},
      {45, "mm:ss"},
      {46, "[h]:mm:ss"},
      {47, "mm:ss.0"},
      {49, "@"},
  }};
  const auto it =
      std::find_if(kCodes.begin(), kCodes.end(), [id](const auto& one) { return one.first == id; });
  return it == kCodes.end() ? "General" : it->second;
}

}  // namespace daybook::ingest
