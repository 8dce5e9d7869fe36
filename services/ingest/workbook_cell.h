// A cell of a workbook as its sender meant it, or why that is not certain.
#pragma once

#include <cstdint>
#include <string>

namespace daybook::ingest {

// Why a cell has no text that could be taken for what its sender sees.
enum class CellFault : std::uint8_t {
  kNone,
  kErrorValue,     // #N/A, #REF!, …
  kNotCalculated,  // a formula without a result: no spreadsheet program saved it
  kScaled,         // shown in thousands
  kHidden,         // shown as another text, or not at all
  kNoDay,          // a date that does not exist, or before March 1900
};

// A number is written with at most 15 digits, as Excel shows it at most, never with an exponent:
// "20240118000012300", "0.3". A percentage is "71.3%", a currency "£1620", a day "2024-03-18", a
// month "Mar 2024", a number under 0000 has its zeros ("0042"), a moment "2024-03-18T09:30:00", a
// time "09:30:00", yes and no are words.
struct WorkbookCell {
  std::string text;
  CellFault fault = CellFault::kNone;
  bool is_date = false;  // its format shows a day, with a time or without
};

}  // namespace daybook::ingest
