// Stored numbers of a workbook as texts, by the form that their format says. Pure.
#pragma once

#include <optional>
#include <string>

#include "services/ingest/number_format.h"
#include "services/ingest/workbook_cell.h"

namespace daybook::ingest {

// With at most 15 digits, rounded half to even as the C library does, without an exponent and
// without zeros at the end: "20240118000012300", "0.3", "-0.25". `value` is finite.
std::string DecimalText(double value);

// The same with the decimal point moved two places: "71.3" of 0.713. Exact.
std::string PercentText(double value);

// The text or the fault of a number under a format; workbook_cell.h has the forms.
WorkbookCell NumberCell(double value, const NumberFormat& format, bool days_from_1904);

}  // namespace daybook::ingest
