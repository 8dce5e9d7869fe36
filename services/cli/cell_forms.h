// How offices write values, and how a dataset wants them: "31/01/2024", "1,620", "<5", "n/a". Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/cli/csv_reader.h"
#include "services/cli/dataset.h"

namespace daybook::cli {

// "2024-01-31" of 31/01/2024, 31-1-24, 31.01.2024, 31 January 2024, 31 Jan 24, 2024-01-31 00:00:00,
// or Excel's number of a day (45322). Days stand before months, as in the United Kingdom. nullopt
// for anything else, and for a day that does not exist.
std::optional<std::string> DayIn(std::string_view text);

// "2024-01" of January 2024, Jan-24, 01/2024, or of any day of it.
std::optional<std::string> MonthIn(std::string_view text);

// What offices write for a period, as proto/values/period.h reads it: "2024-01" of Jan-24 or
// Excel's number of its first day, "2017-18" of 2017/18 or 2017-2018, "2017-18 Q1" of Q1 2017-18.
// nullopt for a period that is in its form, for any other day (31/01/2024 may stand for itself or
// for its month), and anything else.
std::optional<std::string> PeriodIn(std::string_view text);

// "1620" of 1,620, 1 620 or "£1,620"; "65" of 65%. nullopt when it is no such number.
std::optional<std::string> NumberIn(std::string_view text);

// Decimals that a figure keeps: what a spreadsheet computed has up to fifteen.
inline constexpr std::size_t kDecimalsMax = 6;

// Of a workbook that counts days from 1904: numbers in columns of days and months that no format
// made dates of, brought to Excel's usual count, in which DayIn reads them.
void CountDaysFrom1900(const Dataset& dataset, CsvTable& table);

// Settles what "2007-08" is in a column of periods, August 2007 or the year 2007-08: what the
// others of its column are that have one reading, years or months. Where that settles nothing, each
// such cell is a finding.
void SettleYearsAndMonths(const Dataset& dataset, CsvTable& table);

// Brings the cells of a table into the form of its dataset, by the kind of each column. What it
// cannot read it leaves, for the server to refuse with the reason.
//   * a value that is "<5" becomes "suppressed-below" 5, "n/a" and "-" become "not-applicable",
//     where the dataset has a column for the absence and the row leaves it empty;
//   * a number with more than kDecimalsMax decimals is rounded half up.
// Returns how many numbers were rounded.
std::size_t BringIntoForm(const Dataset& dataset, CsvTable& table);

}  // namespace daybook::cli
