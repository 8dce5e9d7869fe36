// What the number format of a workbook's cell makes of a number. The stored value is meant; its
// format only says of which kind it is. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace daybook::ingest {

enum class NumberForm : std::uint8_t {
  kPlain,     // General, 0.00, #,##0, 0E+00, # ?/?, also with a text around it
  kPercent,   // shows a hundred times the value, and a percent sign
  kCurrency,  // with the sign in NumberFormat::sign
  kText,      // @: a number typed into a cell of text
  kDay,
  kMonth,   // shows month and year, no day
  kMoment,  // day and time
  kTime,    // time, or hours that passed
  kScaled,  // shows the value divided by thousands
  kHidden,  // shows other digits than the value's, another text instead of it, or nothing
};

struct NumberFormat {
  NumberForm form = NumberForm::kPlain;
  std::string sign;  // "£" of a currency; "%" of a format that writes a percent sign as a text
  std::size_t width = 0;  // of a format of zeros, "0000000": how many digits it shows at least
};

// The format of a value, by its code ("0.0%", "dd/mm/yyyy", "[$£-809]#,##0;-0"). A code has up to
// four sections, of which one is for the value's sign; sections with conditions of their own are
// all looked at, and kHidden where they differ.
NumberFormat FormatOf(std::string_view code, double value);

// The code of a number that Excel keeps without writing its code (ECMA-376 18.8.30); "General" for
// one that it does not define.
std::string_view BuiltInCode(std::uint32_t id);

}  // namespace daybook::ingest
